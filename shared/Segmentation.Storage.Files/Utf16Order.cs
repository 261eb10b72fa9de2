namespace Segmentation.Storage.Files;

/// <summary>Compares texts in UTF-8 as <see cref="string.CompareOrdinal(string, string)" /> compares them as strings.</summary>
/// <remarks>
/// Bytes of UTF-8 sort by code point, strings by UTF-16 unit. The two differ for one pair of ranges: a code point above U+FFFF is written
/// in strings as surrogates (from U+D800), so that it sorts before U+E000…U+FFFF. Only the first bytes of characters can tell
/// the ranges apart, and the first difference of two texts is in a first byte wherever the ranges differ: U+E000…U+FFFF begin with
/// EE or EF, the code points above with F0…F4.
/// </remarks>
internal static class Utf16Order
{
    /// <summary>Negative, zero or positive as the left text sorts before, with or after the right. Allocates nothing.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length ? left.Length - right.Length : Rank(left[same]) - Rank(right[same]);
    }

    private static int Rank(byte first) => first is 0xEE or 0xEF ? first + 0x10 : first;
}
