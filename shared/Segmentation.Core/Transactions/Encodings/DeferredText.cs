namespace Segmentation.Core.Transactions;

/// <summary>Text whose encoding is decided when its first byte above 127 comes: until then all encodings read alike.</summary>
internal sealed class DeferredText : ForwardStream, IGuaranteedText
{
    private readonly Func<Stream, CancellationToken, Task<Stream>> _decide;
    private Stream _text;
    private byte[] _held = [];
    private bool _isDecided;

    /// <summary>Text that is ASCII as far as it was looked at.</summary>
    /// <param name="bytes">The bytes, which are disposed of.</param>
    /// <param name="decide">Decides, and makes text of the bytes from the first one above 127 on.</param>
    public DeferredText(Stream bytes, Func<Stream, CancellationToken, Task<Stream>> decide)
    {
        _text = bytes;
        _decide = decide;
    }

    /// <inheritdoc />
    public TextGuarantee Guarantee => _isDecided && _text is IGuaranteedText text ? text.Guarantee : TextGuarantee.None;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Text is read asynchronously.");

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_held.Length > 0)
        {
            _text = await _decide(new PrefixedStream(_held, _text), cancellationToken);
            _held = [];
            _isDecided = true;
        }

        int read = await _text.ReadAsync(buffer, cancellationToken);
        if (_isDecided)
        {
            return read;
        }

        int high = buffer.Span[..read].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (high < 0)
        {
            return read;
        }

        _held = buffer.Span[high..read].ToArray();
        return high > 0 ? high : await ReadAsync(buffer, cancellationToken);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }

        base.Dispose(disposing);
    }
}
