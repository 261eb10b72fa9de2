using System.Globalization;
using System.Text;
using Segmentation.Core.Erasure;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments.Lookup;

/// <summary>Says which segments customers are in, by the current run. Thread-safe.</summary>
/// <remarks>One answer, of one customer or several, comes from one run. Who was erased is unknown, whatever the run holds.</remarks>
public sealed class SegmentLookup(CurrentRun currentRun, ISegmentStore segments, IErasedCustomers erasedCustomers, TimeProvider clock)
{
    // Rows of a store over a network are read side by side, so that a large batch takes as long as a few rows.
    private const int MostReads = 32;

    /// <summary>Looks a customer up.</summary>
    /// <param name="customerId">The id; outer blanks do not count.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The answer; null where the customer is unknown.</returns>
    /// <exception cref="NoCurrentRunException">No run was published yet.</exception>
    /// <exception cref="InvalidDataException">What is stored is damaged.</exception>
    public ValueTask<LookupResult?> FindAsync(string customerId, CancellationToken cancellationToken) =>
        AnswerAsync(run => FindAsync(run, CustomerIds.Normalise(customerId), cancellationToken), cancellationToken);

    /// <summary>Looks several customers up, by one run.</summary>
    /// <param name="customerIds">The ids; outer blanks do not count. How many may be asked for at once is the caller's to say.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="NoCurrentRunException">No run was published yet.</exception>
    /// <exception cref="InvalidDataException">What is stored is damaged.</exception>
    public ValueTask<BatchLookupResult> FindAllAsync(IReadOnlyList<string> customerIds, CancellationToken cancellationToken) =>
        AnswerAsync(run => FindAllAsync(run, customerIds, cancellationToken), cancellationToken);

    private async ValueTask<T> AnswerAsync<T>(Func<PublishedRun, ValueTask<T>> answer, CancellationToken cancellationToken)
    {
        PublishedRun run = await RunAsync(cancellationToken);
        try
        {
            return await answer(run);
        }
        catch (BlobNotFoundException)
        {
            // The run may have been replaced, then deleted, since the pointer was read.
            currentRun.Invalidate();
            PublishedRun now = await RunAsync(cancellationToken);
            if (now.RunId == run.RunId)
            {
                throw;
            }

            return await answer(now);
        }
    }

    private async ValueTask<PublishedRun> RunAsync(CancellationToken cancellationToken) =>
        await currentRun.FindAsync(cancellationToken) ?? throw new NoCurrentRunException();

    private async ValueTask<LookupResult?> FindAsync(PublishedRun run, string id, CancellationToken cancellationToken)
    {
        if (IsErased(await erasedCustomers.ReadAsync(cancellationToken), id)
            || await ReadRowAsync(run, id, cancellationToken) is not { } row)
        {
            return null;
        }

        DateOnly today = Today();
        return new LookupResult(run, run.Version(today), Answer(run, row, today));
    }

    private async ValueTask<BatchLookupResult> FindAllAsync(
        PublishedRun run, IReadOnlyList<string> customerIds, CancellationToken cancellationToken)
    {
        IErasedSet erased = await erasedCustomers.ReadAsync(cancellationToken);
        var rows = new Dictionary<string, SegmentAssignment?>(customerIds.Count, StringComparer.Ordinal);
        string[] ids = [.. customerIds.Select(CustomerIds.Normalise)];
        foreach (string id in ids.Where(id => !IsErased(erased, id)))
        {
            rows[id] = null;
        }

        await ReadRowsAsync(run, rows, cancellationToken);
        DateOnly today = Today();
        var found = new List<SegmentAnswer>(rows.Count);
        var missing = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < ids.Length; i++)
        {
            if (rows.GetValueOrDefault(ids[i]) is not { } row)
            {
                missing.Add(customerIds[i]);
            }
            else if (seen.Add(ids[i]))
            {
                found.Add(Answer(run, row, today));
            }
        }

        return new BatchLookupResult(
            run, run.Version(today), new SegmentAnswers(found, [.. missing.Distinct(StringComparer.Ordinal)]));
    }

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private async Task ReadRowsAsync(PublishedRun run, Dictionary<string, SegmentAssignment?> rows, CancellationToken cancellationToken)
    {
        foreach (string[] ids in rows.Keys.ToArray().Chunk(MostReads))
        {
            Task<SegmentAssignment?>[] reads = [.. ids.Select(id => ReadRowAsync(run, id, cancellationToken))];
            SegmentAssignment?[] read = await Task.WhenAll(reads);
            for (int i = 0; i < ids.Length; i++)
            {
                rows[ids[i]] = read[i];
            }
        }
    }

    // An id that is missing in a file of sales names nobody.
    private async Task<SegmentAssignment?> ReadRowAsync(PublishedRun run, string id, CancellationToken cancellationToken) => id.Length == 0
        ? null
        : await segments.FindAsync(run.RunId, CustomerBuckets.ShardOf(id, run.Record.Shards), id, cancellationToken);

    private static bool IsErased(IErasedSet erased, string id) => !erased.IsEmpty && erased.Contains(Encoding.UTF8.GetBytes(id));

    private static SegmentName ClusterOf(PublishedRun run, int cluster)
    {
        SegmentProfile profile = run.Profile(SegmentProfile.ClusterKind, cluster.ToString(CultureInfo.InvariantCulture));
        return new SegmentName(profile.Id, profile.Name);
    }

    private static SegmentAnswer Answer(PublishedRun run, SegmentAssignment row, DateOnly today)
    {
        SegmentProfile? segment = null;
        SegmentChange? change = null;
        if (row.Scores is { } scores)
        {
            segment = run.Profile(SegmentProfile.NamedKind, NamedSegment.Of(scores.R, scores.F).Id);
            change = SegmentAgeing.NextChange(run.Model.Edges, row.RecencyDays, scores, run.AsOf, today) is { } next
                ? new SegmentChange(next.Date, new SegmentName(next.Segment.Id, next.Segment.LocalName(run.Language)))
                : null;
        }

        SegmentProfile? cluster = row.Cluster is { } number
            ? run.Profile(SegmentProfile.ClusterKind, number.ToString(CultureInfo.InvariantCulture))
            : null;
        ClusterProspect prospect = run.Outlook.Prospect(row, run.AsOf, today);
        ClusterChange? clusterChange = prospect.Fall is { } fall
            ? new ClusterChange(fall.Date, ClusterOf(run, fall.Cluster))
            : null;
        return new SegmentAnswer(
            row.CustomerId,
            run.RunId,
            run.AsOf,
            new RfmAnswer(row.RecencyDays, row.Frequency, row.Monetary, row.Scores?.R, row.Scores?.F, row.Scores?.M),
            segment is null ? null : new SegmentName(segment.Id, segment.Name),
            cluster is null ? null : new SegmentName(cluster.Id, cluster.Name),
            segment?.Strategy,
            change,
            row.Excluded)
        {
            ClusterChanges = clusterChange,
            NextBetter = CustomerOutlook.Describe(run.Outlook.NextBetter(row), run, SegmentProfile.NamedKind, change?.Date),
            NextBetterCluster = CustomerOutlook.Describe(
                run.Outlook.NextBetterCluster(row, prospect), run, SegmentProfile.ClusterKind, clusterChange?.Date),
        };
    }
}

/// <summary>Nothing can be looked up before the first run was published.</summary>
public sealed class NoCurrentRunException() : Exception("No run has been published yet.");
