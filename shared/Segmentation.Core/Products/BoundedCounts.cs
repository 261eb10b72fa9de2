using System.Runtime.InteropServices;

namespace Segmentation.Core.Products;

/// <summary>How often each of some values occurs, for at most so many of them: beyond that, the values of the least stable hash are kept.</summary>
/// <remarks>
/// Which values stay depends on the set of values alone, and each that stays was never dropped on the way: counts of shards merge in any
/// order to the same result. A cut-off set is a sample of the values, fair because the hash knows nothing of them. Not thread-safe.
/// </remarks>
internal sealed class BoundedCounts<T>(int limit, Func<T, ulong> hash)
    where T : notnull
{
    private readonly Dictionary<T, long> _counts = [];

    /// <summary>The values and their counts, in no order.</summary>
    public IReadOnlyDictionary<T, long> Counts => _counts;

    /// <summary>Whether values were dropped: counts are then those of a sample.</summary>
    public bool IsSample { get; private set; }

    /// <summary>Counts a value.</summary>
    public void Add(T value, long times)
    {
        ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _);
        count += times;

        // Now and then: ordering them costs as much as adding them.
        if (_counts.Count >= limit * 2)
        {
            Trim();
        }
    }

    /// <summary>Adds the counts of another set of the same limit.</summary>
    public void Add(BoundedCounts<T> other)
    {
        foreach ((T value, long times) in other._counts)
        {
            Add(value, times);
        }

        IsSample |= other.IsSample;
    }

    /// <summary>Drops what is over the limit; called before the counts are read or stored.</summary>
    public void Trim()
    {
        if (_counts.Count <= limit)
        {
            return;
        }

        IsSample = true;
        foreach (T dropped in _counts.Keys.OrderBy(hash).Skip(limit).ToArray())
        {
            _counts.Remove(dropped);
        }
    }

    /// <summary>Says that this was cut off before it was stored.</summary>
    public void MarkAsSample() => IsSample = true;
}
