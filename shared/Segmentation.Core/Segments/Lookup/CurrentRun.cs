using System.Diagnostics.CodeAnalysis;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Segments.Lookup;

/// <summary>The run that readers see, remembered so that a lookup reads its row alone. One instance a process; thread-safe.</summary>
/// <remarks>
/// The pointer is believed for a while; a flip by this instance is seen at once, one by another process when that while is over.
/// The pointer is read by one caller at a time, so that an older reading never replaces a newer one: an instance does not go back
/// on its own. A host that runs the workflow in this process calls <see cref="Invalidate" /> when a run has ended, because the
/// activity that activates a run writes the pointer without asking this instance.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The semaphore holds nothing to dispose as long as nobody asks for its wait handle.")]
public sealed class CurrentRun(SegmentationStorage storage, TimeProvider clock, TimeSpan pointerAge)
{
    /// <summary>How long the pointer is believed by default, in seconds.</summary>
    public const int DefaultPointerSeconds = 5;

    // The current run, the one before, and one to compare: a model is small, and flipping back is then as fast as flipping on.
    private const int MostRuns = 3;

    private readonly SemaphoreSlim _turn = new(1, 1);

    // The run used last is the last; touched by the caller whose turn it is.
    private readonly List<PublishedRun> _loaded = [];
    private Reading? _last;
    private long _invalidations;

    /// <summary>Believes the pointer for <see cref="DefaultPointerSeconds" />.</summary>
    public CurrentRun(SegmentationStorage storage, TimeProvider clock)
        : this(storage, clock, TimeSpan.FromSeconds(DefaultPointerSeconds))
    {
    }

    /// <summary>The run that readers see; null before the first. Costs nothing but when the pointer is due to be read.</summary>
    /// <exception cref="InvalidDataException">The stored run is damaged or not there.</exception>
    public ValueTask<PublishedRun?> FindAsync(CancellationToken cancellationToken) =>
        Remembered() is { } reading ? ValueTask.FromResult(reading.Run) : ReadAsync(cancellationToken);

    /// <summary>Makes a run the one that readers see; every call of this instance that begins later sees it.</summary>
    /// <exception cref="InvalidOperationException">There is no such run, or it has no results.</exception>
    public async Task ActivateAsync(string runId, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            PublishedRun run = await LoadAsync(runId, cancellationToken)
                ?? throw new InvalidOperationException($"Run '{runId}' cannot be made current: there is no such run with results.");

            // Whatever a write that fails half-way leaves behind is read anew.
            Invalidate();
            long invalidations = Volatile.Read(ref _invalidations);
            long now = clock.GetTimestamp();
            await storage.Segments.SetCurrentRunAsync(runId, cancellationToken);
            await storage.Segments.SaveRunAsync(run.Record with { ActivatedAt = clock.GetUtcNow().UtcDateTime }, cancellationToken);
            Volatile.Write(ref _last, new Reading(run, now, invalidations));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Removes a run unless it is the current one, which it cannot become meanwhile through this instance.</summary>
    /// <returns>Whether it was removed.</returns>
    public async Task<bool> DeleteUnlessCurrentAsync(string runId, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (await storage.Segments.FindCurrentRunAsync(cancellationToken) == runId)
            {
                return false;
            }

            _loaded.RemoveAll(loaded => loaded.RunId == runId);
            await storage.Segments.DeleteRunAsync(runId, cancellationToken);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets where the pointer was: every call that begins later reads it again.</summary>
    public void Invalidate() => Interlocked.Increment(ref _invalidations);

    private Reading? Remembered()
    {
        Reading? last = Volatile.Read(ref _last);
        return last is not null && last.Invalidations == Volatile.Read(ref _invalidations)
            && clock.GetElapsedTime(last.At) < pointerAge
            ? last
            : null;
    }

    private async ValueTask<PublishedRun?> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited may find that the one before has read.
            if (Remembered() is { } reading)
            {
                return reading.Run;
            }

            // Taken before the pointer is read, so that what happens meanwhile makes the reading old.
            long invalidations = Volatile.Read(ref _invalidations);
            long now = clock.GetTimestamp();
            PublishedRun? run = await ReadRunAsync(cancellationToken);
            Volatile.Write(ref _last, new Reading(run, now, invalidations));
            return run;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<PublishedRun?> ReadRunAsync(CancellationToken cancellationToken)
    {
        string? runId = await storage.Segments.FindCurrentRunAsync(cancellationToken);
        while (runId is not null)
        {
            if (await LoadAsync(runId, cancellationToken) is { } run)
            {
                return run;
            }

            // It may have been replaced, then deleted, since its id was read.
            string? again = await storage.Segments.FindCurrentRunAsync(cancellationToken);
            runId = again != runId
                ? again
                : throw new InvalidDataException($"The current run '{runId}' is damaged: its row or its model is missing.");
        }

        return null;
    }

    private async Task<PublishedRun?> LoadAsync(string runId, CancellationToken cancellationToken)
    {
        int at = _loaded.FindIndex(loaded => loaded.RunId == runId);
        PublishedRun? run = at >= 0 ? _loaded[at] : await ReadStoredAsync(runId, cancellationToken);
        if (run is not null)
        {
            _loaded.Remove(run);
            _loaded.Add(run);
            if (_loaded.Count > MostRuns)
            {
                _loaded.RemoveAt(0);
            }
        }

        return run;
    }

    private async Task<PublishedRun?> ReadStoredAsync(string runId, CancellationToken cancellationToken)
    {
        RunRecord? record = await storage.Segments.FindRunAsync(runId, cancellationToken);
        if (record?.AsOf is null)
        {
            // Without results. A run that is just activating itself has them, and is still running.
            return null;
        }

        try
        {
            return new PublishedRun(record, await storage.Runs.ReadJsonAsync(
                RunBlobs.Model(runId), WorkflowJson.Default.SelectedModel, cancellationToken));
        }
        catch (BlobNotFoundException)
        {
            // Deleted since its row was read.
            return null;
        }
    }

    /// <summary>What the pointer named, when it was read, and after how many invalidations.</summary>
    private sealed record Reading(PublishedRun? Run, long At, long Invalidations);
}
