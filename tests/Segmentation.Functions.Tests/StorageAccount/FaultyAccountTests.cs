using System.Text;
using System.Text.RegularExpressions;
using Azure.Storage;
using Azure.Storage.Sas;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Tests.Support;
using Segmentation.Numerics;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.StorageAccount;

/// <summary>A storage account that refuses, throttles, fails, is slow or is cut off: clear answers, nothing lost, nothing published by half.</summary>
public sealed class FaultyAccountTests(Azurite azurite)
{
    private const string LaterRows = Core.Tests.Workflow.Store.Header + "7001,A1,Lamp,1,2024-05-30 10:00:00,9.00,k1,UK\n7002,A1,Lamp,1,2024-06-01 10:00:00,5.00,k77,UK\n";

    private static readonly (string, string)[] Small =
        [("selection.starts", "1"), ("selection.minCustomers", "20"), ("selection.maxClusters", "4")];

    public static TheoryData<int> Outages =>
        [(int)Fault.Busy, (int)Fault.TooMany, (int)Fault.InnerTimeout, (int)Fault.Refused, (int)Fault.Timeout, (int)Fault.AnswerLost, (int)Fault.AnswerTorn];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task An_account_that_fails_for_a_while_is_a_503_and_loses_nothing(int kind)
    {
        string account = azurite.NewAccount();
        Fault fault = Fault.None;
        using var faults = new Faults(_ => fault);
        using App app = AzuriteApps.Open(account, faults.Configure, options: Small);
        using App reader = app.Beside(Storage.Azure.AzureStorage.Open(account, TimeProvider.System, Faults.Quick));
        await AzuriteApps.UploadThreeGroupsAsync(account);
        await app.TickAsync();
        await app.Engine.RunAsync();
        string first = Assert.Single(await app.RunsAsync()).RunId;
        app.Clock.AdvanceTo(App.Start.AddDays(1));
        await AzuriteApps.UploadAsync(account, "later.csv", Encoding.UTF8.GetBytes(LaterRows));

        // Away while requests and an event come: the event comes again, because its function throws.
        fault = (Fault)kind;
        foreach ((string method, string path, string? body) in new[]
        {
            ("GET", "/api/segments/k1", null), ("POST", "/api/segments/lookup", """{"customerIds":["k1","k2"]}"""), ("GET", "/api/runs", null),
            ("POST", "/api/runs", null), ("GET", "/api/uploads", null), ("GET", "/api/report", null), ("GET", "/api/customers/k1/data", null),
            ("DELETE", "/api/customers/k1", null), ("POST", $"/api/runs/{first}/activate", null),
        })
        {
            HttpAnswer answer = await app.SendAsync(method, path, body);
            BadRequestTests.AssertProblem(503, "storage-unavailable", answer);
            Assert.Contains("Retry-After: 30", answer.Headers, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<IOException>(() => app.TellAsync("later.csv"));
        fault = Fault.None;
        await app.TellAsync("later.csv");

        // Away in the middle of the run, until some activities were tried again.
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Count(call => call.Name == ActivityNames.AggregateShard) > 2);
        fault = (Fault)kind;
        int before = app.Engine.Invoked.Count;
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Count > before + 4);
        await AssertReadsAsync(reader, first, 404);
        fault = Fault.None;
        await app.Engine.RunAsync();
        RunRecord second = (await app.RunsAsync())[0];
        Assert.Equal((RunStatus.Completed, null), (second.Status, second.Message));
        await AssertReadsAsync(reader, second.RunId, 200);
        await AssertAsInMemoryAsync(app, second.RunId, isFirst: false);
    }

    [Fact]
    public async Task An_account_that_stays_away_fails_the_run_and_readers_keep_the_earlier_one()
    {
        string account = azurite.NewAccount();
        Predicate<HttpRequestMessage> isFaulty = _ => false;
        using var faults = new Faults(request => isFaulty(request) ? Fault.Busy : Fault.None);
        using App app = AzuriteApps.Open(account, faults.Configure, options: Small);
        await AzuriteApps.UploadThreeGroupsAsync(account);
        await app.TickAsync();
        await app.Engine.RunAsync();
        string first = Assert.Single(await app.RunsAsync()).RunId;
        app.Clock.AdvanceTo(App.Start.AddDays(1));
        await AzuriteApps.UploadAsync(account, "later.csv", Encoding.UTF8.GetBytes(LaterRows));
        await app.TellAsync("later.csv");

        // Half of the customers can be published, the other half cannot.
        int transactions = 0;
        isFaulty = request => request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal) && Interlocked.Increment(ref transactions) > 1;
        await app.Engine.RunAsync();
        RunRecord failed = (await app.RunsAsync())[0];
        Assert.Equal(RunStatus.Failed, failed.Status);
        Assert.Contains("throttled or busy", failed.Message, StringComparison.Ordinal);
        Assert.True(transactions > 1);
        await AssertReadsAsync(app, first, 404);

        isFaulty = _ => false;
        Assert.Equal(202, (await app.SendAsync("POST", "/api/runs")).Status);
        await app.Engine.RunAsync();
        RunRecord third = (await app.RunsAsync())[0];
        Assert.Equal(RunStatus.Completed, third.Status);
        await AssertReadsAsync(app, third.RunId, 200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_run_over_a_bad_network_ends_with_the_same_bytes(int seed)
    {
        var random = new Xoshiro256StarStar((ulong)seed);
        var gate = new Lock();
        Fault[] kinds =
            [Fault.Busy, Fault.TooMany, Fault.InnerTimeout, Fault.Refused, Fault.Timeout, Fault.AnswerLost, Fault.AnswerTorn, Fault.TransactionBusy, Fault.Slow];
        using var faults = new Faults(_ =>
        {
            lock (gate)
            {
                // Of a hundred requests five go wrong, and more are slow.
                return random.NextInt32(100) switch
                {
                    < 5 => kinds[random.NextInt32(kinds.Length - 1)],
                    < 10 => Fault.Slow,
                    _ => Fault.None,
                };
            }
        });
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account, faults.Configure, options: Small);
        await AzuriteApps.UploadThreeGroupsAsync(account);
        await AzuriteApps.UploadAsync(account, "later.csv", Encoding.UTF8.GetBytes(LaterRows));
        await app.TickAsync();
        await app.Engine.RunAsync();
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.Equal((RunStatus.Completed, null), (run.Status, run.Message));
        await AssertReadsAsync(app, run.RunId, 200);
        await AssertAsInMemoryAsync(app, run.RunId, isFirst: true);
        Assert.True(faults.Done.Count(fault => fault is not (Fault.None or Fault.Slow)) > 5);
    }

    [Fact]
    public async Task A_signature_that_has_expired_is_a_503_and_with_a_new_one_nothing_is_lost()
    {
        string account = azurite.NewAccount();
        await AzuriteApps.UploadThreeGroupsAsync(account);
        using (App expired = AzuriteApps.Open(Signed(account, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)), options: Small))
        {
            BadRequestTests.AssertProblem(503, "storage-unavailable", await expired.SendAsync("GET", "/api/segments/k1"));
            BadRequestTests.AssertProblem(503, "storage-unavailable", await expired.SendAsync("POST", "/api/runs"));
            var fault = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => expired.TellAsync("c.csv"));
            Assert.Contains("check the key or signature", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", fault.ToString(), StringComparison.Ordinal);
            Assert.Empty(expired.Engine.Scheduled);
        }

        using App app = AzuriteApps.Open(Signed(account, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)), options: Small);
        await app.TellAsync("c.csv");
        await app.Engine.RunAsync();
        Assert.Equal(RunStatus.Completed, Assert.Single(await app.RunsAsync()).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/api/segments/k1")).Status);
    }

    // The later file's customer says which run is read.
    private static async Task AssertReadsAsync(App app, string runId, int later)
    {
        app.Clock.AdvanceTo(app.Clock.Now.AddSeconds(6));
        HttpAnswer answer = await app.SendAsync("GET", "/api/segments/k1");
        Assert.Equal((200, runId), (answer.Status, answer.Json.GetProperty("runId").GetString()));
        Assert.Equal(later, (await app.SendAsync("GET", "/api/segments/k77")).Status);
    }

    private static async Task AssertAsInMemoryAsync(App app, string runId, bool isFirst)
    {
        using var memory = new App(options: Small);
        memory.Store.WithThreeGroups();
        if (!isFirst)
        {
            // The ids and names of clusters follow the run before.
            await memory.TickAsync();
            await memory.Engine.RunAsync();
            memory.Clock.AdvanceTo(App.Start.AddDays(1));
        }

        memory.Store.Uploads["later.csv"] = LaterRows;
        await memory.TickAsync();
        await memory.Engine.RunAsync();
        Assert.True(
            memory.Store.Result((await memory.RunsAsync())[0].RunId, "customers.csv") == await AzuriteApps.ResultAsync(app, runId, "customers.csv"),
            "customers.csv differs from that of a run that nothing went wrong in.");
    }

    private static string Signed(string account, DateTimeOffset until)
    {
        string Part(string name) => Regex.Match(account, $"{name}=([^;]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
        var builder = new AccountSasBuilder(
            AccountSasPermissions.All, until, AccountSasServices.Blobs | AccountSasServices.Tables, AccountSasResourceTypes.All)
        {
            Protocol = SasProtocol.HttpsAndHttp,
        };
        string signature = builder.ToSasQueryParameters(new StorageSharedKeyCredential(Part("AccountName"), Azurite.Key)).ToString();
        return $"BlobEndpoint={Part("BlobEndpoint")};TableEndpoint={Part("TableEndpoint")};SharedAccessSignature={signature}";
    }
}
