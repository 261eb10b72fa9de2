using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;
using Segmentation.Testing.Emulator;

namespace Segmentation.Storage.Azure.Tests;

/// <summary>A storage account that is busy, slow, unreachable or cut off.</summary>
public sealed class FaultTests(Azurite azurite)
{
    private const string Run = "20240601-120000";

    private static readonly Fault[] Passing =
        [Fault.Busy, Fault.TooMany, Fault.InnerTimeout, Fault.Refused, Fault.Timeout, Fault.AnswerLost, Fault.AnswerTorn, Fault.TransactionBusy];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> AllPassing => [.. Passing.Select(fault => (int)fault)];

    [Theory]
    [MemberData(nameof(AllPassing))]
    public async Task What_fails_a_few_times_is_repeated_until_it_is_done(int kind)
    {
        using var faults = new Faults(Faults.ThreeTimes((Fault)kind));
        SegmentationStorage storage = AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, faults.Configure);
        byte[] bytes = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];
        await storage.Runs.WriteAsync("a", (stream, token) => stream.WriteAsync(bytes, token).AsTask(), Token);
        await using (Stream read = await storage.Runs.OpenReadAsync("a", Token))
        {
            using var copy = new MemoryStream();
            await read.CopyToAsync(copy, Token);
            Assert.Equal(bytes, copy.ToArray());
        }

        Assert.Equal(["a"], await storage.Runs.ListAsync("", Token).Select(blob => blob.Name).ToListAsync(Token));
        await storage.Runs.DeleteAsync("a", Token);
        Assert.False(await storage.Runs.ExistsAsync("a", Token));

        await storage.Segments.PublishAsync(Run, 0, Customers(150, 1), Token);
        await storage.Segments.SaveRunAsync(new RunRecord { RunId = Run, Language = "en" }, Token);
        Assert.Equal(2, await storage.Segments.EraseAsync(Run, 1, id => id is "c0003" or "c0120", Token));
        Assert.NotNull(await storage.Segments.FindAsync(Run, 0, "c0004", Token));
        Assert.Null(await storage.Segments.FindAsync(Run, 0, "c0003", Token));
        Assert.Single(await storage.Segments.ListRunsAsync(Token));
        await storage.Segments.DeleteRunAsync(Run, Token);
        Assert.Empty(await storage.Segments.ListRunsAsync(Token));
        Assert.Contains((Fault)kind, faults.Done);
    }

    [Theory]
    [InlineData((int)Fault.Busy, "throttled or busy (status 503 ServerBusy). Try again later")]
    [InlineData((int)Fault.TooMany, "throttled or busy (status 429 TooManyRequests). Try again later")]
    [InlineData((int)Fault.InnerTimeout, "cannot be reached or does not answer (status 500 OperationTimedOut). Check")]
    [InlineData((int)Fault.Refused, "cannot be reached or does not answer (Connection refused). Check its address and the network")]
    [InlineData((int)Fault.Timeout, "cannot be reached or does not answer (no answer in time). Check")]
    public async Task What_fails_every_time_is_an_IOException_that_says_what_to_do(int kind, string message)
    {
        using var faults = new Faults(_ => (Fault)kind);
        SegmentationStorage storage = AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, faults.Configure);
        (string What, Func<Task> Act)[] calls =
        [
            ("Reading blob 'a' of container 'runs' failed", () => storage.Runs.OpenReadAsync("a", Token)),
            ("Writing blob 'a' of container 'runs' failed", () => storage.Runs.WriteAsync("a", (_, _) => Task.CompletedTask, Token)),
            ("Listing 'b' in container 'runs' failed", () => storage.Runs.ListAsync("b", Token).CountAsync(Token).AsTask()),
            ("Looking for blob 'a'", () => storage.Runs.ExistsAsync("a", Token)),
            ("Deleting blob 'a'", () => storage.Runs.DeleteAsync("a", Token)),
            ("Reading rows of table Segments", () => storage.Segments.PublishAsync(Run, 0, Customers(1, 1), Token)),
            ("Reading a row of table Segments", () => storage.Segments.FindAsync(Run, 0, "a", Token).AsTask()),
            ("Making table Runs", () => storage.Segments.SetCurrentRunAsync(Run, Token)),
            ("Reading a row of table Runs", () => storage.Segments.FindCurrentRunAsync(Token)),
            ("Reading rows of table Runs", () => storage.Segments.ListRunsAsync(Token)),
        ];
        foreach ((string what, Func<Task> act) in calls)
        {
            var fault = await Assert.ThrowsAsync<IOException>(act);
            Assert.StartsWith(what, fault.Message, StringComparison.Ordinal);
            Assert.True(fault.Message.Contains(message, StringComparison.Ordinal), fault.Message);
        }

        Assert.Equal(calls.Length * (1 + AzureStorage.MaxRetries), faults.Done.Count);
    }

    [Fact]
    public async Task A_transaction_that_is_busy_inside_every_time_is_told_as_a_busy_service()
    {
        using var faults = new Faults(_ => Fault.TransactionBusy);
        SegmentationStorage storage = AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, faults.Configure);
        var fault = await Assert.ThrowsAsync<IOException>(() => storage.Segments.PublishAsync(Run, 0, Customers(1, 1), Token));
        Assert.StartsWith("Writing to table Segments failed: the storage account is throttled or busy (status 503 ServerBusy)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The server is busy. (action unknown of a transaction; status 503, ServerBusy)", fault.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_given_up_after_the_time_that_the_options_allow()
    {
        using var handler = new SilentHandler();
        SegmentationStorage storage = AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, options =>
        {
            options.Transport = new global::Azure.Core.Pipeline.HttpClientTransport(new HttpClient(handler, disposeHandler: false));
            Faults.Quick(options);
            options.Retry.MaxRetries = 1;
            options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(20);
        });
        var fault = await Assert.ThrowsAsync<IOException>(() => storage.Segments.FindCurrentRunAsync(Token));
        Assert.Contains("no answer in time", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => storage.Runs.ExistsAsync("a", Token));
    }

    [Fact]
    public async Task A_cancellation_by_the_caller_stays_one()
    {
        using var stop = new CancellationTokenSource();
        using var faults = new Faults(_ =>
        {
            stop.Cancel();
            return Fault.Timeout;
        });
        SegmentationStorage storage = AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, faults.Configure);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Segments.FindCurrentRunAsync(stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Runs.ExistsAsync("a", stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Segments.PublishAsync(Run, 0, Customers(500, 1), stop.Token));
    }

    [Fact]
    public async Task A_key_that_is_refused_says_what_to_check()
    {
        string wrong = azurite.NewAccount().Replace(Azurite.Key, Convert.ToBase64String([1, 2, 3]), StringComparison.Ordinal);
        SegmentationStorage storage = AzureStorage.Open(wrong, TimeProvider.System, Faults.Quick);
        foreach (Func<Task> act in new Func<Task>[] { () => storage.Segments.FindCurrentRunAsync(Token), () => storage.Runs.OpenReadAsync("a", Token) })
        {
            var fault = await Assert.ThrowsAsync<UnauthorizedAccessException>(act);
            Assert.Contains("refused by the storage account (status 403", fault.Message, StringComparison.Ordinal);
            Assert.Contains("Storage Table Data Contributor", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Blocks_that_another_writer_dropped_are_an_IOException_and_the_blob_stays_as_it_was()
    {
        using var faults = new Faults(request => request.RequestUri!.Query.Contains("comp=blocklist", StringComparison.Ordinal) ? Fault.BlocksLost : Fault.None);
        IBlobContainer container = AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, faults.Configure).Runs;
        var fault = await Assert.ThrowsAsync<IOException>(
            () => container.WriteAsync("a", (stream, token) => stream.WriteAsync(new byte[10 << 20], token).AsTask(), Token));
        Assert.Contains("Writing blob 'a' of container 'runs' failed: another writer committed it meanwhile", fault.Message, StringComparison.Ordinal);
        Assert.False(await container.ExistsAsync("a", Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_goes_wrong_on_the_way_publishing_again_ends_with_exactly_the_rows(int seed)
    {
        string account = azurite.NewAccount();
        var random = new Xoshiro256StarStar((ulong)seed);
        var gate = new Lock();
        using var faults = new Faults(_ =>
        {
            lock (gate)
            {
                return random.NextInt32(100) < 45 ? Passing[random.NextInt32(Passing.Length)] : Fault.None;
            }
        });
        SegmentationStorage bad = AzureStorage.Open(account, TimeProvider.System, options =>
        {
            faults.Configure(options);
            options.Retry.MaxRetries = 1;
        });
        SegmentationStorage good = AzureStorage.Open(account, TimeProvider.System, Faults.Quick);
        int failures = 0;
        for (int round = 0; round < 12; round++)
        {
            SegmentAssignment[] rows = Customers(400 + random.NextInt32(200), round);
            try
            {
                await bad.Segments.PublishAsync(Run, 0, rows, Token);
            }
            catch (IOException)
            {
                failures++;
                await good.Segments.PublishAsync(Run, 0, rows, Token);
            }

            // Everybody is there with the figures of this round, and nobody else.
            var ids = new List<string>();
            await good.Segments.EraseAsync(Run, 1, id =>
            {
                ids.Add(id);
                return false;
            }, Token);
            Assert.True(rows.Select(row => row.CustomerId).SequenceEqual(ids, StringComparer.Ordinal), $"Seed {seed}, round {round}.");
            for (int i = 0; i < rows.Length; i += 37)
            {
                Assert.Equal(rows[i], await good.Segments.FindAsync(Run, 0, rows[i].CustomerId, Token));
            }
        }

        Assert.InRange(failures, 1, 12);
    }

    [Fact]
    public async Task A_large_blob_whose_writing_fails_at_any_request_is_never_seen_half()
    {
        byte[] before = [1, 2, 3];
        for (int failing = 1; failing <= 5; failing++)
        {
            int requests = 0;
            int fails = int.MaxValue;
            using var faults = new Faults(_ => Interlocked.Increment(ref requests) >= fails ? Fault.Refused : Fault.None);
            string account = azurite.NewAccount();
            IBlobContainer container = AzureStorage.Open(account, TimeProvider.System, faults.Configure).Runs;
            await container.WriteAsync("a", (stream, token) => stream.WriteAsync(before, token).AsTask(), Token);
            fails = requests + failing;
            Exception? fault = await Record.ExceptionAsync(
                () => container.WriteAsync("a", (stream, token) => stream.WriteAsync(new byte[13 << 20], token).AsTask(), Token));
            await using Stream read = await AzureStorage.Open(account, TimeProvider.System, Faults.Quick).Runs.OpenReadAsync("a", Token);

            // Four blocks and a commit.
            Assert.IsType<IOException>(fault);
            Assert.Equal(3, read.Length);
        }
    }

    private static SegmentAssignment[] Customers(int count, int recencyDays) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
            new SegmentAssignment { CustomerId = $"c{i:D4}", RecencyDays = recencyDays, Frequency = i, Monetary = new Money(i) }),
    ];

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            throw new InvalidOperationException("Nobody waits for ever.");
        }
    }
}
