using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>The rows of one bucket (or of a part of its customers) of all uploads, in order of upload and line.</summary>
internal sealed class BucketRows
{
    private CleanRow[] _rows = new CleanRow[1024];
    private int[] _uploads = new int[1024];
    private byte[] _block = [];
    private byte[] _buffer = [];
    private int _used;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Whether rows of more than one upload are here.</summary>
    public bool HasSeveralUploads => Count > 0 && _uploads[0] != _uploads[Count - 1];

    /// <summary>The bytes that the rows point into.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>A row.</summary>
    public ref readonly CleanRow this[int i] => ref _rows[i];

    /// <summary>The upload of a row.</summary>
    public int UploadOf(int i) => _uploads[i];

    /// <summary>The length of a field with its length prefix.</summary>
    public int FieldLength(int offset)
    {
        var field = new RecordFields(_buffer, offset);
        field.ReadBytes();
        return field.Position - offset;
    }

    /// <summary>Reads the rows of those customers of a bucket whose turn it is in this pass.</summary>
    public async Task LoadAsync(
        IReadOnlyList<CleanRowFileReader?> uploads, int bucket, int pass, int passes, CancellationToken cancellationToken)
    {
        Count = 0;
        _used = 0;
        if (passes == 1)
        {
            long bytes = uploads.Sum(upload => upload?.BytesOf(bucket) ?? 0);
            Reserve(checked((int)bytes));
        }

        for (int upload = 0; upload < uploads.Count; upload++)
        {
            if (uploads[upload] is not { } reader)
            {
                continue;
            }

            foreach (CleanRowBlock block in reader.BlocksOf(bucket))
            {
                if (passes == 1)
                {
                    await reader.ReadAsync(block, _buffer.AsMemory(_used), cancellationToken);
                    int end = _used + block.Length;
                    while (_used < end)
                    {
                        Append(CleanRow.Read(_buffer.AsSpan(0, end), ref _used), upload);
                    }
                }
                else
                {
                    await LoadPartAsync(reader, block, upload, pass, passes, cancellationToken);
                }
            }
        }
    }

    private async Task LoadPartAsync(
        CleanRowFileReader reader, CleanRowBlock block, int upload, int pass, int passes, CancellationToken cancellationToken)
    {
        if (_block.Length < block.Length)
        {
            _block = new byte[block.Length];
        }

        await reader.ReadAsync(block, _block, cancellationToken);
        for (int position = 0; position < block.Length;)
        {
            int start = position;
            CleanRow row = CleanRow.Read(_block.AsSpan(0, block.Length), ref position);

            // The bucket took the hash's high bits; the pass takes lower ones.
            ulong hash = StableHash.Compute(_block.AsSpan(row.Fields, row.CustomerPrefix));
            if ((int)((hash >> 8) % (ulong)passes) != pass)
            {
                continue;
            }

            Reserve(position - start);
            _block.AsSpan(start, position - start).CopyTo(_buffer.AsSpan(_used));
            Append(CleanRow.Read(_buffer, ref _used), upload);
        }
    }

    private void Append(in CleanRow row, int upload)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
            Array.Resize(ref _uploads, Count * 2);
        }

        _rows[Count] = row;
        _uploads[Count++] = upload;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _used < more)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length + (_buffer.Length >> 1), _used + more));
        }
    }
}
