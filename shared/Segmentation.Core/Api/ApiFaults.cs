using Segmentation.Core.Storage;

namespace Segmentation.Core.Api;

/// <summary>What a failure is to a caller, who is told what to do and nothing of the inside.</summary>
internal static class ApiFaults
{
    /// <summary>The problem that a failure is.</summary>
    public static ApiProblem ProblemOf(Exception fault) => fault switch
    {
        IOException full when StorageFaults.IsDiskFull(full) => ApiProblem.DiskFull(),
        InvalidDataException => ApiProblem.Unexpected(),

        // A cancellation that the caller did not ask for is a storage that did not answer in time.
        IOException or UnauthorizedAccessException or TimeoutException or OperationCanceledException => ApiProblem.StorageUnavailable(),
        _ => ApiProblem.Unexpected(),
    };
}
