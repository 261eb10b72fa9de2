using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Reporting;

/// <summary>The report of a run as one HTML page.</summary>
public sealed class HtmlRunReport : IRunReport
{
    private const int MostCountries = 10;
    private const int MostMonths = 36;
    private const int MostWarnings = 10;

    /// <inheritdoc />
    public string Render(RunReport run) => ReportWriter.Write(ModelOf(run));

    private static ReportModel ModelOf(RunReport run)
    {
        (IReadOnlyList<MonthlySales> months, double? earlier) = Months(run.Sales);
        return new ReportModel
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
            Criteria = run.Selection.Criteria,
            ChosenReason = run.Selection.Chosen.Reason,
            Ledger = Ledger(run.Total),
            Uploads = [.. run.Uploads.OrderBy(upload => upload.Record.Name, StringComparer.Ordinal).Select(Upload)],
            Months = months,
            EarlierRevenue = earlier,
            Countries = Countries(run.Sales, run.Total.Kept.Revenue),
            HeldOut = run.Selection.HeldOut,
            Transitions = run.Transitions,
            HeldBack = run.HeldBack,
            Warnings = Warnings(run),
            Categories = run.Categories,
            Quality = run.Quality,
        };
    }

    private static ReportCandidate Candidate(CandidateModel candidate, ChosenModel chosen) => new(
        candidate.Algorithm, candidate.K, candidate.Silhouette, candidate.DaviesBouldin, candidate.CalinskiHarabasz,
        candidate.Stability, candidate.SmallestShare, candidate.Admissible,
        candidate.Algorithm == chosen.Algorithm && candidate.K == chosen.K, candidate.Reason)
    {
        Gap = candidate.Gap,
        Bic = candidate.Bic,
    };

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

    // Errors first: rows that are missing as a whole change the figures most.
    private static string[] Warnings(RunReport run)
    {
        UploadRecord[] uploads = [.. run.Uploads.Select(upload => upload.Record).OrderBy(record => record.Name, StringComparer.Ordinal)];
        string notUsed = run.Language == Language.Russian ? "не использована: " : "not used: ";
        string[] all =
        [
            .. uploads.Where(record => record.Error is not null).Select(record => $"{record.Name}: {notUsed}{record.Error!.Message}"),
            .. uploads.SelectMany(record => (record.Reading?.Warnings ?? []).Select(warning => $"{record.Name}: {warning}")),
        ];
        if (all.Length <= MostWarnings)
        {
            return all;
        }

        string more = LocalNumbers.Count(all.Length - MostWarnings, run.Language);
        return [.. all[..MostWarnings], run.Language == Language.Russian ? $"и ещё {more} — в таблице загрузок" : $"and {more} more, in the table of uploads"];
    }

    // Every month between the first and the last is there, as one without sales is a fact and not a gap; but one row of the year 1
    // must not make thousands: only the last months are shown one by one.
    private static (IReadOnlyList<MonthlySales> Months, double? Earlier) Months(SalesSummary sales)
    {
        if (sales.ByDay.Count == 0)
        {
            return ([], null);
        }

        DateOnly first = sales.ByDay.Keys.First();
        DateOnly last = sales.ByDay.Keys.Last();
        int from = Math.Max(MonthOf(first), MonthOf(last) - MostMonths + 1);
        var sums = new Money[MonthOf(last) - from + 1];
        Money earlier = Money.Zero;
        foreach ((DateOnly day, RowTally tally) in sales.ByDay)
        {
            int index = MonthOf(day) - from;
            if (index < 0)
            {
                earlier += tally.Revenue;
            }
            else
            {
                sums[index] += tally.Revenue;
            }
        }

        MonthlySales[] months = [.. sums.Select((sum, index) => Month(from + index, sum, first, last))];
        return (months, from > MonthOf(first) ? earlier.ToDouble() : null);
    }

    private static MonthlySales Month(int month, Money sum, DateOnly first, DateOnly last)
    {
        var start = new DateOnly(month / 12, (month % 12) + 1, 1);
        DateOnly end = new(start.Year, start.Month, DateTime.DaysInMonth(start.Year, start.Month));
        return new MonthlySales(start, sum.ToDouble(), start < first || end > last);
    }

    /// <summary>Months since the year 0.</summary>
    private static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month - 1;

    private static CountrySales[] Countries(SalesSummary sales, Money total) =>
        [.. (sales.ByCountry ?? [])
            .Where(country => country.Key.Length > 0)
            .OrderByDescending(country => country.Value.Revenue)
            .ThenBy(country => country.Key, StringComparer.Ordinal)
            .Take(MostCountries)
            .Select(country => new CountrySales(
                country.Key, country.Value.Revenue.ToDouble(), country.Value.Revenue.ToDouble() / total.ToDouble()))];
}
