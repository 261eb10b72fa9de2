using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests;

/// <summary>Command lines and configurations with faults: all are said before any work starts.</summary>
public sealed class BadUsageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public BadUsageTests() => _file = _folder.Write("sales.csv", ShopLine.Csv(RandomShop.Lines(1)));

    public void Dispose()
    {
        Assert.False(Path.Exists(_folder["out"]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, ".*"));
        _folder.Dispose();
    }

    [Fact]
    public async Task An_unknown_command_is_wrong_usage() => (await CommandLine.CallAsync("segmnet")).FailsWith(2, "'segmnet'", "--help");

    [Fact]
    public async Task An_unknown_command_is_the_only_fault_that_is_said()
    {
        CommandResult result = await CommandLine.CallAsync("segmnet");

        Assert.DoesNotContain("Required command", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_command_is_wrong_usage() => (await CommandLine.CallAsync()).FailsWith(2, "--help");

    [Fact]
    public async Task No_path_is_wrong_usage() => (await CommandLine.CallAsync("run")).FailsWith(2, "run");

    [Fact]
    public async Task An_unknown_option_is_wrong_usage_and_no_path() =>
        (await RunAsync("--fast")).FailsWith(2, "'--fast' is no option");

    [Fact]
    public async Task An_unknown_option_is_no_customer() =>
        (await CommandLine.CallAsync("lookup", "--all")).FailsWith(2, "'--all' is no option");

    [Fact]
    public async Task An_unknown_key_comes_with_the_key_that_may_be_meant() =>
        (await RunAsync("--set", "rfm.windo=90")).FailsWith(2, "--set", "rfm.windo", "rfm.window");

    [Fact]
    public async Task Several_faults_are_said_together()
    {
        CommandResult result = await RunAsync(
            "--set", "rfm.window=soon", "--set", "cleaning.returns=maybe", "--set", "selection.minShare=2", "--as-of", "never");

        result.FailsWith(2, "rfm.window is 'soon'", "cleaning.returns is 'maybe'", "selection.minShare is '2'", "'never'");
        Assert.Equal(4, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Broken_JSON_is_said_with_its_place()
    {
        string config = _folder.Write("segmentation.json", "{\n  \"rfm\": { \"window\": 90,,\n}\n");

        (await RunAsync("--config", config)).FailsWith(2, "segmentation.json, line 2", "malformed");
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_is_wrong_usage() =>
        (await RunAsync("--config", _folder["none.json"])).FailsWith(2, "--config", "none.json", "does not exist");

    [Fact]
    public async Task Faults_of_the_file_and_of_the_command_line_are_said_together()
    {
        string config = _folder.Write("segmentation.json", """{ "rfm": { "window": -1 }, "color": "red" }""");

        (await RunAsync("--config", config, "--set", "cleaning.returns=maybe"))
            .FailsWith(2, "rfm.window", "color", "cleaning.returns is 'maybe'");
    }

    [Fact]
    public async Task An_as_of_date_that_is_none_is_said_by_the_name_of_its_option() =>
        (await RunAsync("--as-of", "yesterday")).FailsWith(2, "--as-of", "'yesterday'", "yyyy-MM-dd");

    [Fact]
    public async Task A_language_that_is_not_spoken_is_wrong_usage() => (await RunAsync("--lang", "de")).FailsWith(2, "'de'", "'en'", "'ru'");

    [Fact]
    public async Task A_number_of_rows_below_zero_is_wrong_usage() =>
        (await CommandLine.CallAsync("generate", "--out", _folder["shop.csv"], "--rows", "-1")).FailsWith(2, "-1");

    [Fact]
    public async Task A_number_of_customers_that_is_none_is_wrong_usage() =>
        (await CommandLine.CallAsync("generate", "--out", _folder["shop.csv"], "--customers", "many")).FailsWith(2, "'many'");

    [Fact]
    public async Task An_empty_name_of_the_output_is_wrong_usage()
    {
        (await CommandLine.CallAsync("run", _file, "--out", "")).FailsWith(2, "--out", "empty", "a folder");
        (await CommandLine.CallAsync("generate", "--out", "")).FailsWith(2, "--out", "empty", "a file");
    }

    [Fact]
    public async Task A_folder_is_no_file_to_generate()
    {
        (await CommandLine.CallAsync("generate", "--out", "./")).FailsWith(2, "--out", "'./' is a folder");
        (await CommandLine.CallAsync("generate", "--out", _folder.Path)).FailsWith(2, "--out", "is a folder");
    }

    [Theory]
    [InlineData("generate", "--out", "shop.csv", "--customers", "0")]
    [InlineData("demo", "--no-serve", "--customers", "0")]
    public async Task A_store_without_customers_is_wrong_usage(params string[] arguments) =>
        (await CommandLine.CallAsync(arguments)).FailsWith(2, "--customers is '0'; expected 1 or more.");

    [Fact]
    public async Task A_process_says_the_same_with_the_same_exit_code()
    {
        string[] arguments = ["run", _file, "--out", _folder["out"], "--set", "rfm.windo=90"];

        CommandResult process = await CommandLine.StartAsync(
            _folder.Path, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

        process.FailsWith(2, "rfm.windo", "rfm.window");
        Assert.Equal((await CommandLine.CallAsync(arguments)).Error, process.Error);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandLine.CallAsync(["run", _file, "--out", _folder["out"], .. arguments]);
}
