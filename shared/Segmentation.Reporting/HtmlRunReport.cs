using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Reporting;

/// <summary>The report of a run as one HTML page.</summary>
public sealed class HtmlRunReport : IRunReport
{
    private const int MostCountries = 10;

    /// <inheritdoc />
    public string Render(RunReport run) => ReportWriter.Write(ModelOf(run));

    private static ReportModel ModelOf(RunReport run) => new()
    {
        Title = run.Language == Language.Russian ? "Сегменты клиентов" : "Customer segments",
        RunId = run.RunId,
        AsOf = run.AsOf,
        Language = run.Language,
        Customers = run.Customers - run.Excluded,
        Excluded = run.Excluded,
        Revenue = run.Revenue.ToString(),
        Profiles = run.Profiles,
        Candidates = [.. run.Selection.Candidates.Select(candidate => Candidate(candidate, run.Selection.Chosen))],
        ChosenReason = run.Selection.Chosen.Reason,
        Ledger = Ledger(run.Total),
        Uploads = [.. run.Uploads.OrderBy(upload => upload.Record.Name, StringComparer.Ordinal).Select(Upload)],
        Months = Months(run.Sales),
        Countries = Countries(run.Sales, run.Total.Kept.Revenue),
    };

    private static ReportCandidate Candidate(CandidateModel candidate, ChosenModel chosen) => new(
        candidate.Algorithm, candidate.K, candidate.Silhouette, candidate.DaviesBouldin, candidate.CalinskiHarabasz,
        candidate.Stability, candidate.SmallestShare, candidate.Admissible,
        candidate.Algorithm == chosen.Algorithm && candidate.K == chosen.K, candidate.Reason);

    private static ReportLedger Ledger(LedgerTally tally) => new(
        Line(tally.All), Line(tally.Kept), Line(tally.Returned), Line(tally.Merged), Line(tally.Superseded), Line(tally.AllRejected()),
        RejectionReasons.All.ToDictionary(reason => reason, reason => tally.Rejected[(int)reason].Rows));

    private static LedgerLine Line(RowTally tally) => new(tally.Rows, tally.Revenue.ToString());

    private static ReportUpload Upload(UploadLedger upload) => new(
        upload.Record.Name,
        upload.Tally.All.Rows,
        upload.Tally.Kept.Rows,
        upload.Tally.Returned.Rows,
        upload.Tally.Merged.Rows,
        upload.Tally.Superseded.Rows,
        upload.Tally.AllRejected().Rows,
        upload.Tally.Kept.Revenue.ToString(),
        upload.Record.Error?.Message,
        upload.Record.Reading?.Warnings ?? []);

    // Every month between the first and the last is there: one without sales is a fact, not a gap.
    private static List<MonthlySales> Months(SalesSummary sales)
    {
        var months = new List<MonthlySales>();
        if (sales.ByDay.Count == 0)
        {
            return months;
        }

        Dictionary<DateOnly, Money> sums = sales.ByDay
            .GroupBy(day => FirstOfMonth(day.Key))
            .ToDictionary(month => month.Key, month => month.Aggregate(Money.Zero, (sum, day) => sum + day.Value.Revenue));
        DateOnly first = sales.ByDay.Keys.First();
        DateOnly last = sales.ByDay.Keys.Last();
        for (DateOnly month = FirstOfMonth(first); month <= last; month = month.AddMonths(1))
        {
            bool isPartial = month < first || month.AddMonths(1).AddDays(-1) > last;
            months.Add(new MonthlySales(month, sums.GetValueOrDefault(month).ToDouble(), isPartial));
        }

        return months;
    }

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private static CountrySales[] Countries(SalesSummary sales, Money total) =>
        [.. (sales.ByCountry ?? [])
            .Where(country => country.Key.Length > 0)
            .OrderByDescending(country => country.Value.Revenue)
            .ThenBy(country => country.Key, StringComparer.Ordinal)
            .Take(MostCountries)
            .Select(country => new CountrySales(
                country.Key, country.Value.Revenue.ToDouble(), country.Value.Revenue.ToDouble() / total.ToDouble()))];
}
