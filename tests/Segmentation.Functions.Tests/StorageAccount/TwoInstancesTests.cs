using Segmentation.Core.Storage;
using Segmentation.Functions.Tests.Support;
using Segmentation.Testing.Emulator;
using Segmentation.Testing.Storage;

namespace Segmentation.Functions.Tests.StorageAccount;

/// <summary>Two instances of the app on one storage account.</summary>
public sealed class TwoInstancesTests(Azurite azurite)
{
    [Fact]
    public async Task Requests_that_come_to_two_instances_at_once_are_one_run()
    {
        string account = azurite.NewAccount();
        using App first = AzuriteApps.Open(account, options: ("selection.algorithms", "none"));
        using App second = first.Beside();
        await AzuriteApps.UploadThreeGroupsAsync(account);
        for (int round = 1; round <= 3; round++)
        {
            HttpAnswer[] answers = await Task.WhenAll(
                new[] { first, second, first, second }.Select(app => Task.Run(() => app.SendAsync("POST", "/api/runs"), TestContext.Current.CancellationToken)));
            Assert.All(answers, answer => Assert.Equal(202, answer.Status));
            string runId = Assert.Single(answers.Select(answer => answer.Json.GetProperty("runId").GetString()!).Distinct(StringComparer.Ordinal));
            await first.Engine.RunAsync();
            Assert.Equal(round, (await first.RunsAsync()).Count);
            Assert.Equal("completed", (await second.SendAsync("GET", $"/api/runs/{runId}")).Json.GetProperty("status").GetString());
            first.Clock.AdvanceTo(first.Clock.Now.AddDays(1));
        }
    }

    [Fact]
    public async Task The_slower_of_two_instances_answers_the_request_of_the_quicker()
    {
        string account = azurite.NewAccount();
        using App quicker = AzuriteApps.Open(account, options: ("selection.algorithms", "none"));
        var hooked = new HookedSegmentStore(quicker.Storage.Segments);
        using App slower = quicker.Beside(quicker.Storage with { Segments = hooked });
        await AzuriteApps.UploadThreeGroupsAsync(account);
        HttpAnswer? before = null;
        hooked.BeforeRequest = async () =>
        {
            // Another millisecond, so another id, had the slower one its way.
            quicker.Clock.AdvanceTo(quicker.Clock.Now.AddMilliseconds(1));
            before ??= await quicker.SendAsync("POST", "/api/runs");
        };
        HttpAnswer after = await slower.SendAsync("POST", "/api/runs");
        Assert.Equal((202, before!.Text), (after.Status, after.Text));
        await quicker.Engine.RunAsync();
        Assert.Equal(RunStatus.Completed, Assert.Single(await quicker.RunsAsync()).Status);
    }
}
