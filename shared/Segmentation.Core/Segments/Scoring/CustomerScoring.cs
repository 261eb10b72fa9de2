using System.Globalization;
using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Segments.Scoring;

/// <summary>Says which segments a customer who is in no upload would be in, by the model of a published run.</summary>
/// <remarks>
/// Nothing is stored. A customer of the run, scored by its own figures, gets the scores and the cluster that it has there. Immutable;
/// thread-safe.
/// </remarks>
/// <param name="runId">The run.</param>
/// <param name="asOf">Its as-of date.</param>
/// <param name="model">Its model.</param>
/// <param name="profiles">Its clusters and named segments.</param>
public sealed class CustomerScoring(string runId, DateOnly asOf, SegmentModel model, IReadOnlyList<SegmentProfile> profiles)
{
    /// <summary>Scores by figures. O(clusters).</summary>
    public CustomerScore Score(CustomerFigures figures) => Score(figures, asOf, []);

    /// <summary>Scores by transactions, judged by the rules of uploads with the options of the run.</summary>
    /// <param name="transactions">All lines of one customer, in any order; either all or none have a line total.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="now">The time, UTC: purchases later than a day after it are in the future.</param>
    /// <param name="cancellationToken">Stops the judging.</param>
    public async Task<TransactionScore> ScoreAsync(
        IReadOnlyList<ScoringTransaction> transactions, SegmentationOptions options, DateTime now, CancellationToken cancellationToken)
    {
        JudgedPurchases judged = await TransactionJudgement.JudgeAsync(transactions, options, asOf, now, cancellationToken);
        return new TransactionScore(ScoreOnly(judged), judged.Rejected);
    }

    /// <summary>Scores the one customer of a file of transactions, read and judged as an upload.</summary>
    /// <param name="open">Opens the file from its start; called two or three times.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="now">The time, UTC: purchases later than a day after it are in the future.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UnusableUploadException">The file cannot be read as transactions.</exception>
    public async Task<FileScore> ScoreFileAsync(
        Func<CancellationToken, Task<Stream>> open, SegmentationOptions options, DateTime now, CancellationToken cancellationToken)
    {
        JudgedPurchases judged = await TransactionJudgement.JudgeAsync(open, options.Import, options, asOf, now, cancellationToken);
        return new FileScore(judged.Customers.Count, ScoreOnly(judged), judged.Rejected);
    }

    private CustomerScore? ScoreOnly(JudgedPurchases judged) => judged.Customers is [var customer]
        ? Score(
            new CustomerFigures(customer.RecencyDays(judged.AsOf), customer.Frequency, customer.Monetary), judged.AsOf, judged.Rejected)
        : null;

    private CustomerScore Score(CustomerFigures figures, DateOnly date, IReadOnlyList<RejectedTransaction> rejected)
    {
        if (figures.Monetary <= Money.Zero)
        {
            return new CustomerScore(
                runId, date, new RfmAnswer(figures.RecencyDays, figures.Frequency, figures.Monetary, null, null, null),
                null, null, null, [], SegmentAssignment.NonPositiveNet, rejected);
        }

        // The assigner of the run decides; the distances beside it are for the reader.
        var customer = new RfmRecord(
            "", DateOnly.MinValue, DateOnly.MinValue, figures.Frequency, figures.Frequency, figures.Monetary, Money.Zero);
        SegmentAssignment assignment = new SegmentAssigner(model).Assign(customer, DateOnly.FromDayNumber(figures.RecencyDays));
        RfmScores scores = assignment.Scores!.Value;
        SegmentProfile segment = Profile(SegmentProfile.NamedKind, NamedSegment.Of(scores.R, scores.F).Id);
        SegmentProfile? cluster = assignment.Cluster is { } number ? Profile(SegmentProfile.ClusterKind, Id(number)) : null;
        return new CustomerScore(
            runId,
            date,
            new RfmAnswer(figures.RecencyDays, figures.Frequency, figures.Monetary, scores.R, scores.F, scores.M),
            new SegmentName(segment.Id, segment.Name),
            cluster is null ? null : new SegmentName(cluster.Id, cluster.Name),
            segment.Strategy,
            Distances(figures),
            null,
            rejected);
    }

    private IReadOnlyList<ClusterDistance> Distances(CustomerFigures figures)
    {
        if (model.Centroids is not { } centroids)
        {
            return [];
        }

        Span<double> point =
        [
            DeterministicMath.Log1P(figures.RecencyDays),
            DeterministicMath.Log1P(figures.Frequency),
            DeterministicMath.Log1P(figures.Monetary.ToDouble()),
        ];
        new StandardScaler(model.Features.Means, model.Features.Deviations).Transform(point, point);
        IReadOnlyList<double>? probabilities = new SegmentAssigner(model with { Tree = null }).ProbabilitiesOf(
            figures.RecencyDays, figures.Frequency, figures.Monetary.ToDouble());
        var distances = new List<(int Id, ClusterDistance Distance)>(centroids.Count);
        for (int i = 0; i < centroids.Count; i++)
        {
            double squares = 0;
            for (int j = 0; j < point.Length; j++)
            {
                double difference = point[j] - centroids[i][j];
                squares += difference * difference;
            }

            SegmentProfile cluster = Profile(SegmentProfile.ClusterKind, Id(model.ClusterId(i)));
            distances.Add((model.ClusterId(i), new ClusterDistance(cluster.Id, cluster.Name, Math.Sqrt(squares), probabilities?[i])));
        }

        return [.. distances.OrderBy(one => one.Id).Select(one => one.Distance)];
    }

    private static string Id(int cluster) => cluster.ToString(CultureInfo.InvariantCulture);

    private SegmentProfile Profile(string kind, string id) => profiles.First(profile => profile.Kind == kind && profile.Id == id);
}
