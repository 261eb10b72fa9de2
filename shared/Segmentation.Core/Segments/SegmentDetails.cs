using System.Globalization;
using Segmentation.Core.Rfm;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments;

/// <summary>
/// Adds to profiles what needs the customers one by one: the rule that sets a segment apart, and what its customers spend on an order and on an
/// item.
/// </summary>
internal static class SegmentDetails
{
    /// <summary>A customer with more than this part of the revenue of a segment is worth a word.</summary>
    private const double DominantShare = 0.5;

    /// <summary>Of two customers one always brings half or more.</summary>
    private const int LeastCustomers = 3;

    /// <summary>The profiles with their rules and price bands.</summary>
    /// <param name="profiles">Clusters and named segments.</param>
    /// <param name="model">The model that the customers are assigned by.</param>
    /// <param name="measures">All customers.</param>
    /// <param name="itemPrices">What an item cost each customer on average, 0 where that is not known; null where it is known of nobody.</param>
    /// <param name="language">The language of the words.</param>
    /// <param name="cancellationToken">Stops between segments.</param>
    public static IReadOnlyList<SegmentProfile> Add(
        IEnumerable<SegmentProfile> profiles,
        SegmentModel model,
        CustomerMeasures measures,
        double[]? itemPrices,
        Language language,
        CancellationToken cancellationToken)
    {
        var assigner = new SegmentAssigner(model);
        int[] clusters = new int[measures.Count];
        int[] named = new int[measures.Count];
        for (int row = 0; row < measures.Count; row++)
        {
            (RfmScores scores, int? cluster) = assigner.Place(measures.Recency[row], measures.Frequency[row], measures.Monetary[row]);
            clusters[row] = cluster ?? 0;
            named[row] = NamedSegment.Of(scores.R, scores.F).Rank;
        }

        var rules = new SegmentRules(measures, language);
        var detailed = new List<SegmentProfile>();
        foreach (SegmentProfile profile in profiles)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isCluster = profile.Kind == SegmentProfile.ClusterKind;
            NamedSegment? segment = isCluster ? null : NamedSegment.Find(profile.Id)!;
            int label = segment?.Rank ?? int.Parse(profile.Id, CultureInfo.InvariantCulture);
            int[] labels = isCluster ? clusters : named;
            int[] rows = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == label)];
            PriceBand? band = PriceBand.Of(measures, rows);
            PriceBand? items = itemPrices is null ? null : PriceBand.OfItems(itemPrices, rows);
            detailed.Add(profile with
            {
                Description = string.Join(
                    ' ',
                    new[] { profile.Description, band?.Describe(language), items?.DescribeItems(language), OneCustomer(measures, rows, language) }.OfType<string>()),
                PriceBand = band,
                ItemPriceBand = items,
                Rule = segment is null ? rules.OfCluster(labels, label) : rules.OfNamed(segment, model.Edges, row => labels[row] == label),
            });
        }

        return detailed;
    }

    // Shares of revenue say nothing about a segment that one account dwarfs. Not who it is: an id would have to be erased from here too.
    private static string? OneCustomer(CustomerMeasures measures, int[] rows, Language language)
    {
        if (rows.Length < LeastCustomers)
        {
            return null;
        }

        Money all = Money.Zero;
        Money most = Money.Zero;
        foreach (int row in rows)
        {
            all += measures.Exact[row];
            most = measures.Exact[row] > most ? measures.Exact[row] : most;
        }

        double share = most.ToDouble() / all.ToDouble();
        string percent = LocalNumbers.PercentInProse(share, language);
        return share > DominantShare
            ? language.Pick($"One customer alone brings {percent} of that revenue.", $"Из этой выручки {percent} приносит один-единственный клиент.")
            : null;
    }
}
