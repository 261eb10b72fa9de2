using Segmentation.Core.Api.Documents;
using Segmentation.Core.Segments;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Api;

/// <summary>All that the API stands on.</summary>
/// <param name="Storage">Rows of runs, records of uploads, results.</param>
/// <param name="Segments">The current run.</param>
/// <param name="Customers">What is held of customers.</param>
/// <param name="Withdrawals">Uploads that are taken back.</param>
/// <param name="Runs">The host that runs the workflow.</param>
/// <param name="Health">What the host knows of its own health.</param>
/// <param name="Clock">The time.</param>
/// <param name="Version">The version of the product.</param>
public sealed record ApiPorts(
    SegmentationStorage Storage,
    ISegmentsPort Segments,
    ICustomersPort Customers,
    IWithdrawalsPort Withdrawals,
    IRunHost Runs,
    IHealthChecks Health,
    TimeProvider Clock,
    string Version);

/// <summary>Lookups, and the pointer to the current run. Thread-safe.</summary>
public interface ISegmentsPort
{
    /// <summary>The run that readers see, or null before the first.</summary>
    ValueTask<CurrentSegments?> FindCurrentAsync(CancellationToken cancellationToken);

    /// <summary>Looks a customer up; null where the customer is unknown.</summary>
    /// <exception cref="NoCurrentRunException">No run was published yet.</exception>
    ValueTask<FoundSegment?> FindAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>Looks customers up, all in one run.</summary>
    /// <exception cref="NoCurrentRunException">No run was published yet.</exception>
    ValueTask<FoundSegments> FindAllAsync(IReadOnlyList<string> customerIds, CancellationToken cancellationToken);

    /// <summary>Makes a run with results the one that readers see; nothing happens where it is already.</summary>
    Task ActivateAsync(string runId, CancellationToken cancellationToken);
}

/// <summary>The run that readers see.</summary>
/// <param name="Run">Its row; it has an as-of date.</param>
/// <param name="Model">Its model.</param>
/// <param name="Profiles">Its clusters, then its named segments.</param>
/// <param name="Version">The version of its answers today, in letters, digits, dots and hyphens:
/// the same version, the same answers.</param>
public sealed record CurrentSegments(RunRecord Run, SegmentModel Model, IReadOnlyList<SegmentProfile> Profiles, string Version);

/// <summary>A customer that was found.</summary>
/// <param name="Version">As of <see cref="CurrentSegments" />.</param>
/// <param name="Answer">What the run says.</param>
public sealed record FoundSegment(string Version, SegmentAnswer Answer);

/// <summary>Customers that were looked up in one run.</summary>
/// <param name="Version">As of <see cref="CurrentSegments" />.</param>
/// <param name="Answers">The known ones, and the ids of the others.</param>
public sealed record FoundSegments(string Version, LookupDocument Answers);

/// <summary>What is held of a customer, and its erasure. Thread-safe.</summary>
public interface ICustomersPort
{
    /// <summary>Everything held of a customer; null where nothing is.</summary>
    Task<CustomerDocument?> FindAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>What an erasure came to that is done; null where the customer was not erased, or not to the end.</summary>
    Task<ErasedCustomer?> FindErasedAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>Whether there is something to erase, or an erasure to finish.</summary>
    Task<bool> IsErasableAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>Erases a customer, while no run reads: called inside <see cref="IRunHost.ChangeAloneAsync" />.</summary>
    /// <returns>What was erased, now or before; null where nothing was held.</returns>
    Task<ErasedCustomer?> EraseAsync(string customerId, CancellationToken cancellationToken);
}

/// <summary>What an erasure came to.</summary>
/// <param name="ErasedAt">When the customer was erased first, UTC.</param>
/// <param name="Uploads">Uploads that held rows of the customer then.</param>
/// <param name="Rows">These rows.</param>
/// <param name="Runs">Runs that had published the customer.</param>
public sealed record ErasedCustomer(DateTime ErasedAt, int Uploads, long Rows, int Runs);

/// <summary>Uploads that are taken back. Thread-safe.</summary>
public interface IWithdrawalsPort
{
    /// <summary>Whether an upload was withdrawn.</summary>
    bool IsWithdrawn(UploadRecord upload);

    /// <summary>Withdraws an upload, while no run reads: called inside <see cref="IRunHost.ChangeAloneAsync" />.</summary>
    /// <returns>Whether there was one that was not withdrawn yet.</returns>
    Task<bool> WithdrawAsync(string uploadId, CancellationToken cancellationToken);
}

/// <summary>How well something is.</summary>
public enum HealthStatus
{
    /// <summary>All is well.</summary>
    Healthy,

    /// <summary>It works, but somebody should look.</summary>
    Degraded,

    /// <summary>It does not work.</summary>
    Unhealthy,
}

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What: <c>storage</c>.</param>
/// <param name="Status">How it is.</param>
/// <param name="Message">What was found and what to do, in a sentence.</param>
public sealed record HealthCheck(string Name, HealthStatus Status, string Message);

/// <summary>What the host knows of its own health: space on the disk, its queue, its timer. Thread-safe.</summary>
public interface IHealthChecks
{
    /// <summary>Checks now.</summary>
    Task<IReadOnlyList<HealthCheck>> CheckAsync(CancellationToken cancellationToken);
}
