using System.Globalization;
using Segmentation.Core.Products;
using Segmentation.Core.Rfm;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Quality;

/// <summary>What findings are made from.</summary>
/// <param name="Merged">The ledgers and sales of the run.</param>
/// <param name="Measures">The customers that take part in statistics.</param>
/// <param name="Products">The products in ordinal order.</param>
/// <param name="IsSample">Whether there were more products than are told apart.</param>
internal sealed record QualityFacts(
    MergedSummary Merged, CustomerMeasures Measures, IReadOnlyList<KeyValuePair<string, ProductFigures>> Products, bool IsSample);

/// <summary>Looks for what is suspicious. Pure; the same facts give the same findings in the same order.</summary>
internal static class QualityFindings
{
    /// <summary>A price this many times the median, or this part of it, is suspicious.</summary>
    public const int PriceFactor = 1_000;

    /// <summary>More than this part of all spend from one customer is suspicious.</summary>
    public const double DominantShare = 0.05;

    /// <summary>More than this part of rows without a customer, or rejected for other reasons, or of money returned, is worth a word.</summary>
    public const double NotableShare = 0.05;

    /// <summary>So many days without a sale are worth a word, where the usual distance of days with sales is less than a fifth of it.</summary>
    public const int GapDays = 14;

    private const int MostPrices = 20;
    private const int MostExamples = 5;
    private const int UsualGaps = 5;

    /// <summary>Finds everything, the most serious first.</summary>
    public static IReadOnlyList<QualityFinding> Find(QualityFacts facts) =>
        [.. PriceOutliers(facts.Products)
            .Concat(DominantCustomers(facts.Measures))
            .Concat(CodeCases(facts.Products))
            .Concat(Rows(facts.Merged))
            .Concat(Gaps(facts.Merged.Sales))
            .Concat(Names(facts.Products))
            .Concat(facts.IsSample
                ? [new QualityFinding(QualityKind.TooManyProducts, QualitySeverity.Note, "", ProductSummary.MostProducts)]
                : [])
            .OrderByDescending(finding => finding.Severity)];

    private static IEnumerable<QualityFinding> PriceOutliers(IReadOnlyList<KeyValuePair<string, ProductFigures>> products) =>
        products.Select(product => PriceOutlier(product.Key, product.Value)).OfType<QualityFinding>()
            .OrderByDescending(finding => finding.Amount)
            .ThenBy(finding => finding.Subject, StringComparer.Ordinal)
            .Take(MostPrices);

    private static QualityFinding? PriceOutlier(string product, ProductFigures figures)
    {
        if (figures.Prices.Counts.Count < 2 || figures.MedianPrice is not { } median || median <= Money.Zero)
        {
            return null;
        }

        (Money Price, long Lines)[] far = [.. figures.Prices.Counts
            .Where(price => price.Key.Micros >= median.Micros * PriceFactor || price.Key.Micros * PriceFactor <= median.Micros)
            .Select(price => (price.Key, price.Value))];
        return far.Length == 0
            ? null
            : new QualityFinding(
                QualityKind.PriceOutlier, QualitySeverity.Warning, product, far.Sum(price => price.Lines), far.Max(price => price.Price));
    }

    private static IEnumerable<QualityFinding> DominantCustomers(CustomerMeasures measures)
    {
        double total = measures.Total().ToDouble();
        Money[] dominant = [.. measures.Exact.Where(amount => amount.ToDouble() > DominantShare * total)];
        if (dominant.Length > 0 && measures.Count > 1 / DominantShare)
        {
            Money sum = dominant.Aggregate(Money.Zero, (all, one) => all + one);
            yield return new QualityFinding(
                QualityKind.DominantCustomer, QualitySeverity.Warning, "", dominant.Length, sum, sum.ToDouble() / total);
        }
    }

    private static IEnumerable<QualityFinding> CodeCases(IReadOnlyList<KeyValuePair<string, ProductFigures>> products)
    {
        string[][] groups = [.. products.Select(product => product.Key)
            .GroupBy(code => code.ToUpperInvariant(), StringComparer.Ordinal)
            .Select(group => group.ToArray())
            .Where(group => group.Length > 1)];
        if (groups.Length > 0)
        {
            yield return new QualityFinding(
                QualityKind.CodeCase, QualitySeverity.Note, string.Join("; ", groups.Take(MostExamples).Select(group => string.Join(" = ", group))), groups.Length);
        }
    }

    private static IEnumerable<QualityFinding> Names(IReadOnlyList<KeyValuePair<string, ProductFigures>> products)
    {
        string[] several = [.. products.Where(product => product.Value.Names.Counts.Count > 1).Select(product => product.Key)];
        if (several.Length > 0)
        {
            yield return new QualityFinding(
                QualityKind.SeveralDescriptions, QualitySeverity.Note, string.Join(", ", several.Take(MostExamples)), several.Length);
        }
    }

    private static IEnumerable<QualityFinding> Rows(MergedSummary merged)
    {
        var total = new LedgerTally();
        foreach (LedgerTally ledger in merged.Ledgers)
        {
            total.Add(ledger);
        }

        RowTally missing = total.Rejected[(int)RejectionReason.MissingCustomer];
        RowTally asked = total.Rejected[(int)RejectionReason.NonProduct] + total.Rejected[(int)RejectionReason.AfterAsOf]
            + total.Rejected[(int)RejectionReason.BeforeWindow] + total.Rejected[(int)RejectionReason.ErasedCustomer];
        long others = total.AllRejected().Rows - missing.Rows - asked.Rows;
        if (missing.Rows > NotableShare * total.All.Rows)
        {
            yield return new QualityFinding(
                QualityKind.MissingCustomers, QualitySeverity.Warning, "", missing.Rows, missing.Revenue, (double)missing.Rows / total.All.Rows);
        }

        if (others > NotableShare * total.All.Rows)
        {
            yield return new QualityFinding(
                QualityKind.RejectedRows, QualitySeverity.Warning, "", others, null, (double)others / total.All.Rows);
        }

        double returned = -total.Returned.Revenue.ToDouble();
        if (total.Kept.Revenue > Money.Zero && returned > NotableShare * total.Kept.Revenue.ToDouble())
        {
            yield return new QualityFinding(
                QualityKind.Returns, QualitySeverity.Note, "", total.Returned.Rows, -total.Returned.Revenue, returned / total.Kept.Revenue.ToDouble());
        }
    }

    private static IEnumerable<QualityFinding> Gaps(SalesSummary sales)
    {
        int[] days = [.. sales.ByDay.Keys.Select(day => day.DayNumber)];
        int[] distances = [.. days.Zip(days.Skip(1), (day, next) => next - day)];
        if (distances.Length == 0)
        {
            yield break;
        }

        int usual = distances.Order().ElementAt(distances.Length / 2);
        for (int i = 0; i < distances.Length; i++)
        {
            if (distances[i] > GapDays && distances[i] > UsualGaps * usual)
            {
                yield return new QualityFinding(
                    QualityKind.SalesGap, QualitySeverity.Warning, $"{Date(days[i] + 1)}…{Date(days[i + 1] - 1)}", distances[i] - 1);
            }
        }
    }

    private static string Date(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
