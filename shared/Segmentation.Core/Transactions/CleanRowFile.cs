using System.Buffers.Binary;
using System.Globalization;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Transactions;

/// <summary>
/// The stored form of one upload's cleaned rows: blocks, each of rows of one bucket in the order of the file; then the lists of
/// blocks, one a bucket; then where each list starts and the last one ends; then the version of the format and a mark. A reader of one
/// bucket reads its list alone, so a shard does not pay for the size of the whole file.
/// </summary>
internal static class CleanRowFormat
{
    public const int Version = 1;
    public const uint Mark = 0x52474553;
    public const int PlaceLength = 8;
    public const int PlacesLength = (CustomerBuckets.Count + 1) * PlaceLength;
    public const int TailLength = PlacesLength + 8;
}

/// <summary>Where one block lies.</summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Rows">Its number of rows.</param>
internal readonly record struct CleanRowBlock(long Offset, int Length, int Rows);

/// <summary>Writes cleaned rows into buckets as they come; memory is bounded by the buffers of the buckets.</summary>
internal sealed class CleanRowFileWriter
{
    private const int BlockSize = 32 << 10;
    private const int FirstBuffer = 1 << 10;
    private readonly Stream _stream;
    private readonly RecordBuffer?[] _buckets = new RecordBuffer?[CustomerBuckets.Count];
    private readonly int[] _rows = new int[CustomerBuckets.Count];
    private readonly RecordBuffer _fields = new();
    private readonly RecordBuffer _pending = new(BlockSize * 2);
    private readonly List<CleanRowBlock>?[] _blocks = new List<CleanRowBlock>?[CustomerBuckets.Count];
    private long _written;

    /// <summary>Writes to a stream from where it stands.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="keepRaw">Whether every row is kept as written too, because the run may still reject it.</param>
    public CleanRowFileWriter(Stream stream, bool keepRaw)
    {
        _stream = stream;
        KeepsRaw = keepRaw;
    }

    /// <summary>Whether every row is kept as written; else those that are no products.</summary>
    public bool KeepsRaw { get; }

    /// <summary>Takes one row.</summary>
    public void Add(in JudgedLine line)
    {
        int bucket = CustomerBuckets.Of(line.Customer);
        CleanRow.Write(line, KeepsRaw || line.IsNonProduct, _fields, BufferOf(bucket));
        Count(bucket);
    }

    /// <summary>Takes one row of a bucket as another file stores it.</summary>
    public void Copy(int bucket, ReadOnlySpan<byte> stored)
    {
        BufferOf(bucket).Append(stored);
        Count(bucket);
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

        byte[] tail = new byte[CleanRowFormat.TailLength];
        for (int bucket = 0; bucket < _blocks.Length; bucket++)
        {
            WritePlace(tail, bucket);
            foreach (CleanRowBlock block in _blocks[bucket] ?? [])
            {
                _pending.WriteUnsigned((ulong)block.Offset);
                _pending.WriteUnsigned((ulong)block.Length);
                _pending.WriteUnsigned((ulong)block.Rows);
            }
        }

        WritePlace(tail, _blocks.Length);
        BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(CleanRowFormat.PlacesLength), CleanRowFormat.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(CleanRowFormat.PlacesLength + 4), CleanRowFormat.Mark);
        _pending.Append(tail);
        await DrainAsync(cancellationToken);
    }

    private void WritePlace(byte[] tail, int bucket) =>
        BinaryPrimitives.WriteInt64LittleEndian(tail.AsSpan(bucket * CleanRowFormat.PlaceLength), _written + _pending.Length);

    private RecordBuffer BufferOf(int bucket) => _buckets[bucket] ??= new RecordBuffer(FirstBuffer);

    private void Count(int bucket)
    {
        _rows[bucket]++;
        if (_buckets[bucket] is { Length: >= BlockSize } buffer)
        {
            Close(bucket, buffer);
        }
    }

    private void Close(int bucket, RecordBuffer buffer)
    {
        (_blocks[bucket] ??= []).Add(new CleanRowBlock(_written + _pending.Length, buffer.Length, _rows[bucket]));
        _rows[bucket] = 0;
        _pending.Append(buffer.Written);
        buffer.Clear();
    }
}

/// <summary>Reads the cleaned rows of one upload, bucket by bucket.</summary>
internal sealed class CleanRowFileReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly byte[] _tail;

    private CleanRowFileReader(Stream stream, byte[] tail)
    {
        _stream = stream;
        _tail = tail;
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
        int version = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(CleanRowFormat.PlacesLength));
        uint mark = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(CleanRowFormat.PlacesLength + 4));
        if (mark != CleanRowFormat.Mark)
        {
            throw new InvalidDataException("A file of cleaned rows is damaged: it does not end with its mark.");
        }

        return version == CleanRowFormat.Version
            ? new CleanRowFileReader(stream, tail)
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"A file of cleaned rows has format {version}; expected {CleanRowFormat.Version}."));
    }

    /// <summary>The blocks of a bucket, in the order of the upload.</summary>
    /// <exception cref="InvalidDataException">The list of blocks is damaged.</exception>
    public async ValueTask<IReadOnlyList<CleanRowBlock>> BlocksOfAsync(int bucket, CancellationToken cancellationToken)
    {
        long from = PlaceOf(bucket);
        long to = PlaceOf(bucket + 1);
        if (from < 0 || to < from || to > _stream.Length - CleanRowFormat.TailLength)
        {
            throw new InvalidDataException("A file of cleaned rows is damaged: its lists of blocks do not lie inside it.");
        }

        if (from == to)
        {
            return [];
        }

        byte[] list = new byte[to - from];
        _stream.Position = from;
        await _stream.ReadExactlyAsync(list, cancellationToken);
        return Parse(list, from);
    }

    /// <summary>Reads a block.</summary>
    public async Task ReadAsync(CleanRowBlock block, Memory<byte> into, CancellationToken cancellationToken)
    {
        _stream.Position = block.Offset;
        await _stream.ReadExactlyAsync(into[..block.Length], cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private long PlaceOf(int bucket) => BinaryPrimitives.ReadInt64LittleEndian(_tail.AsSpan(bucket * CleanRowFormat.PlaceLength));

    private static List<CleanRowBlock> Parse(ReadOnlySpan<byte> list, long end)
    {
        var blocks = new List<CleanRowBlock>();
        var fields = new RecordFields(list);
        long offset = 0;
        while (!fields.AtEnd)
        {
            var block = new CleanRowBlock((long)fields.ReadUnsigned(), fields.ReadLength(), fields.ReadLength());
            if (block.Offset < offset || block.Offset > end - block.Length || block.Rows > block.Length)
            {
                throw new InvalidDataException("A file of cleaned rows is damaged: a block does not lie inside it.");
            }

            offset = block.Offset + block.Length;
            blocks.Add(block);
        }

        return blocks;
    }
}
