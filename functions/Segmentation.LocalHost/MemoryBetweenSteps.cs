using Segmentation.Core.Workflow;

namespace Segmentation.LocalHost;

/// <summary>Passes progress on, and gives memory back when models begin to be fitted.</summary>
/// <remarks>
/// Aggregation leaves large buffers behind, of which the collector would learn only much later: they would add to the peak of the fitting.
/// </remarks>
internal sealed class MemoryBetweenSteps(IProgress<StepProgress> next) : IProgress<StepProgress>
{
    private const string StepAfterAggregation = "fit";
    private const long WorthCollecting = 32L << 20;

    /// <inheritdoc />
    public void Report(StepProgress value)
    {
        if (value.Done == 0 && value.Step == StepAfterAggregation && GC.GetTotalMemory(forceFullCollection: false) > WorthCollecting)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        next.Report(value);
    }
}
