using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Segmentation.Core.Storage;
using Segmentation.Functions.Tests.Engine;
using Segmentation.Storage.Azure.Blobs;
using Segmentation.Storage.Azure.Holding;
using Segmentation.Testing.Emulator;

namespace Segmentation.Storage.Azure.Tests.Holding;

/// <summary>One process works on a store at a time, whatever happens to it or to the network.</summary>
public sealed class StoreLeaseTests(Azurite azurite)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly StoreHolder First = new("first", 11, Start);
    private static readonly StoreHolder Second = new("second", 22, Start);

    private readonly TestClock _clock = new(Start);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_second_waits_as_long_as_a_killed_holder_lasts_and_is_told_who_holds_the_store()
    {
        SegmentationStorage storage = Open();
        StoreLease first = await TakeAsync(storage, First);
        var waited = new List<StoreHolder?>();
        Task<StoreLease> second = StoreLease.TakeAsync(storage, Second, _clock, waited.Add, Token);
        await PassAsync(second);
        var held = await Assert.ThrowsAsync<StoreHeldException>(() => second);
        Assert.Equal((First, First), (held.Holder, Assert.Single(waited)));
        Assert.Contains("process 11 on 'first', since 2026-01-02 03:04:05 UTC", held.Message, StringComparison.Ordinal);
        Assert.True(_clock.Now - Start > StoreLease.Duration);

        await first.DisposeAsync();
        await using StoreLease after = await TakeAsync(storage, Second);
    }

    [Fact]
    public async Task A_holder_that_ends_meanwhile_is_followed_at_once()
    {
        SegmentationStorage storage = Open();
        StoreLease first = await TakeAsync(storage, First);
        var told = new TaskCompletionSource();
        Task<StoreLease> second = StoreLease.TakeAsync(storage, Second, _clock, _ => told.SetResult(), Token);
        await told.Task;
        await first.DisposeAsync();
        await PassAsync(second);
        await using StoreLease taken = await second;
        Assert.True(_clock.Now - Start < StoreLease.Duration);
    }

    [Fact]
    public async Task Work_goes_on_while_the_lease_is_renewed_and_stops_when_it_is_told_to()
    {
        await using StoreLease lease = await TakeAsync(Open(), First);
        var work = new Work();
        using var stop = new CancellationTokenSource();
        Task working = lease.WorkAsync(work.DoAsync, fault => Assert.Fail(fault ?? "well"), stop.Token);
        for (int second = 5; second <= 40; second += 5)
        {
            await NextTimerAsync(second);
            _clock.AdvanceTo(Start.AddSeconds(second));
        }

        await NextTimerAsync(45);
        Assert.Equal((1, 0), (work.Begun, work.Stopped));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        Assert.Equal((1, 1), (work.Begun, work.Stopped));
    }

    [Fact]
    public async Task Work_stands_still_before_the_lease_ends_where_the_account_cannot_be_reached_and_goes_on_afterwards()
    {
        bool isDown = false;
        using var faults = new Faults(_ => Volatile.Read(ref isDown) ? Fault.Refused : Fault.None);
        await using StoreLease lease = await TakeAsync(AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, faults.Configure), First);
        var work = new Work();
        var told = new List<string?>();
        using var stop = new CancellationTokenSource();
        Task working = lease.WorkAsync(work.DoAsync, told.Add, stop.Token);
        await NextTimerAsync(5);
        Volatile.Write(ref isDown, true);
        for (int second = 5; second < 14; second++)
        {
            Assert.Equal(0, work.Stopped);
            _clock.AdvanceTo(Start.AddSeconds(second));
            await NextTimerAsync(second + 1);
        }

        _clock.AdvanceTo(Start.AddSeconds(14));
        await NextTimerAsync(15);
        Assert.Equal((1, 1), (work.Begun, work.Stopped));
        Assert.Contains("cannot be reached", Assert.Single(told), StringComparison.Ordinal);

        Volatile.Write(ref isDown, false);
        _clock.AdvanceTo(Start.AddSeconds(15));
        await NextTimerAsync(20);
        Assert.Equal((2, 1), (work.Begun, work.Stopped));
        Assert.Equal(2, told.Count);
        Assert.Null(told[1]);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
    }

    [Fact]
    public async Task A_holder_whose_store_was_taken_stops_and_says_by_whom()
    {
        SegmentationStorage storage = Open();
        await using StoreLease lease = await TakeAsync(storage, First);
        var work = new Work();
        Task working = lease.WorkAsync(work.DoAsync, fault => Assert.Fail(fault ?? "well"), Token);
        await NextTimerAsync(5);
        BlobContainerClient container = ((BlobContainer)storage.Clean).Client;
        await container.GetBlobClient(StoreLease.BlobName).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        await using StoreLease second = await TakeAsync(storage, Second);
        _clock.AdvanceTo(Start.AddSeconds(5));
        var held = await Assert.ThrowsAsync<StoreHeldException>(() => working);
        Assert.Equal(Second, held.Holder);
        Assert.Equal((1, 1), (work.Begun, work.Stopped));
    }

    [Fact]
    public async Task What_work_fails_with_goes_up()
    {
        await using StoreLease lease = await TakeAsync(Open(), First);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => lease.WorkAsync(_ => throw new InvalidDataException(), _ => { }, Token));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => lease.WorkAsync(_ => Task.FromException(new InvalidDataException()), _ => { }, Token));
    }

    [Fact]
    public async Task Todays_form_of_a_holder_is_read_tomorrow()
    {
        SegmentationStorage storage = Open();
        await storage.Clean.WriteAsync(
            StoreLease.BlobName,
            (stream, token) => stream.WriteAsync("""{"machine":"shop","processId":7,"since":"2026-01-02T03:04:05+00:00","format":1}"""u8.ToArray(), token).AsTask(),
            Token);
        BlobContainerClient container = ((BlobContainer)storage.Clean).Client;
        await container.GetBlobClient(StoreLease.BlobName).GetBlobLeaseClient().AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Token);
        Task<StoreLease> second = StoreLease.TakeAsync(storage, Second, _clock, _ => { }, Token);
        await PassAsync(second);
        Assert.Equal(new StoreHolder("shop", 7, Start), (await Assert.ThrowsAsync<StoreHeldException>(() => second)).Holder);
    }

    [Fact]
    public async Task A_Functions_host_at_work_is_seen_and_one_that_sleeps_is_not()
    {
        string account = azurite.NewAccount();
        SegmentationStorage storage = AzureStorage.Open(account, TimeProvider.System, Faults.Quick);
        Assert.Null(await FunctionsHosts.FindAsync(storage, Token));
        BlobContainerClient container = new BlobServiceClient(account).GetBlobContainerClient("azure-webjobs-hosts");
        await container.CreateAsync(cancellationToken: Token);
        BlobClient hostLock = container.GetBlobClient("locks/shop-123/host");
        await hostLock.UploadAsync(BinaryData.FromString(""), Token);
        Assert.Null(await FunctionsHosts.FindAsync(storage, Token));
        await hostLock.GetBlobLeaseClient().AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Token);
        Assert.Equal("shop-123", await FunctionsHosts.FindAsync(storage, Token));
    }

    private SegmentationStorage Open() => AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, Faults.Quick);

    private Task<StoreLease> TakeAsync(SegmentationStorage storage, StoreHolder holder) =>
        StoreLease.TakeAsync(storage, holder, _clock, other => Assert.Fail($"{other} holds it."), Token);

    // Lets time pass whenever somebody waits for it.
    private async Task PassAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            if (_clock.NextTimer is { } next)
            {
                _clock.AdvanceTo(next);
            }

            await Task.Yield();
        }
    }

    // An attempt that is on its way has a limit, which is another time than that of the next attempt.
    private async Task NextTimerAsync(int second)
    {
        while (_clock.NextTimer != Start.AddSeconds(second))
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Work
    {
        private int _begun;
        private int _stopped;

        public int Begun => Volatile.Read(ref _begun);

        public int Stopped => Volatile.Read(ref _stopped);

        public async Task DoAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _begun);
            var end = new TaskCompletionSource();
            await using CancellationTokenRegistration stop = cancellationToken.Register(() => end.TrySetCanceled(cancellationToken));
            try
            {
                await end.Task;
            }
            finally
            {
                Interlocked.Increment(ref _stopped);
            }
        }
    }
}
