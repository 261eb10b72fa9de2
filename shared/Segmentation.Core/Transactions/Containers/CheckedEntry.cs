using System.IO.Compression;

namespace Segmentation.Core.Transactions;

/// <summary>Reads an entry of an archive and checks, at its end, its length and its CRC-32 (ISO 3309).</summary>
internal sealed class CheckedEntry(ZipArchiveEntry entry, Stream bytes) : ForwardStream
{
    private static readonly uint[] Table = MakeTable();

    private uint _crc = uint.MaxValue;
    private long _count;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        int read = bytes.Read(buffer);
        Check(buffer[..read], isEnd: read == 0 && !buffer.IsEmpty);
        return read;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await bytes.ReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..read], isEnd: read == 0 && !buffer.IsEmpty);
        return read;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> read, bool isEnd)
    {
        uint crc = _crc;
        foreach (byte value in read)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        _crc = crc;
        _count += read.Length;
        if (isEnd && (_count != entry.Length || ~_crc != entry.Crc32))
        {
            throw new InvalidDataException($"entry '{entry.Name}' does not have the length or the checksum that the archive says");
        }
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }

            table[value] = crc;
        }

        return table;
    }
}
