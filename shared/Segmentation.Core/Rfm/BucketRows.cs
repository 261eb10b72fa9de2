using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>The rows of one bucket (or of a part of its customers) of all uploads, in order of upload and line.</summary>
/// <remarks>Rows are kept in their stored form and taken apart when asked for: a customer of a million rows must fit in memory.</remarks>
internal sealed class BucketRows
{
    private int[] _places = new int[1024];
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

    /// <summary>A row, taken apart.</summary>
    public CleanRow this[int i] => CleanRow.Read(_buffer, _places[i]);

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
    /// <param name="uploads">The uploads in order, each with the blocks of the bucket.</param>
    /// <param name="pass">The pass, from 0.</param>
    /// <param name="passes">Number of passes; 1 takes all customers.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task LoadAsync(IReadOnlyList<BucketOfUpload> uploads, int pass, int passes, CancellationToken cancellationToken)
    {
        Count = 0;
        _used = 0;
        if (passes == 1)
        {
            Reserve(checked((int)uploads.Sum(upload => upload.Bytes)));
            ReserveRows(uploads.Sum(upload => upload.Rows));
        }

        foreach (BucketOfUpload upload in uploads)
        {
            foreach (CleanRowBlock block in upload.Blocks)
            {
                if (passes == 1)
                {
                    await upload.Reader.ReadAsync(block, _buffer.AsMemory(_used), cancellationToken);
                    int end = _used + block.Length;
                    while (_used < end)
                    {
                        Append(_used, upload.Upload);
                        CleanRow.Skip(_buffer.AsSpan(0, end), ref _used);
                    }
                }
                else
                {
                    await LoadPartAsync(upload.Reader, block, upload.Upload, pass, passes, cancellationToken);
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
            CleanRow.Skip(_block.AsSpan(0, block.Length), ref position);
            CleanRow row = CleanRow.Read(_block, start);

            // The bucket took the hash's high bits; the pass takes lower ones.
            ulong hash = StableHash.Compute(_block.AsSpan(row.Fields, row.CustomerPrefix));
            if ((int)((hash >> 8) % (ulong)passes) != pass)
            {
                continue;
            }

            Reserve(position - start);
            _block.AsSpan(start, position - start).CopyTo(_buffer.AsSpan(_used));
            Append(_used, upload);
            _used += position - start;
        }
    }

    private void Append(int place, int upload)
    {
        if (Count == _places.Length)
        {
            ReserveRows(Count + 1);
        }

        _places[Count] = place;
        _uploads[Count++] = upload;
    }

    private void ReserveRows(int rows)
    {
        if (_places.Length < rows)
        {
            // Doubling at least: growing by little with every larger bucket would leave a trail of large garbage.
            int room = Math.Max(rows, _places.Length * 2);
            Array.Resize(ref _places, room);
            Array.Resize(ref _uploads, room);
        }
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _used < more)
        {
            Array.Resize(ref _buffer, GrowingArray.Room(_buffer.Length, (long)_used + more));
        }
    }
}

/// <summary>The rows of one bucket in one upload.</summary>
/// <param name="Upload">The number of the upload.</param>
/// <param name="Reader">Its cleaned rows.</param>
/// <param name="Blocks">The blocks of the bucket.</param>
internal sealed record BucketOfUpload(int Upload, CleanRowFileReader Reader, IReadOnlyList<CleanRowBlock> Blocks)
{
    /// <summary>Bytes of the rows.</summary>
    public long Bytes => Blocks.Sum(block => (long)block.Length);

    /// <summary>Number of rows.</summary>
    public int Rows => Blocks.Sum(block => block.Rows);
}
