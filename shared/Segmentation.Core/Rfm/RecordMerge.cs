using System.Runtime.CompilerServices;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Rfm;

/// <summary>Merges sorted files of records to one sorted sequence.</summary>
internal static class RecordMerge
{
    /// <summary>Reads all sources together in the order of the keys; equal keys in the order of the sources.</summary>
    /// <param name="sources">Readers of records that ascend by key. Memory: a buffer each.</param>
    /// <param name="read">Reads a record.</param>
    /// <param name="key">The key of a record.</param>
    /// <param name="order">The order of the keys.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<T> MergeAsync<T, TKey>(
        IReadOnlyList<RecordStreamReader> sources,
        Func<ReadOnlyMemory<byte>, T> read,
        Func<T, TKey> key,
        IComparer<TKey> order,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heads = new PriorityQueue<(T Record, int Source), (TKey Key, int Source)>(new HeadOrder<TKey>(order));
        for (int i = 0; i < sources.Count; i++)
        {
            await PushAsync(i);
        }

        while (heads.TryDequeue(out (T Record, int Source) head, out _))
        {
            yield return head.Record;
            await PushAsync(head.Source);
        }

        async ValueTask PushAsync(int source)
        {
            if (await sources[source].ReadAsync(cancellationToken))
            {
                T record = read(sources[source].Current);
                heads.Enqueue((record, source), (key(record), source));
            }
        }
    }

    private sealed class HeadOrder<TKey>(IComparer<TKey> order) : IComparer<(TKey Key, int Source)>
    {
        public int Compare((TKey Key, int Source) x, (TKey Key, int Source) y)
        {
            int byKey = order.Compare(x.Key, y.Key);
            return byKey != 0 ? byKey : x.Source.CompareTo(y.Source);
        }
    }
}
