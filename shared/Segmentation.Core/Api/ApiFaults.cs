namespace Segmentation.Core.Api;

/// <summary>What a failure is to a caller, who is told what to do and nothing of the inside.</summary>
internal static class ApiFaults
{
    // ENOSPC on Unix, where the result is the plain number; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static readonly int[] DiskFull = [28, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>The problem that a failure is.</summary>
    public static ApiProblem ProblemOf(Exception fault) => fault switch
    {
        IOException full when DiskFull.Contains(full.HResult) => ApiProblem.DiskFull(),
        InvalidDataException => ApiProblem.Unexpected(),

        // A cancellation that the caller did not ask for is a storage that did not answer in time.
        IOException or UnauthorizedAccessException or TimeoutException or OperationCanceledException => ApiProblem.StorageUnavailable(),
        _ => ApiProblem.Unexpected(),
    };
}
