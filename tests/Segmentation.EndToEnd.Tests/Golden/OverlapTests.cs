using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Golden;

/// <summary>The whole folder of real invoices, with a file whose day the first month holds too.</summary>
public class OverlapTests(OnlineRetailRuns runs)
{
    [SharedFact]
    public async Task A_file_that_overlaps_a_month_changes_no_customer_and_its_rows_stand_as_superseded()
    {
        using var folder = new TemporaryFolder();

        RunResult result = await Segment.RunAsync(folder, "out", [OnlineRetailRuns.DataFolder], "--set", "cleaning.returns=ignore");

        RunResult months = await runs.FullAsync();
        result.IsSameAs(months, "a file that overlaps was added");
        result.AddsUp();
        long added = result.Total.GetProperty("rows").GetInt64() - months.Total.GetProperty("rows").GetInt64();
        Assert.Equal(3_108, added);
        Assert.Equal(months.Total.GetProperty("kept").GetInt64(), result.Total.GetProperty("kept").GetInt64());
        Assert.Equal(RunResult.Money(months.Total, "kept"), RunResult.Money(result.Total, "kept"));

        // The sample's name sorts last, so it supplies the lines of its day, and the month's are superseded.
        var uploads = result.Ledger.GetProperty("uploads").EnumerateArray()
            .ToDictionary(upload => upload.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.Equal(14, uploads.Count);
        JsonElement sample = uploads["sample-2010-12-01.csv"];
        Assert.Equal(0, sample.GetProperty("superseded").GetInt64());
        long kept = sample.GetProperty("kept").GetInt64();
        Assert.InRange(kept, 1, 3_108);
        Assert.InRange(uploads["2010-12.csv.gz"].GetProperty("superseded").GetInt64(), kept, 3_108);
        Assert.Equal(result.Total.GetProperty("superseded").GetInt64(), uploads["2010-12.csv.gz"].GetProperty("superseded").GetInt64());
    }
}
