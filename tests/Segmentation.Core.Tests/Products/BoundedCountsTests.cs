using Segmentation.Core.Products;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Products;

public sealed class BoundedCountsTests
{
    [Fact]
    public void Counts_that_fit_are_exact()
    {
        var counts = new BoundedCounts<string>(2, StableHash.Compute);
        counts.Add("a", 1);
        counts.Add("b", 2);
        counts.Add("a", 3);
        counts.Trim();
        Assert.Equal([("a", 4L), ("b", 2L)], counts.Counts.Select(one => (one.Key, one.Value)).Order());
        Assert.False(counts.IsSample);
    }

    [Fact]
    public void Counts_of_parts_merge_in_any_order_to_those_of_the_whole()
    {
        const ulong seed = 71;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 200; i++)
        {
            int limit = 1 + random.NextInt32(10);
            string[] values = [.. Enumerable.Range(0, random.NextInt32(100)).Select(_ => $"v{random.NextInt32(30)}")];
            var whole = new BoundedCounts<string>(limit, StableHash.Compute);
            Array.ForEach(values, value => whole.Add(value, 1));
            whole.Trim();

            BoundedCounts<string>[] parts = [.. Enumerable.Range(0, 1 + random.NextInt32(5)).Select(_ => new BoundedCounts<string>(limit, StableHash.Compute))];
            Array.ForEach(values, value => parts[random.NextInt32(parts.Length)].Add(value, 1));
            var merged = new BoundedCounts<string>(limit, StableHash.Compute);
            foreach (BoundedCounts<string> part in parts.OrderBy(_ => random.NextUInt64()))
            {
                part.Trim();
                merged.Add(part);
            }

            merged.Trim();
            Assert.Equal(whole.Counts.Order(Comparer), merged.Counts.Order(Comparer));
            Assert.Equal(whole.IsSample, merged.IsSample);
        }
    }

    private static Comparer<KeyValuePair<string, long>> Comparer { get; } =
        Comparer<KeyValuePair<string, long>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));
}
