using System.Globalization;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests;

/// <summary>The command <c>score</c>.</summary>
public sealed class ScoreCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_customer_of_the_run_is_scored_as_the_run_has_it_by_figures_and_by_its_transactions()
    {
        string customer = await DemoAsync();
        JsonElement looked = (await CommandLine.CallWellAsync("lookup", customer, "--data", Data)).Json;
        JsonElement rfm = looked.GetProperty("rfm");
        JsonElement byFigures = (await CommandLine.CallWellAsync(
            "score", "--recency", Text(rfm, "recencyDays"), "--frequency", Text(rfm, "frequency"), "--monetary", Text(rfm, "monetary"), "--data", Data)).Json;
        Assert.Equal(looked.GetProperty("segment").GetRawText(), byFigures.GetProperty("segment").GetRawText());
        Assert.Equal(looked.GetProperty("cluster").GetRawText(), byFigures.GetProperty("cluster").GetRawText());
        Assert.Equal(
            looked.GetProperty("cluster").GetProperty("id").GetString(),
            byFigures.GetProperty("distances").EnumerateArray().MinBy(distance => distance.GetProperty("distance").GetDouble()).GetProperty("id").GetString());

        string[] lines = await File.ReadAllLinesAsync(
            Directory.GetFiles(Path.Combine(Data, "uploads")).Single(), TestContext.Current.CancellationToken);
        string own = _folder["own.csv"];
        await File.WriteAllLinesAsync(
            own, [lines[0], .. lines.Where(line => line.Split(',')[^2] is var id && (id == customer || id == customer + ".0"))], TestContext.Current.CancellationToken);
        JsonElement byLines = (await CommandLine.CallWellAsync("score", "--transactions", own, "--data", Data)).Json;
        Assert.Equal(rfm.GetRawText(), byLines.GetProperty("rfm").GetRawText());
        Assert.Equal(looked.GetProperty("cluster").GetRawText(), byLines.GetProperty("cluster").GetRawText());
        Assert.Equal(looked.GetProperty("asOf").GetString(), byLines.GetProperty("asOf").GetString());

        CommandResult several = await CommandLine.CallAsync(
            "score", "--transactions", Directory.GetFiles(Path.Combine(Data, "uploads")).Single(), "--data", Data);
        Assert.Equal(2, several.ExitCode);
        Assert.Contains("expected those of one", several.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(own, lines[0] + "\nC1,X,Lamp,-1,2011-01-05 10:00:00,2.50,9,UK\n", TestContext.Current.CancellationToken);
        CommandResult nothing = await CommandLine.CallAsync("score", "--transactions", own, "--data", Data);
        Assert.Equal(3, nothing.ExitCode);
        Assert.Contains("No purchase in", nothing.Error, StringComparison.Ordinal);

        CommandResult missing = await CommandLine.CallAsync("score", "--transactions", _folder["none.csv"], "--data", Data);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("does not exist", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_or_too_much_is_said_before_anything_is_read()
    {
        Assert.Equal(2, (await CommandLine.CallAsync("score", "--recency", "5", "--data", Data)).ExitCode);
        Assert.Equal(2, (await CommandLine.CallAsync("score", "--recency", "5", "--transactions", "a.csv", "--data", Data)).ExitCode);
        CommandResult faults = await CommandLine.CallAsync("score", "--recency", "-5", "--frequency", "0", "--monetary", "much", "--data", Data);
        Assert.Equal(2, faults.ExitCode);
        Assert.Contains("--recency: Found -5", faults.Error, StringComparison.Ordinal);
        Assert.Contains("--frequency: Found 0", faults.Error, StringComparison.Ordinal);
        Assert.Contains("--monetary: Found ", faults.Error, StringComparison.Ordinal);
        CommandResult empty = await CommandLine.CallAsync("score", "--recency", "5", "--frequency", "1", "--monetary", "9.5", "--data", Data);
        Assert.Equal(2, empty.ExitCode);
        Assert.Contains("holds no run yet", empty.Error, StringComparison.Ordinal);
    }

    private static string Text(JsonElement rfm, string name) => rfm.GetProperty(name).GetDecimal().ToString(CultureInfo.InvariantCulture);

    private async Task<string> DemoAsync() =>
        (await CommandLine.CallWellAsync("demo", "--no-serve", "--customers", "300", "--data", Data)).Json.GetProperty("customerId").GetString()!;
}
