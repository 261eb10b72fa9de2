using Segmentation.Core.Workflow;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.LocalHost.Console;

namespace Segmentation.EndToEnd.Tests;

/// <summary>What is said while a command works and when it is stopped.</summary>
public sealed class StoppedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_that_is_stopped_wrote_nothing_and_says_so()
    {
        CommandResult result = await StopAsync("run", _folder.Write("s.csv", ShopLine.Csv(RandomShop.Lines(1))), "--out", _folder["out"]);

        result.FailsWith(1, "stopped; nothing was written.");
        Assert.Equal("s.csv", RunResult.Entries(_folder.Path));
    }

    [Fact]
    public async Task Another_command_that_is_stopped_says_no_more_than_that()
    {
        CommandResult result = await StopAsync("generate", "--out", _folder["shop.csv"]);

        Assert.Equal("segmentation: stopped.", result.Error.TrimEnd());
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void Progress_does_not_go_beyond_its_total() =>
        Assert.EndsWith(" 4/4   ", StepProgressWriter.Line(new StepProgress("clean", 5, 4)), StringComparison.Ordinal);

    private static Task<CommandResult> StopAsync(params string[] arguments) =>
        CommandLine.CallUntilAsync(arguments, new CancellationToken(canceled: true));
}
