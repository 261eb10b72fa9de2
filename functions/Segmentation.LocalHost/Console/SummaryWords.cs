using Segmentation.Core.Segments;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.LocalHost.Console;

/// <summary>The words of the summary of a run for a person, in the language of the run.</summary>
internal sealed class SummaryWords(Language language)
{
    /// <summary>The headings of the table of segments.</summary>
    public string[] Headings => IsRussian
        ? ["сегмент", "клиентов", "выручка", "давность, дней", "заказов", "сумма покупок"]
        : ["segment", "customers", "revenue", "recency, days", "orders", "spend"];

    /// <summary>What the figures of the table are.</summary>
    public string Medians => IsRussian
        ? "Давность, число заказов и сумма покупок — медианы."
        : "Recency, orders and spend are medians.";

    private bool IsRussian => language == Language.Russian;

    /// <summary>Where every row went.</summary>
    public string Rows(LedgerEntry total)
    {
        string rows = Count(total.Rows);
        string kept = Count(total.Kept);
        string merged = Count(total.Merged);
        string returned = Count(total.Returned);
        string superseded = Count(total.Superseded);
        string rejected = Count(total.Rejected.Values.Sum());
        return IsRussian
            ? $"Строк: {rows}; учтено — {kept}, повторов — {merged}, возвратов — {returned}, заменено — {superseded}, отклонено — {rejected}."
            : $"{rows} rows: {kept} kept, {merged} merged, {returned} returned, {superseded} superseded, {rejected} rejected.";
    }

    /// <summary>Whom the run is about, and why the model was chosen.</summary>
    public string Customers(ManifestDocument manifest, ChosenModel chosen)
    {
        string asOf = LocalDates.InFull(manifest.AsOf, language);
        string counted = Counted.Customers(manifest.Customers, language);
        return IsRussian ? $"{counted} на {asOf} {chosen.Reason}" : $"{counted} as of {asOf}. {chosen.Reason}";
    }

    /// <summary>The row of a segment whose medians are known.</summary>
    public string[] Row(SegmentProfile profile, RfmTriple medians) =>
    [
        profile.Name,
        Count(profile.Size),
        LocalNumbers.Percent(profile.RevenueShare, language),
        LocalNumbers.Trimmed(medians.Recency, language),
        LocalNumbers.Trimmed(medians.Frequency, language),
        LocalNumbers.Amount(medians.Monetary, language),
    ];

    /// <summary>Where the results are.</summary>
    public string Place(string folder)
    {
        string report = Path.Combine(folder, "report.html");
        return IsRussian
            ? $"Результаты — в папке {folder}; откройте сначала {report}."
            : $"Results are in {folder}; open {report} first.";
    }

    private string Count(long count) => LocalNumbers.Count(count, language);
}
