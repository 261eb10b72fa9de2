using System.Buffers.Binary;
using System.IO.Compression;

namespace Segmentation.Core.Transactions;

/// <summary>Opens archives whose directory is of a sane size: it is held in memory, whatever the entries hold.</summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int LocatorBytes = 20;
    private const int LongestComment = 1 << 16;

    /// <summary>Opens an archive.</summary>
    /// <param name="bytes">A stream that can seek; disposed of with the archive.</param>
    /// <param name="what">What it is, for a message: <c>The zip archive</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UnusableUploadException">It is damaged, cut off or too large.</exception>
    public static async Task<ZipArchive> OpenAsync(Stream bytes, string what, CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(bytes, what, cancellationToken);
            bytes.Position = 0;
            ZipArchive archive = await ZipArchive.CreateAsync(bytes, ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, cancellationToken);
            return archive.Entries.Count <= ArchiveLimits.MostEntries
                ? archive
                : throw ArchiveLimits.Damaged(what, $"it has {archive.Entries.Count} entries, at most {ArchiveLimits.MostEntries} are read");
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw ArchiveLimits.Damaged(what, fault.Message);
        }
    }

    private static async Task CheckAsync(Stream bytes, string what, CancellationToken cancellationToken)
    {
        int length = (int)Math.Min(bytes.Length, LongestComment + EndBytes);
        byte[] tail = new byte[length];
        bytes.Position = bytes.Length - length;
        await bytes.ReadExactlyAsync(tail, cancellationToken);
        int end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndBytes)
        {
            throw new InvalidDataException("its directory, which stands at its end, is not there");
        }

        long place = bytes.Length - length + end;
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start == uint.MaxValue && place >= LocatorBytes)
        {
            start = await Start64Async(bytes, place, cancellationToken);
        }

        if (start > place)
        {
            throw new InvalidDataException("its directory does not stand where it says");
        }

        if (place - start > ArchiveLimits.MostDirectoryBytes)
        {
            throw ArchiveLimits.Damaged(what, $"its directory has {place - start} bytes, at most {ArchiveLimits.MostDirectoryBytes} are read");
        }
    }

    private static async Task<long> Start64Async(Stream bytes, long place, CancellationToken cancellationToken)
    {
        byte[] locator = new byte[LocatorBytes];
        bytes.Position = place - LocatorBytes;
        await bytes.ReadExactlyAsync(locator, cancellationToken);
        long end64 = BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8));
        if (!locator.AsSpan().StartsWith("PK\u0006\u0007"u8) || end64 < 0 || end64 > place - End64Bytes)
        {
            throw new InvalidDataException("its directory, which stands at its end, is not there");
        }

        byte[] record = new byte[End64Bytes];
        bytes.Position = end64;
        await bytes.ReadExactlyAsync(record, cancellationToken);
        long start = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
        return start >= 0 ? start : throw new InvalidDataException("its directory does not stand where it says");
    }
}
