using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

/// <summary>What a look at the uploads came to.</summary>
/// <param name="Pending">The uploads that are new or changed.</param>
/// <param name="WantsRun">Whether they are settled, or some have been for long, so that a run should begin.</param>
public sealed record UploadObservation(IReadOnlyList<SightedUpload> Pending, bool WantsRun)
{
    /// <summary>Whether another look saw the same uploads in the same state.</summary>
    public bool SeesTheSameAs(UploadObservation other) => Pending.SequenceEqual(other.Pending);
}

/// <summary>Looks at the uploads again and again and says when they are settled. Not thread-safe.</summary>
/// <remarks>Looking costs one listing; records are read again only after <see cref="Forget" />.</remarks>
public sealed class UploadWatch
{
    // Files that never settle must not hold up the others for ever.
    private const int LongestWaitInSettles = 10;
    private static readonly TimeSpan LeastLongestWait = TimeSpan.FromSeconds(30);

    private readonly SegmentationStorage _storage;
    private readonly string _fingerprint;
    private readonly TimeSpan _settle;
    private readonly TimeSpan _longestWait;
    private Dictionary<string, UploadRecord>? _records;
    private UploadSightings? _sightings;

    /// <summary>Watches a store's uploads.</summary>
    public UploadWatch(SegmentationStorage storage, SegmentationOptions options)
    {
        _storage = storage;
        _fingerprint = CleanFingerprint.Of(options);
        _settle = TimeSpan.FromSeconds(options.Workflow.SettleSeconds);
        _longestWait = _settle * LongestWaitInSettles > LeastLongestWait ? _settle * LongestWaitInSettles : LeastLongestWait;
    }

    /// <summary>Looks once.</summary>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public async Task<UploadObservation> LookAsync(DateTime now, CancellationToken cancellationToken)
    {
        _records ??= (await UploadRecords.ReadAsync(_storage.Clean, cancellationToken)).ToDictionary(record => record.Name, StringComparer.Ordinal);
        _sightings ??= await ReadSightingsAsync(cancellationToken);
        var known = _sightings.Uploads.ToDictionary(upload => upload.Name, StringComparer.Ordinal);
        var pending = new List<SightedUpload>();
        await foreach (BlobEntry upload in _storage.Uploads.ListAsync("", cancellationToken))
        {
            UploadRecord? record = _records.GetValueOrDefault(upload.Name);
            if (UploadNames.IsTransactions(upload.Name) && UploadRecords.NeedsCleaning(record, upload, _fingerprint)
                && !await IsStillUnreadableAsync(record, upload, cancellationToken))
            {
                // A clock that was set back must not make an upload wait for the time to come again.
                pending.Add(known.GetValueOrDefault(upload.Name) is { } seen && seen.Matches(upload) && seen.Since <= now
                    ? seen
                    : new SightedUpload(upload.Name, upload.Length, upload.LastModified, now, upload.Version));
            }
        }

        if (!pending.SequenceEqual(_sightings.Uploads))
        {
            var sightings = new UploadSightings(pending);
            await sightings.WriteAsync(_storage.Clean, cancellationToken);
            _sightings = sightings;
        }

        SightedUpload[] settled = [.. pending.Where(upload => now - upload.Since >= _settle)];
        bool wantsRun = settled.Length > 0
            && (settled.Length == pending.Count || settled.Any(upload => now - upload.Since >= _longestWait));
        return new UploadObservation(pending, wantsRun);
    }

    // What could not be opened is worth a run only when it can be.
    private async Task<bool> IsStillUnreadableAsync(UploadRecord? record, BlobEntry upload, CancellationToken cancellationToken)
    {
        if (record is not { IsUnread: true } || !record.IsOf(upload))
        {
            return false;
        }

        try
        {
            await using Stream stream = await _storage.Uploads.OpenReadAsync(upload.Name, cancellationToken);
            return false;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or BlobNotFoundException or IOException)
        {
            return true;
        }
    }

    // Damaged, they are as good as none: only the order of what arrived since the last run is lost.
    private async Task<UploadSightings> ReadSightingsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await UploadSightings.ReadAsync(_storage.Clean, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return new UploadSightings([]);
        }
    }

    /// <summary>Reads the records again at the next look: a run or another change rewrote them.</summary>
    public void Forget() => _records = null;
}
