using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Golden;

/// <summary>A year of real invoices as another program would have saved it.</summary>
public partial class ReencodedTests(OnlineRetailRuns runs)
{
    [SharedFact]
    public async Task A_year_in_ISO_8859_1_with_month_first_dates_and_integer_ids_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string file = folder["year.csv"];
        await using (var writer = new StreamWriter(file, append: false, Encoding.Latin1) { NewLine = "\r\n" })
        {
            foreach (string month in OnlineRetailRuns.Months)
            {
                using var reader = new StreamReader(new GZipStream(File.OpenRead(month), CompressionMode.Decompress));
                string header = (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!;
                if (writer.BaseStream.Position == 0)
                {
                    await writer.WriteLineAsync(header);
                    await writer.FlushAsync(TestContext.Current.CancellationToken);
                }

                while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                {
                    string dated = Date().Replace(line, static match => "," + DateTime.ParseExact(
                        match.ValueSpan[1..], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture).ToString("M/d/yyyy H:mm", CultureInfo.InvariantCulture), 1);
                    await writer.WriteLineAsync(Id().Replace(dated, ",${id},"));
                }
            }
        }

        RunResult result = await Segment.RunAsync(folder, "out", [file], "--set", "cleaning.returns=ignore");

        result.IsSameAs(await runs.FullAsync(), "the file is in ISO-8859-1 with other dates and ids");
        System.Text.Json.JsonElement upload = result.Ledger.GetProperty("uploads")[0];
        Assert.Equal("M/d/yyyy H:mm", upload.GetProperty("dialect").GetProperty("dateFormat").GetString());
        Assert.Equal("windows-1252", upload.GetProperty("dialect").GetProperty("encoding").GetString());
        Assert.Equal(541_909, result.Total.GetProperty("rows").GetInt64());
    }

    [GeneratedRegex(@",\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Date();

    [GeneratedRegex(@",(?<id>\d{5})\.0,", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Id();
}
