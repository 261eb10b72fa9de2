namespace Segmentation.Core.Storage;

/// <summary>What faults of storage mean.</summary>
public static class StorageFaults
{
    // ENOSPC on Unix, where the result is the plain number; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static readonly int[] DiskFull = [28, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether a disk is full.</summary>
    public static bool IsDiskFull(IOException fault) => DiskFull.Contains(fault.HResult);
}
