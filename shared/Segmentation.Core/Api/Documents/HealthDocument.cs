namespace Segmentation.Core.Api.Documents;

/// <summary>How the service is.</summary>
/// <param name="Status">The worst of the checks.</param>
/// <param name="Version">The version of the product.</param>
/// <param name="CurrentRun">The run that readers see, or null.</param>
/// <param name="Running">The run that goes on, or null.</param>
/// <param name="Waiting">The run that waits, or null.</param>
/// <param name="LastFailure">The last run that failed, or null.</param>
/// <param name="Checks">All that was checked.</param>
public sealed record HealthDocument(
    HealthStatus Status,
    string Version,
    HealthCurrentRun? CurrentRun,
    HealthRunning? Running,
    HealthWaiting? Waiting,
    HealthFailure? LastFailure,
    IReadOnlyList<HealthCheck> Checks);

/// <summary>The run that readers see.</summary>
public sealed record HealthCurrentRun(string RunId, DateOnly? AsOf, long Customers, DateTime? FinishedAt);

/// <summary>The run that goes on.</summary>
public sealed record HealthRunning(string RunId, ProgressDocument? Progress);

/// <summary>The run that waits.</summary>
public sealed record HealthWaiting(string RunId);

/// <summary>A run that failed.</summary>
public sealed record HealthFailure(string RunId, DateTime? At, string? Message);
