using Microsoft.DurableTask;
using Segmentation.Core.Workflow;

namespace Segmentation.Functions.Orchestration;

/// <summary>
/// How often and after what time an activity that threw is tried again. The storage's own clients have waited some seconds before.
/// </summary>
internal static class ActivityRetries
{
    // Many of them at once press on the storage, so they give it more time: 5 + 10 + 20 + 40 + 60 + 60 + 60 seconds.
    private static readonly TaskOptions Wide = Options(attempts: 8);

    // One at a time: 5 + 10 + 20 + 40 + 60 seconds.
    private static readonly TaskOptions Single = Options(attempts: 6);

    // Mostly computing, which fails the same way each time; what may pass is its one reading: 5 + 10 seconds.
    private static readonly TaskOptions Computing = Options(attempts: 3);

    /// <summary>Of the activities that begin and end a run: without them nothing goes on, so they are tried for most of a day.</summary>
    public static readonly TaskOptions Patient = Options(attempts: 1_000);

    /// <summary>Of an activity of the workflow.</summary>
    public static TaskOptions Of(string activity) => activity switch
    {
        ActivityNames.CleanUpload or ActivityNames.AggregateShard or ActivityNames.PublishShard => Wide,
        ActivityNames.FitCandidate => Computing,
        _ => Single,
    };

    private static TaskOptions Options(int attempts) => TaskOptions.FromRetryPolicy(
        new RetryPolicy(attempts, TimeSpan.FromSeconds(5), 2.0, TimeSpan.FromMinutes(1)));
}
