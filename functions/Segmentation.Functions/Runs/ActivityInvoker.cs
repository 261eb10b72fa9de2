using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Functions.Runs;

/// <summary>Calls activities, stops them while what is stored changes, and tells faults that no repetition mends from the others.</summary>
public sealed class ActivityInvoker(SegmentationActivities activities, SegmentationStorage storage, StoreHolds holds, TimeProvider clock)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Calls an activity. What it throws may be tried again.</summary>
    /// <param name="name">One of <see cref="ActivityNames" />.</param>
    /// <param name="input">Its message.</param>
    /// <param name="cancellationToken">Stops it when the process is to end; it is delivered again then.</param>
    /// <returns>An <see cref="ActivityAnswer" />.</returns>
    public async Task<JsonElement> InvokeAsync(string name, JsonElement input, CancellationToken cancellationToken)
    {
        if (await holds.FindAsync(cancellationToken) is not null)
        {
            return new ActivityAnswer(null, IsStopped: true).ToJson();
        }

        if (await IsLateAsync(name, input, cancellationToken))
        {
            return new ActivityAnswer(null, Fault: "The run has ended.").ToJson();
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = new PeriodicTimer(LookEvery, clock);
        Task watch = WatchAsync(timer, stop);
        try
        {
            return new ActivityAnswer(await activities.InvokeAsync(name, input, stop.Token)).ToJson();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ActivityAnswer(null, IsStopped: true).ToJson();
        }
        catch (InvalidDataException fault)
        {
            // Something stored is damaged, or an option of the run is not valid: it will be so next time.
            return new ActivityAnswer(null, Fault: fault.Message).ToJson();
        }
        finally
        {
            timer.Dispose();
            await watch;
        }
    }

    // A delivery may come when the run has long ended and its files are swept: it would begin the run anew under the eyes of readers. The
    // last activity ends the run itself and may have died just then; it knows what it has done.
    private async Task<bool> IsLateAsync(string name, JsonElement input, CancellationToken cancellationToken) =>
        name != ActivityNames.ActivateRun
        && input.GetProperty("runId").GetString() is { } runId
        && (await storage.Segments.FindRunAsync(runId, cancellationToken))?.Status != RunStatus.Running;

    private async Task WatchAsync(PeriodicTimer timer, CancellationTokenSource stop)
    {
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                if (await holds.FindAsync(stop.Token) is not null)
                {
                    await stop.CancelAsync();
                    return;
                }
            }
            catch (Exception fault) when (
                fault is IOException or UnauthorizedAccessException or OperationCanceledException or InvalidDataException)
            {
                // The activity itself meets the fault of the storage, or was stopped already.
            }
        }

    }
}
