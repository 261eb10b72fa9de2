using Segmentation.Numerics.Clustering;

namespace Segmentation.Core.Segments;

/// <summary>The least spend that leads to a better cluster where customers belong to the most probable component of a mixture.</summary>
/// <remarks>
/// Borders are curved: a component may be the most probable on several pieces of the line along which the spend moves. Amounts are halved,
/// the smaller ones first; a half in which certainly no better component is the most probable is left out, and the assigner of the run
/// decides at a single cent. So what is found is the least. Some tens of questions find a border; components that hardly differ could ask for
/// one at every cent, so that after <see cref="MostQuestions" /> the search is given up. O(log amounts · k²), memory of O(k).
/// </remarks>
internal sealed class MixtureSpend(SegmentModel model, IReadOnlyList<MixtureComponent> mixture, SpendAfterOrders spend) : ILeastSpend
{
    /// <summary>Questions after which a search is given up.</summary>
    public const int MostQuestions = 10_000;

    // A logarithm, a difference and a quotient round less than this, relative to the sizes that go into them.
    private const double Rounding = 1e-14;

    private readonly ClusterRule _rule = new(model.Centroids!, mixture);

    /// <inheritdoc />
    public bool TryFind(Orders orders, long least, long most, out long? cents)
    {
        cents = spend.IsBetterAt(orders, least) ? least : null;
        if (cents is not null || spend.Deviation == 0)
        {
            return true;
        }

        Span<double> point = stackalloc double[SpendAfterOrders.Feature + 1];
        spend.Standardise(orders, least, point);
        int questions = 0;
        cents = First(orders, _rule.Along(point, SpendAfterOrders.Feature), (least, most), ref questions);
        return questions <= MostQuestions;
    }

    private long? First(Orders orders, GaussianMixtureLine line, (long From, long To) amounts, ref int questions)
    {
        questions++;
        if (questions > MostQuestions || !MayBeBetter(orders, line, amounts))
        {
            return null;
        }

        if (amounts.From == amounts.To)
        {
            return spend.IsBetterAt(orders, amounts.From) ? amounts.From : null;
        }

        long middle = amounts.From + ((amounts.To - amounts.From) / 2);
        return First(orders, line, (amounts.From, middle), ref questions)
            ?? First(orders, line, (middle + 1, amounts.To), ref questions);
    }

    private bool MayBeBetter(Orders orders, GaussianMixtureLine line, (long From, long To) amounts)
    {
        Span<double> first = stackalloc double[SpendAfterOrders.Feature + 1];
        Span<double> last = stackalloc double[SpendAfterOrders.Feature + 1];
        spend.Standardise(orders, amounts.From, first);
        spend.Standardise(orders, amounts.To, last);

        // The spend rises with the cents but for rounding: a little more to either side holds every amount between.
        double from = first[SpendAfterOrders.Feature];
        double to = last[SpendAfterOrders.Feature];
        double slack = Rounding * (Math.Abs(from) + Math.Abs(to) + (2 * Math.Abs(spend.Mean) / spend.Deviation));
        return line.MayBeIn(orders.Better, from - slack, to + slack);
    }
}
