using System.Text;
using Segmentation.Numerics;

namespace Segmentation.Storage.Files.Tests;

public sealed class Utf16OrderTests
{
    [Fact]
    public void Texts_sort_in_utf8_as_strings_do()
    {
        const ulong seed = 71;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 50_000; i++)
        {
            string left = RandomIds.Next(random);
            string right = random.NextInt32(4) == 0 ? left + RandomIds.Next(random) : RandomIds.Next(random);
            int expected = Math.Sign(string.CompareOrdinal(left, right));
            Assert.True(expected == Compare(left, right), $"Seed {seed}, case {i}: '{left}' and '{right}'");
            Assert.Equal(-expected, Compare(right, left));
        }
    }

    [Fact]
    public void Every_character_sorts_against_those_at_the_borders_as_in_strings()
    {
        string[] borders = ["\0", "\u007F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uEFFF", "\uF000", "\uFFFF", "\U00010000", "\U0003FFFF", "\U00040000", "\U0010FFFF"];
        for (int code = 0; code <= 0x10FFFF; code += code < 0x11000 ? 1 : 61)
        {
            if (Rune.IsValid(code))
            {
                string text = new Rune(code).ToString();
                Assert.All(borders, border => Assert.Equal(Math.Sign(string.CompareOrdinal(text, border)), Compare(text, border)));
            }
        }
    }

    [Fact]
    public void Comparing_allocates_nothing()
    {
        byte[] left = Encoding.UTF8.GetBytes("customer-😀-1");
        byte[] right = Encoding.UTF8.GetBytes("customer-\uFFFD-1");
        Assert.True(Utf16Order.Compare(left, right) < 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int sum = 0;
        for (int i = 0; i < 1_000; i++)
        {
            sum += Utf16Order.Compare(left, right);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum < 0);
    }

    private static int Compare(string left, string right) =>
        Math.Sign(Utf16Order.Compare(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right)));
}
