namespace Segmentation.Core.Transactions;

/// <summary>The fixed buckets that cleaned rows lie in, and the shards that are groups of them.</summary>
public static class CustomerBuckets
{
    /// <summary>Number of buckets; part of the stored format.</summary>
    public const int Count = 256;

    /// <summary>The bucket of a customer.</summary>
    public static int Of(ReadOnlySpan<byte> customerId) => Of(StableHash.Compute(customerId));

    /// <summary>The bucket of a customer whose id has this <see cref="StableHash" />.</summary>
    public static int Of(ulong hash) => (int)(hash >> 56);

    /// <summary>The shard that a bucket belongs to: shards are groups of neighbours.</summary>
    public static int ShardOf(int bucket, int shards) => bucket * shards / Count;

    /// <summary>The shard of a customer.</summary>
    public static int ShardOf(string customerId, int shards) => ShardOf(Of(StableHash.Compute(customerId)), shards);

    /// <summary>The buckets of a shard.</summary>
    public static IEnumerable<int> OfShard(int shard, int shards) =>
        Enumerable.Range(0, Count).Where(bucket => ShardOf(bucket, shards) == shard);
}
