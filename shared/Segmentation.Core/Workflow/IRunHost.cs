using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

/// <summary>What the API asks of the host that runs the workflow. Thread-safe.</summary>
public interface IRunHost
{
    /// <summary>Asks for a run. While one is in progress the request is remembered, and one more run follows; a second request is the same one.</summary>
    /// <returns>The request that waits, this one or an earlier.</returns>
    Task<RunTicket> RequestRunAsync(RunCause cause, CancellationToken cancellationToken);

    /// <summary>How far a run is, or null where this host does not know.</summary>
    ValueTask<StepProgress?> FindProgressAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Changes what is stored while no run reads it, and asks for a run that makes the change seen. A run in progress is stopped and starts over.</summary>
    /// <remarks>The request is recorded before the change begins, so that a crash in between is followed by a run all the same.</remarks>
    /// <param name="cause">Why.</param>
    /// <param name="change">The change; it goes on to its end, even when the caller has gone, once it has begun.</param>
    /// <param name="cancellationToken">Gives waiting for the change to begin up.</param>
    /// <returns>The run to come.</returns>
    Task<RunTicket> ChangeAloneAsync(RunCause cause, Func<CancellationToken, Task> change, CancellationToken cancellationToken);
}
