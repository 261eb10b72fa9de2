using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>Where rows lie is part of what is stored: these numbers never change.</summary>
public sealed class BucketTests
{
    [Theory]
    [InlineData("", 0x0000000000000000)]
    [InlineData("1", 0x6C569783CF50E00B)]
    [InlineData("12345678", 0x8E36DB43E1F5FAEA)]
    [InlineData("17850", 0x3A4B61C7FE8DBE78)]
    [InlineData("a customer of more than eight bytes", 0x9025635F943916B0)]
    [InlineData("клиент", 0x7A1F204932F74333)]
    public void The_hash_of_a_text_is_the_same_in_every_version(string text, ulong hash)
    {
        Assert.Equal(hash.ToString("X16", null), StableHash.Compute(text).ToString("X16", null));
        Assert.Equal(StableHash.Compute(text), StableHash.Compute(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Texts_that_differ_only_in_zeros_at_the_end_hash_apart() =>
        Assert.Equal(20, Enumerable.Range(0, 20).Select(length => StableHash.Compute(new byte[length])).Distinct().Count());

    [Fact]
    public void The_high_bits_of_the_hash_are_the_bucket()
    {
        Assert.Equal(0, CustomerBuckets.Of(0x00FFFFFFFFFFFFFF));
        Assert.Equal(255, CustomerBuckets.Of(0xFF00000000000000));
        Assert.Equal(CustomerBuckets.Of(StableHash.Compute("17850")), CustomerBuckets.Of("17850"u8));
    }

    [Fact]
    public void Customers_spread_evenly()
    {
        int[] sizes = new int[CustomerBuckets.Count];
        for (int i = 0; i < 256_000; i++)
        {
            sizes[CustomerBuckets.Of(StableHash.Compute($"{10_000 + i}"))]++;
        }

        Assert.InRange(sizes.Min(), 850, 1_000);
        Assert.InRange(sizes.Max(), 1_000, 1_150);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(255)]
    [InlineData(256)]
    public void Every_bucket_is_in_one_shard_and_shards_are_nearly_equal(int shards)
    {
        int[][] groups = [.. Enumerable.Range(0, shards).Select(shard => CustomerBuckets.OfShard(shard, shards).ToArray())];
        Assert.Equal(Enumerable.Range(0, CustomerBuckets.Count), groups.SelectMany(buckets => buckets));
        Assert.InRange(groups.Max(group => group.Length) - groups.Min(group => group.Length), 0, 1);
        Assert.Contains(CustomerBuckets.Of("17850"u8), groups[CustomerBuckets.ShardOf("17850", shards)]);
    }
}
