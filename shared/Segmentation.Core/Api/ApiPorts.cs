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

/// <summary>The pointer to the current run. Thread-safe.</summary>
public interface ISegmentsPort
{
    /// <summary>The run that readers see, or null before the first.</summary>
    ValueTask<ICurrentSegments?> FindCurrentAsync(CancellationToken cancellationToken);

    /// <summary>Makes a run with results the one that readers see; nothing happens where it is already.</summary>
    Task ActivateAsync(string runId, CancellationToken cancellationToken);
}

/// <summary>One published run: all that is asked of one instance comes from one run. Thread-safe.</summary>
public interface ICurrentSegments
{
    /// <summary>Its row; it has an as-of date.</summary>
    RunRecord Run { get; }

    /// <summary>Its model.</summary>
    SegmentModel Model { get; }

    /// <summary>Its clusters, then its named segments.</summary>
    IReadOnlyList<SegmentProfile> Profiles { get; }

    /// <summary>The version of its answers on a day, in letters, digits, dots and hyphens: the same version, the same answers.</summary>
    string VersionOn(DateOnly today);

    /// <summary>Looks a customer up; null where the customer is unknown.</summary>
    ValueTask<SegmentAnswer?> FindAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>Looks customers up: the known ones, and the ids of the others, each in the order asked.</summary>
    ValueTask<(IReadOnlyList<SegmentAnswer> Found, IReadOnlyList<string> Missing)> FindAllAsync(
        IReadOnlyList<string> customerIds, CancellationToken cancellationToken);
}

/// <summary>What is held of a customer, and its erasure. Thread-safe.</summary>
public interface ICustomersPort
{
    /// <summary>Everything held of a customer; null where nothing is.</summary>
    Task<CustomerDocument?> FindAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>Erases a customer, while no run reads: called inside <see cref="IRunHost.ChangeAloneAsync" />.</summary>
    /// <returns>What was erased; null where nothing was held.</returns>
    Task<ErasedCustomer?> EraseAsync(string customerId, CancellationToken cancellationToken);
}

/// <summary>What an erasure came to.</summary>
/// <param name="CustomerId">The id in the form in which ids are stored.</param>
/// <param name="ErasedAt">When, UTC.</param>
/// <param name="Runs">Published runs that the customer was taken out of.</param>
/// <param name="Transactions">Rows of uploads that will not be read any more.</param>
public sealed record ErasedCustomer(string CustomerId, DateTime ErasedAt, int Runs, long Transactions);

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
