using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>The text of an upload as UTF-8, whatever its compression, byte order mark and encoding.</summary>
internal sealed class UploadSource : IAsyncDisposable
{
    private const int HeadBytes = 4 << 10;

    private readonly Stream _file;

    static UploadSource() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private UploadSource(Stream file, Stream text, string encoding)
    {
        _file = file;
        Text = text;
        Encoding = encoding;
    }

    /// <summary>UTF-8 without a byte order mark. What cannot be decoded arrives as U+FFFE, which no readable field holds.</summary>
    public Stream Text { get; }

    /// <summary>The web name of the encoding that was read.</summary>
    public string Encoding { get; }

    /// <summary>Opens an upload.</summary>
    /// <param name="open">Opens the bytes of the file from their start.</param>
    /// <param name="import">The encoding and the limit.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UnusableUploadException">The bytes are no text, or the encoding is unknown.</exception>
    public static async Task<UploadSource> OpenAsync(
        Func<CancellationToken, Task<Stream>> open, ImportOptions import, CancellationToken cancellationToken)
    {
        Encoding? declared = Declared(import.Encoding);
        Stream file = await open(cancellationToken);
        try
        {
            (byte[] head, Stream bytes) = await PeekAsync(file, cancellationToken);
            bool compressed = head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
            bytes = new UploadBytes(compressed ? new GzipBytes(bytes) : bytes, import.MaxBytes);
            (head, bytes) = await PeekAsync(bytes, cancellationToken);
            (Encoding? marked, int mark) = Marked(head);
            Encoding encoding = marked ?? declared ?? System.Text.Encoding.UTF8;
            FileSignature.RefuseForeign(head, isDecoded: marked is not null || declared is not null);
            if (mark > 0)
            {
                await bytes.ReadExactlyAsync(new byte[mark], cancellationToken);
            }

            string name = encoding.WebName;
            return new UploadSource(file, Transcode(bytes, encoding), name);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Text.DisposeAsync();
        await _file.DisposeAsync();
    }

    private static Stream Transcode(Stream bytes, Encoding encoding)
    {
        if (encoding is UTF8Encoding)
        {
            return bytes;
        }

        // A replacement by NUL would vanish: decoders take it for the end of the replacement.
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = new DecoderReplacementFallback("\uFFFE");
        return System.Text.Encoding.CreateTranscodingStream(bytes, strict, new UTF8Encoding(false));
    }

    private static Encoding? Declared(string? name)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            return System.Text.Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            throw new UnusableUploadException(
                $"import.encoding '{name}' is not known; expected a name like 'utf-8', 'windows-1251' or 'utf-16'.",
                advice: "Correct import.encoding, or leave it out to have the encoding detected.");
        }
    }

    private static (Encoding? Encoding, int Length) Marked(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return (System.Text.Encoding.UTF8, 3);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return (System.Text.Encoding.Unicode, 2);
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? (System.Text.Encoding.BigEndianUnicode, 2) : (null, 0);
    }

    /// <summary>The first bytes, and a stream that still has them.</summary>
    private static async Task<(byte[] Head, Stream Whole)> PeekAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadBytes];
        int length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        Array.Resize(ref head, length);
        return (head, new PrefixedStream(head, stream));
    }
}
