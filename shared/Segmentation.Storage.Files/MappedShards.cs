using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Segmentation.Core.Segments;

namespace Segmentation.Storage.Files;

/// <summary>The mapped files of shards that were looked up in, those of the last few runs. Thread-safe.</summary>
/// <remarks>
/// A file is mapped by the first lookup in it. One lock guards which files are mapped; it is held to find a mapping and to make or
/// drop one, never while a file is searched. A store changes a file through <see cref="Change" /> alone; what another process changes
/// is seen when the run has left the mappings.
/// </remarks>
internal sealed class MappedShards(Func<string, int, FileStream> open) : IDisposable
{
    /// <summary>So many runs stay mapped: the current one, the one before, and some that readers were slow to leave.</summary>
    public const int MostRuns = 4;

    private const int ShortId = 768;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<int, MappedSegments>> _runs = new(StringComparer.Ordinal);

    // The run used last is the last.
    private readonly List<string> _recent = [];
    private bool _disposed;

    /// <summary>Finds a customer, or null. Some microseconds once the pages are in memory; until then it waits for the disk.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of an unknown version.</exception>
    public SegmentAssignment? Find(string runId, int shard, string customerId)
    {
        int most = Encoding.UTF8.GetMaxByteCount(customerId.Length);
        Span<byte> bytes = most <= ShortId ? stackalloc byte[ShortId] : new byte[most];
        MappedSegments file = Enter(runId, shard);
        try
        {
            // An id with half a surrogate pair is no text, and nobody's: replaced, it could be taken for another.
            OperationStatus status = Utf8.FromUtf16(customerId, bytes, out _, out int length, replaceInvalidSequences: false);
            return status == OperationStatus.Done ? file.Find(bytes[..length]) : null;
        }
        finally
        {
            file.Leave();
        }
    }

    /// <summary>Lets a shard's file go and replaces or deletes it, with no lookup in between; the next one sees what is there.</summary>
    public void Change(string runId, int shard, Action change)
    {
        lock (_gate)
        {
            if (_runs.TryGetValue(runId, out Dictionary<int, MappedSegments>? files) && files.Remove(shard, out MappedSegments? file))
            {
                file.Dispose();
            }

            change();
        }
    }

    /// <summary>Lets all files go; lookups fail from then on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_recent.Count > 0)
            {
                DropOldest();
            }
        }
    }

    private MappedSegments Enter(string runId, int shard)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Dictionary<int, MappedSegments> files = Use(runId);
            if (!files.TryGetValue(shard, out MappedSegments? file))
            {
                using FileStream stream = open(runId, shard);
                file = new MappedSegments(stream);
                files.Add(shard, file);
            }

            file.Enter();
            return file;
        }
    }

    private Dictionary<int, MappedSegments> Use(string runId)
    {
        if (_recent.Count == 0 || _recent[^1] != runId)
        {
            _recent.Remove(runId);
            _recent.Add(runId);
            if (_recent.Count > MostRuns)
            {
                DropOldest();
            }
        }

        if (!_runs.TryGetValue(runId, out Dictionary<int, MappedSegments>? files))
        {
            files = [];
            _runs.Add(runId, files);
        }

        return files;
    }

    private void DropOldest()
    {
        if (_runs.Remove(_recent[0], out Dictionary<int, MappedSegments>? files))
        {
            foreach (MappedSegments file in files.Values)
            {
                file.Dispose();
            }
        }

        _recent.RemoveAt(0);
    }
}
