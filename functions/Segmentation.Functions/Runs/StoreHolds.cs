using System.Globalization;
using Segmentation.Core.Storage;

namespace Segmentation.Functions.Runs;

/// <summary>A hold on the store, as it is stored.</summary>
/// <param name="Until">When it counts no more unless it was renewed, UTC.</param>
internal sealed record HoldMark(DateTime Until);

/// <summary>
/// Holds runs off while what is stored changes: a mark in container <c>clean</c> that every activity looks for, on every instance of
/// the app. One hold at a time; one whose process died counts no more after a while.
/// </summary>
/// <remarks>
/// Whoever takes a hold writes its mark and then looks; whoever begins a run writes its row and then looks for marks. So at least one
/// of two sees the other. Clocks of instances may differ by less than <see cref="Lifetime" />. Thread-safe.
/// </remarks>
public sealed class StoreHolds(SegmentationStorage storage, TimeProvider clock)
{
    /// <summary>How long a hold counts after it was written last.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>How often something is looked at that is waited for.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>How long is waited for another hold, or for a run to stop: less than the 230 s after which callers are cut off.</summary>
    public static readonly TimeSpan MostWait = TimeSpan.FromSeconds(200);

    private const string Folder = "holds/";
    private const string Extension = ".json";

    /// <summary>Takes a hold, after any other.</summary>
    /// <exception cref="TimeoutException">Another lasts too long.</exception>
    public async Task<StoreHold> TakeAsync(CancellationToken cancellationToken)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().UtcDateTime:yyyyMMddHHmmssfff}-{Guid.NewGuid():N}");
        long start = clock.GetTimestamp();
        try
        {
            while (true)
            {
                await MarkAsync(id, cancellationToken);
                string[] others = [.. (await ListAsync(cancellationToken)).Where(other => other != id)];
                if (others.Length == 0)
                {
                    return new StoreHold(this, id, clock);
                }

                if (others.Any(other => string.CompareOrdinal(other, id) < 0))
                {
                    // Of two that came at once, the later gives way.
                    await ReleaseAsync(id, cancellationToken);
                }

                ThrowIfTooLong(start, "Another change of what is stored goes on.");
                await Task.Delay(Poll, clock, cancellationToken);
            }
        }
        catch
        {
            await ReleaseAsync(id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The hold that counts now, or null. Costs one listing that is nearly always empty.</summary>
    public async Task<string?> FindAsync(CancellationToken cancellationToken) => (await ListAsync(cancellationToken)).FirstOrDefault();

    /// <summary>Says that nothing of a run is under way, and that nothing will be while the hold counts.</summary>
    public Task AcknowledgeAsync(string holdId, string runId, CancellationToken cancellationToken) =>
        storage.Clean.WriteAsync(Acknowledgement(holdId, runId), static (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Whether a run has said so.</summary>
    public Task<bool> IsAcknowledgedAsync(string holdId, string runId, CancellationToken cancellationToken) =>
        storage.Clean.ExistsAsync(Acknowledgement(holdId, runId), cancellationToken);

    /// <summary>Gives up after <see cref="MostWait" />.</summary>
    /// <exception cref="TimeoutException">It was waited for that long.</exception>
    internal void ThrowIfTooLong(long start, string why)
    {
        if (clock.GetElapsedTime(start) > MostWait)
        {
            throw new TimeoutException($"{why} It was waited for {MostWait.TotalSeconds:0} s; nothing was changed, try again later.");
        }
    }

    internal Task MarkAsync(string id, CancellationToken cancellationToken) => storage.Clean.WriteJsonAsync(
        Mark(id), new HoldMark(clock.GetUtcNow().UtcDateTime + Lifetime), FunctionsJson.Default.HoldMark, cancellationToken);

    internal async Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        await storage.Clean.DeleteAsync(Mark(id), cancellationToken);
        await foreach (BlobEntry acknowledgement in storage.Clean.ListAsync(Acknowledgement(id, ""), cancellationToken))
        {
            await storage.Clean.DeleteAsync(acknowledgement.Name, cancellationToken);
        }
    }

    private async Task<List<string>> ListAsync(CancellationToken cancellationToken)
    {
        var live = new List<string>();
        await foreach (BlobEntry blob in storage.Clean.ListAsync(Folder, cancellationToken))
        {
            if (!blob.Name.EndsWith(Extension, StringComparison.Ordinal))
            {
                // Said by a run that stopped when the hold was over already.
                if (!await storage.Clean.ExistsAsync(Mark(blob.Name[Folder.Length..].Split('/')[0]), cancellationToken))
                {
                    await storage.Clean.DeleteAsync(blob.Name, cancellationToken);
                }

                continue;
            }

            string id = blob.Name[Folder.Length..^Extension.Length];
            if (await IsLiveAsync(blob.Name, cancellationToken))
            {
                live.Add(id);
            }
            else
            {
                await ReleaseAsync(id, cancellationToken);
            }
        }

        return live;
    }

    private async Task<bool> IsLiveAsync(string mark, CancellationToken cancellationToken)
    {
        try
        {
            HoldMark found = await storage.Clean.ReadJsonAsync(mark, FunctionsJson.Default.HoldMark, cancellationToken);
            return found.Until > clock.GetUtcNow().UtcDateTime;
        }
        catch (BlobNotFoundException)
        {
            // Released since it was listed.
            return false;
        }
    }

    private static string Mark(string id) => $"{Folder}{id}{Extension}";

    private static string Acknowledgement(string holdId, string runId) => $"{Folder}{holdId}/{runId}";
}

/// <summary>A hold that was taken: renewed until it is disposed of.</summary>
public sealed class StoreHold : IAsyncDisposable
{
    // Early enough that a few renewals may fail, and that the holder stops before others go on.
    private static readonly TimeSpan Renewal = StoreHolds.Lifetime / 6;
    private static readonly TimeSpan Trust = StoreHolds.Lifetime * 5 / 6;

    private readonly StoreHolds _holds;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _lost;
    private readonly Task _renewing;

    internal StoreHold(StoreHolds holds, string id, TimeProvider clock)
    {
        _holds = holds;
        Id = id;
        _timer = new PeriodicTimer(Renewal, clock);
        _lost = new CancellationTokenSource(Trust, clock);
        _renewing = RenewAsync();
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Cancelled when it could not be renewed in time, so that others may count it as gone.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _renewing;
        _lost.Dispose();
        await _holds.ReleaseAsync(Id, CancellationToken.None);
    }

    private async Task RenewAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            try
            {
                await _holds.MarkAsync(Id, _lost.Token);
                _lost.CancelAfter(Trust);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                // Tried again at the next tick; if that goes on, the hold is lost and the holder stops.
            }
        }
    }
}
