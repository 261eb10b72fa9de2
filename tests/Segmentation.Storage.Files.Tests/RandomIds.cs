using Segmentation.Numerics;

namespace Segmentation.Storage.Files.Tests;

/// <summary>Ids of few letters from every range in which UTF-8 and UTF-16 sort alike or differ, so that many share a beginning.</summary>
internal static class RandomIds
{
    private static readonly string[] Letters =
    [
        "a", "b", "0", "\0", "\u007F", "\u0080", "é", "\u07FF", "\u0800", "ы", "客", "\uD7FF", "\uE000", "\uE001", "\uF8FF", "\uFFFD", "\uFFFE", "\uFFFF",
        "\U00010000", "😀", "𝔸", "\U0010FFFF",
    ];

    public static string Next(Xoshiro256StarStar random, int longest = 5) =>
        string.Concat(Enumerable.Range(0, random.NextInt32(longest + 1)).Select(_ => Letters[random.NextInt32(Letters.Length)]));
}
