namespace Segmentation.Numerics.Tests;

public class Xoshiro256StarStarTests
{
    [Fact]
    public void From_the_state_1_2_3_4_come_the_published_outputs()
    {
        // The vector of the rand_xoshiro crate, computed with the reference code in C.
        var generator = new Xoshiro256StarStar((1, 2, 3, 4));
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832,
        ];
        Assert.Equal(expected, expected.Select(_ => generator.NextUInt64()));
    }

    [Fact]
    public void A_seed_gives_the_sequence_of_a_straightforward_reimplementation()
    {
        ulong mix = 0;
        ulong Next()
        {
            mix = unchecked(mix + 0x9E3779B97F4A7C15);
            ulong z = mix;
            z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            return z ^ (z >> 31);
        }

        mix = Next() ^ 7;
        mix = Next() ^ 42;
        ulong[] s = [Next(), Next(), Next(), Next()];
        var generator = new Xoshiro256StarStar(7, 42);
        for (int i = 0; i < 1000; i++)
        {
            ulong product = unchecked(s[1] * 5);
            ulong expected = unchecked(((product << 7) | (product >> 57)) * 9);
            ulong t = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= t;
            s[3] = (s[3] << 45) | (s[3] >> 19);
            Assert.Equal(expected, generator.NextUInt64());
        }
    }

    [Fact]
    public void Parts_of_a_seed_matter_by_their_order_and_number()
    {
        ulong[] first = [.. new ulong[][] { [1, 2], [2, 1], [1], [1, 2, 0], [0, 1, 2] }.Select(seed => new Xoshiro256StarStar(seed).NextUInt64())];
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void Integers_are_in_range_and_equally_frequent()
    {
        var generator = new Xoshiro256StarStar(3);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[generator.NextInt32(7)]++;
        }

        // Five standard deviations of a count are 463.
        Assert.All(counts, count => Assert.InRange(count, 9_537, 10_463));
    }
}
