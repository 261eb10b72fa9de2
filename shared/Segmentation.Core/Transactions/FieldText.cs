using System.Buffers;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>What makes two written texts the same: trimming of Unicode white space and the composed form NFC.</summary>
internal static class FieldText
{
    private const int QuotedCharacters = 60;
    private const char Noncharacter = '\uFFFE';

    private static readonly byte[][] MissingIds = ["nan"u8.ToArray(), "NULL"u8.ToArray(), "N/A"u8.ToArray()];

    /// <summary>The lead bytes of what may compose; no continuation is among them.</summary>
    private static readonly SearchValues<byte> FarLeads = SearchValues.Create(
        [.. Enumerable.Range(0xCC, 0x100 - 0xCC).Where(static lead => lead is not (0xD0 or 0xD1)).Select(static lead => (byte)lead)]);

    private static ReadOnlySpan<byte> NoncharacterBytes => [0xEF, 0xBF, 0xBE];

    /// <summary>The text without white space at its ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (IsInk(text[0]) && (IsInk(text[^1]) || EndsInCyrillic(text))))
        {
            return text;
        }

        while (Rune.DecodeFromUtf8(text, out Rune first, out int length) == OperationStatus.Done && Rune.IsWhiteSpace(first))
        {
            text = text[length..];
        }

        while (Rune.DecodeLastFromUtf8(text, out Rune last, out int length) == OperationStatus.Done && Rune.IsWhiteSpace(last))
        {
            text = text[..^length];
        }

        return text;
    }

    /// <summary>Whether the text is in the composed form for certain, by a look at its lead bytes; false may still be composed.</summary>
    /// <remarks>Below U+0300 and in U+0400…U+047F nothing composes with anything of the same ranges.</remarks>
    public static bool IsSurelyComposed(ReadOnlySpan<byte> text) => !text.ContainsAny(FarLeads);

    /// <summary>Whether UTF-8 holds U+FFFE: valid UTF-8, yet no character, and the one code point that .NET refuses to compose.</summary>
    public static bool HasNoncharacter(ReadOnlySpan<byte> text) => text.IndexOf(NoncharacterBytes) >= 0;

    /// <summary>The composed form of UTF-8, allocated; what is no character becomes U+FFFD.</summary>
    public static byte[] Compose(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(Compose(Encoding.UTF8.GetString(text)));

    /// <summary>The composed form of any string; what is no character (U+FFFE, a lone surrogate) becomes U+FFFD.</summary>
    public static string Compose(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text.Replace(Noncharacter, '\uFFFD').Normalize(NormalizationForm.FormC);
    }

    /// <summary>The id without the fraction of zeros that a spreadsheet or data frame adds to whole numbers: <c>17850.0</c> is <c>17850</c>.</summary>
    /// <param name="id">The id, trimmed.</param>
    /// <param name="decimalSeparator">The file's: where it is a comma, <c>17850,0</c> is such a number too.</param>
    public static ReadOnlySpan<byte> WithoutZeroFraction(ReadOnlySpan<byte> id, byte decimalSeparator = (byte)'.')
    {
        if (id.IsEmpty || id[^1] != (byte)'0')
        {
            return id;
        }

        int end = id.Length - 1;
        while (end > 0 && id[end] == (byte)'0')
        {
            end--;
        }

        bool isSeparator = id[end] == (byte)'.' || id[end] == decimalSeparator;
        bool whole = end > 0 && isSeparator && !id[..end].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return whole ? id[..end] : id;
    }

    /// <summary>Whether a trimmed id stands for no customer: nothing, <c>nan</c>, <c>NULL</c> or <c>N/A</c> in any case.</summary>
    public static bool IsMissingId(ReadOnlySpan<byte> id)
    {
        if (id.Length > 4)
        {
            return false;
        }

        if (id.IsEmpty)
        {
            return true;
        }

        foreach (byte[] missing in MissingIds)
        {
            if (Ascii.EqualsIgnoreCase(id, missing))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text in quotes for a message: cut when long, control characters and U+FFFE shown as U+FFFD.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        string decoded = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * QuotedCharacters)]);
        bool cut = decoded.Length > QuotedCharacters;
        if (cut)
        {
            decoded = decoded[..(char.IsHighSurrogate(decoded[QuotedCharacters - 1]) ? QuotedCharacters - 1 : QuotedCharacters)];
        }

        return $"'{string.Concat(decoded.Select(static c => char.IsControl(c) || c == Noncharacter ? '\uFFFD' : c))}{(cut ? "…" : "")}'";
    }

    /// <summary>The letters and digits of a name in lower case, composed, with ё as е: how names of columns and words of statuses are compared.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (char c in Compose(name))
        {
            if (char.IsLetterOrDigit(c))
            {
                char lower = char.ToLowerInvariant(c);
                key.Append(lower == 'ё' ? 'е' : lower);
            }
        }

        return key.ToString();
    }

    /// <summary>ASCII that is no white space, or the lead of a Cyrillic letter: whatever follows it, nothing is to be trimmed before it.</summary>
    private static bool IsInk(byte b) => b is (> 0x20 and < 0x7F) or 0xD0 or 0xD1;

    private static bool EndsInCyrillic(ReadOnlySpan<byte> text) => text.Length > 1 && text[^1] >= 0x80 && text[^2] is 0xD0 or 0xD1;
}
