using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

/// <summary>What a run is asked for.</summary>
/// <param name="RunId">The run's id; ids sort by time.</param>
/// <param name="RequestedAt">When it was asked for, UTC: new uploads count as seen then, and <c>rfm.asOf=today</c> is this day.</param>
/// <param name="Language">Of names and texts: <c>en</c> or <c>ru</c>.</param>
/// <param name="Options">The options in force, by key.</param>
/// <param name="OnlySettled">Whether only uploads count that a watching host saw settled; else all that are there.</param>
public sealed record RunRequest(
    string RunId, DateTime RequestedAt, string Language, IReadOnlyDictionary<string, string> Options, bool OnlySettled = false);

/// <summary>How many uploads are to be cleaned first.</summary>
public sealed record PlanResult(int UploadsToClean);

/// <summary>One upload of the plan.</summary>
public sealed record CleanUploadInput(string RunId, int Index);

/// <summary>Seconds that a step took.</summary>
public sealed record StepResult(double Seconds);

/// <summary>What the run is made of.</summary>
/// <param name="UsableUploads">Uploads that could be read.</param>
/// <param name="Shards">Number of shards.</param>
/// <param name="AsOf">The as-of date, when the options give it.</param>
/// <param name="NeedsAsOfFirst">Whether the as-of date must be found before rows can be judged (a window that ends with the data).</param>
public sealed record FrozenInputs(int UsableUploads, int Shards, DateOnly? AsOf, bool NeedsAsOfFirst);

/// <summary>One shard to aggregate.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Shard">The shard, from 0.</param>
/// <param name="AsOf">The as-of date as far as it is known.</param>
/// <param name="OnlyLastPurchase">Whether only the date of the last kept purchase is wanted; then nothing is written.</param>
public sealed record AggregateShardInput(string RunId, int Shard, DateOnly? AsOf, bool OnlyLastPurchase);

/// <summary>What a shard came to.</summary>
/// <param name="Customers">Customers with kept purchases.</param>
/// <param name="LastPurchase">Date of the last kept purchase, or null without any.</param>
/// <param name="Seconds">Seconds that it took.</param>
public sealed record AggregateShardResult(long Customers, DateOnly? LastPurchase, double Seconds);

/// <summary>The shards to merge.</summary>
public sealed record MergeSummariesInput(string RunId, int Shards, DateOnly? AsOf);

/// <summary>What the shards came to.</summary>
/// <param name="Customers">Customers with a row, the excluded ones included.</param>
/// <param name="Candidates">Candidate models to fit.</param>
/// <param name="Seconds">Seconds that it took.</param>
public sealed record MergeSummariesResult(long Customers, int Candidates, double Seconds);

/// <summary>One candidate to fit.</summary>
public sealed record FitCandidateInput(string RunId, int Index);

/// <summary>Seconds that a candidate took.</summary>
public sealed record FitCandidateResult(double FitSeconds, double MeasureSeconds, double StabilitySeconds);

/// <summary>The candidates to choose from.</summary>
public sealed record SelectModelInput(string RunId, int Candidates);

/// <summary>What was chosen.</summary>
/// <param name="Algorithm">The algorithm, or null when no model was chosen.</param>
/// <param name="Clusters">Its number of clusters.</param>
/// <param name="Seconds">Seconds that it took.</param>
public sealed record SelectModelResult(string? Algorithm, int? Clusters, double Seconds);

/// <summary>One shard to publish.</summary>
public sealed record PublishShardInput(string RunId, int Shard);

/// <summary>The shards whose rejected rows are written.</summary>
public sealed record WriteRejectsInput(string RunId, int Shards);

/// <summary>The shards whose products are put into categories.</summary>
public sealed record CategorizeProductsInput(string RunId, int Shards);

/// <summary>What the report is written from.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Shards">Number of shards.</param>
/// <param name="Seconds">Seconds by step so far; those of the report come on top.</param>
public sealed record WriteReportInput(string RunId, int Shards, IReadOnlyDictionary<string, double> Seconds);

/// <summary>The run to activate.</summary>
public sealed record ActivateRunInput(string RunId);

/// <summary>Whether readers see the run now, and if not, why.</summary>
public sealed record ActivateRunResult(bool Activated, string? Reason);

/// <summary>The end of a run.</summary>
/// <param name="Status">With or without results.</param>
/// <param name="Customers">Customers with a row.</param>
/// <param name="Clusters">Clusters of the chosen model, or null.</param>
/// <param name="Activated">Whether readers see the run.</param>
/// <param name="Message">Why they do not, where it has results.</param>
public sealed record RunOutcome(RunStatus Status, long Customers, int? Clusters, bool Activated, string? Message = null);
