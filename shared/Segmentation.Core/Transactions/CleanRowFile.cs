using System.Buffers.Binary;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Transactions;

/// <summary>
/// The stored form of one upload's cleaned rows: blocks, each of rows of one bucket in the order of the file, then an index of the
/// blocks, then the place of the index, the version of the format and a mark.
/// </summary>
internal static class CleanRowFormat
{
    public const int Version = 1;
    public const uint Mark = 0x52474553;
    public const int TailLength = 16;
}

/// <summary>Where one block lies.</summary>
/// <param name="Bucket">The bucket of all its rows.</param>
/// <param name="Offset">Where it starts.</param>
/// <param name="Length">Its size in bytes.</param>
internal readonly record struct CleanRowBlock(int Bucket, long Offset, int Length);

/// <summary>Writes cleaned rows into buckets as they come; memory is bounded by the buffers of the buckets.</summary>
internal sealed class CleanRowFileWriter
{
    private const int BlockSize = 32 << 10;
    private const int FirstBuffer = 1 << 10;
    private readonly Stream _stream;
    private readonly bool _keepRaw;
    private readonly RecordBuffer?[] _buckets = new RecordBuffer?[CustomerBuckets.Count];
    private readonly RecordBuffer _fields = new();
    private readonly RecordBuffer _pending = new(BlockSize * 2);
    private readonly List<CleanRowBlock> _blocks = [];
    private long _written;

    /// <summary>Writes to a stream from where it stands.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="keepRaw">Whether every row is kept as written too, because the run may still reject it.</param>
    public CleanRowFileWriter(Stream stream, bool keepRaw)
    {
        _stream = stream;
        _keepRaw = keepRaw;
    }

    /// <summary>Takes one row.</summary>
    public void Add(in JudgedLine line)
    {
        int bucket = CustomerBuckets.Of(line.Customer);
        RecordBuffer buffer = _buckets[bucket] ??= new RecordBuffer(FirstBuffer);
        CleanRow.Write(line, _keepRaw || line.IsNonProduct, _fields, buffer);
        if (buffer.Length >= BlockSize)
        {
            Close(bucket, buffer);
        }
    }

    /// <summary>Writes the blocks that are full.</summary>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        if (_pending.Length > 0)
        {
            await _stream.WriteAsync(_pending.WrittenMemory, cancellationToken);
            _written += _pending.Length;
            _pending.Clear();
        }
    }

    /// <summary>Writes what is left, and the index.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        for (int bucket = 0; bucket < _buckets.Length; bucket++)
        {
            if (_buckets[bucket] is { Length: > 0 } buffer)
            {
                Close(bucket, buffer);
                await DrainAsync(cancellationToken);
            }
        }

        long index = _written + _pending.Length;
        _pending.WriteUnsigned((ulong)_blocks.Count);
        foreach (CleanRowBlock block in _blocks)
        {
            _pending.WriteUnsigned((ulong)block.Bucket);
            _pending.WriteUnsigned((ulong)block.Offset);
            _pending.WriteUnsigned((ulong)block.Length);
        }

        byte[] tail = new byte[CleanRowFormat.TailLength];
        BinaryPrimitives.WriteInt64LittleEndian(tail, index);
        BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(8), CleanRowFormat.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(12), CleanRowFormat.Mark);
        _pending.Append(tail);
        await DrainAsync(cancellationToken);
    }

    private void Close(int bucket, RecordBuffer buffer)
    {
        _blocks.Add(new CleanRowBlock(bucket, _written + _pending.Length, buffer.Length));
        _pending.Append(buffer.Written);
        buffer.Clear();
    }
}

/// <summary>Reads the cleaned rows of one upload, bucket by bucket.</summary>
internal sealed class CleanRowFileReader : IAsyncDisposable
{
    private const int LargestIndex = 1 << 30;
    private readonly Stream _stream;
    private readonly ILookup<int, CleanRowBlock> _blocks;

    private CleanRowFileReader(Stream stream, ILookup<int, CleanRowBlock> blocks)
    {
        _stream = stream;
        _blocks = blocks;
    }

    /// <summary>Opens a file; the reader owns the stream.</summary>
    /// <exception cref="InvalidDataException">It is no file of cleaned rows, or of a format that this version does not know.</exception>
    public static async Task<CleanRowFileReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.Length < CleanRowFormat.TailLength)
        {
            throw new InvalidDataException("A file of cleaned rows is damaged: it is shorter than its tail.");
        }

        byte[] tail = new byte[CleanRowFormat.TailLength];
        stream.Position = stream.Length - tail.Length;
        await stream.ReadExactlyAsync(tail, cancellationToken);
        int version = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(8));
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(12)) != CleanRowFormat.Mark || version != CleanRowFormat.Version)
        {
            throw new InvalidDataException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"A file of cleaned rows has format {version}; expected {CleanRowFormat.Version}."));
        }

        long index = BinaryPrimitives.ReadInt64LittleEndian(tail);
        long indexLength = stream.Length - tail.Length - index;
        if (index < 0 || indexLength is < 1 or > LargestIndex)
        {
            throw new InvalidDataException("A file of cleaned rows is damaged: its tail points to no index.");
        }

        byte[] bytes = new byte[indexLength];
        stream.Position = index;
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return new CleanRowFileReader(stream, ReadIndex(bytes, index));
    }

    /// <summary>Bytes of a bucket's rows.</summary>
    public long BytesOf(int bucket) => _blocks[bucket].Sum(block => (long)block.Length);

    /// <summary>The blocks of a bucket, in the order of the upload.</summary>
    public IEnumerable<CleanRowBlock> BlocksOf(int bucket) => _blocks[bucket];

    /// <summary>Reads a block.</summary>
    public async Task ReadAsync(CleanRowBlock block, Memory<byte> into, CancellationToken cancellationToken)
    {
        _stream.Position = block.Offset;
        await _stream.ReadExactlyAsync(into[..block.Length], cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    // The blocks fill the file from its start to the index without a gap, so a wrong number in the index does not go unnoticed.
    private static ILookup<int, CleanRowBlock> ReadIndex(ReadOnlySpan<byte> bytes, long end)
    {
        var fields = new RecordFields(bytes);
        var blocks = new List<CleanRowBlock>();
        long offset = 0;
        for (int left = fields.ReadLength(); left > 0; left--)
        {
            var block = new CleanRowBlock(fields.ReadLength(), (long)fields.ReadUnsigned(), fields.ReadLength());
            if (block.Bucket >= CustomerBuckets.Count || block.Offset != offset || block.Length == 0)
            {
                throw new InvalidDataException("A file of cleaned rows is damaged: its index does not fit its blocks.");
            }

            offset += block.Length;
            blocks.Add(block);
        }

        if (offset != end || !fields.AtEnd)
        {
            throw new InvalidDataException("A file of cleaned rows is damaged: its index does not fit its blocks.");
        }

        return blocks.ToLookup(block => block.Bucket);
    }
}
