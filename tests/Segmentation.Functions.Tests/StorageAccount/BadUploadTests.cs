using System.Text;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Tests.Support;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.StorageAccount;

/// <summary>Files that are no files of transactions, are not there, or have odd names: told, and in nobody's way.</summary>
public sealed class BadUploadTests(Azurite azurite)
{
    private const int MostNameCharacters = 1_024;
    private const string Rows = Core.Tests.Workflow.Store.Header + "7001,A1,Lamp,1,2024-05-30 10:00:00,9.00,k1,UK\n7002,A1,Lamp,1,2024-06-01 10:00:00,5.00,k77,UK\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("no table")]
    [InlineData("")]
    [InlineData("\0\u0001\u0002\0\0")]
    public async Task A_file_that_cannot_be_used_lies_in_quarantine_with_the_reason_and_the_others_count(string content)
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account);
        await AzuriteApps.UploadThreeGroupsAsync(account);
        await AzuriteApps.UploadAsync(account, "2024/bad.csv", Encoding.UTF8.GetBytes(content));
        await app.TellAsync("2024/bad.csv");
        await app.Engine.RunAsync();
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.Equal((RunStatus.Completed, 30), (run.Status, (int)run.Customers));
        Assert.Equal(content, await ReadAsync(app.Storage.Quarantine!, "2024/bad.csv"));
        Assert.Contains("\"advice\"", await ReadAsync(app.Storage.Quarantine!, "2024/bad.csv.error.json"), StringComparison.Ordinal);
        Assert.Equal(content, await ReadAsync(app.Storage.Uploads, "2024/bad.csv"));
        HttpAnswer upload = await app.SendAsync("GET", $"/api/uploads/{Core.Transactions.UploadRecord.IdOf("2024/bad.csv")}");
        Assert.Equal((200, "unusable"), (upload.Status, upload.Json.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_file_that_is_gone_before_it_is_read_is_told_and_counts_when_it_comes_again()
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account);
        await AzuriteApps.UploadThreeGroupsAsync(account);
        await AzuriteApps.UploadAsync(account, "gone.csv", Encoding.UTF8.GetBytes(Rows));
        await app.TellAsync("gone.csv");
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == ActivityNames.PlanRun));
        await AzuriteApps.DeleteUploadAsync(account, "gone.csv");
        await app.Engine.RunAsync();
        Assert.Equal((RunStatus.Completed, 30), ((await app.RunsAsync())[0].Status, (int)(await app.RunsAsync())[0].Customers));
        HttpAnswer upload = await app.SendAsync("GET", $"/api/uploads/{Core.Transactions.UploadRecord.IdOf("gone.csv")}");
        Assert.Contains("not there any more", upload.Text, StringComparison.Ordinal);

        // Its late event, without it and with it.
        await app.TellAsync("gone.csv");
        Assert.Single(app.Engine.Scheduled);
        app.Clock.AdvanceTo(App.Start.AddDays(1));
        await AzuriteApps.UploadAsync(account, "gone.csv", Encoding.UTF8.GetBytes(Rows));
        await app.TellAsync("gone.csv");
        await app.Engine.RunAsync();
        Assert.Equal(31, (await app.RunsAsync())[0].Customers);
        Assert.Equal(200, (await app.SendAsync("GET", "/api/segments/k77")).Status);
    }

    [Fact]
    public async Task Names_that_climb_or_are_none_start_nothing_and_are_in_no_way()
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account);
        await AzuriteApps.UploadThreeGroupsAsync(account);
        foreach (string name in new[] { "a/../b.csv", "../x.csv", "..", "a//b.csv", "./a.csv", "a.", "\u0001.csv", "\ud800.csv", new string('n', MostNameCharacters + 1) })
        {
            await app.TellAsync(name);
        }

        Assert.Empty(app.Engine.Scheduled);

        // Other programs can store such names all the same.
        await AzuriteApps.UploadAsync(account, "odd//x.csv", Encoding.UTF8.GetBytes(Rows));
        await AzuriteApps.UploadAsync(account, "dot.", Encoding.UTF8.GetBytes(Rows));
        await app.TickAsync();
        await app.Engine.RunAsync();
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.Equal((RunStatus.Completed, 30), (run.Status, (int)run.Customers));
        Assert.Equal(200, (await app.SendAsync("DELETE", "/api/customers/k1")).Status);
    }

    [Fact]
    public async Task Names_as_long_as_can_be_are_cleaned_or_quarantined_like_any()
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account);
        string good = new string('n', MostNameCharacters - 4) + ".csv";
        string bad = new string('ы', MostNameCharacters - 4) + ".csv";
        await AzuriteApps.UploadAsync(account, good, Encoding.UTF8.GetBytes(Rows));
        await AzuriteApps.UploadAsync(account, bad, "no table"u8.ToArray());
        await app.TellAsync(bad);
        await app.Engine.RunAsync();
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.Equal((RunStatus.Completed, 2), (run.Status, (int)run.Customers));
        Assert.Equal("no table", await ReadAsync(app.Storage.Quarantine!, bad));
        string id = Core.Transactions.UploadRecord.IdOf(bad);
        Assert.Contains("\"advice\"", await ReadAsync(app.Storage.Quarantine!, $"{id}.error.json"), StringComparison.Ordinal);
        Assert.Equal(202, (await app.SendAsync("DELETE", $"/api/uploads/{id}")).Status);
        Assert.Empty(await app.Storage.Quarantine!.ListAsync("", Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Events_that_come_twice_or_late_start_no_run_more()
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account, options: ("selection.algorithms", "none"));
        using App other = app.Beside();
        await AzuriteApps.UploadThreeGroupsAsync(account);
        string[] names = ["c.csv", "2024/a.csv", "c.csv", "2024/b.csv", "notes.txt", "2024/a.csv"];
        await Task.WhenAll(names.Select((name, index) => (index % 2 == 0 ? app : other).TellAsync(name)));
        await app.Engine.RunAsync();
        foreach (string name in names)
        {
            await other.TellAsync(name);
        }

        await app.Engine.RunAsync();
        Assert.Equal(RunStatus.Completed, Assert.Single(await app.RunsAsync()).Status);
        Assert.Single(app.Engine.Scheduled);
    }

    private static async Task<string> ReadAsync(IBlobContainer container, string name)
    {
        using var reader = new StreamReader(await container.OpenReadAsync(name, Token));
        return await reader.ReadToEndAsync(Token);
    }
}
