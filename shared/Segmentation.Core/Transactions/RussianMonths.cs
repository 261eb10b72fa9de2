using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Reads the Russian names of months, whole or short, in the cases that dates use: <c>1 декабря 2010 г.</c>, <c>01-дек-10</c>.</summary>
internal static class RussianMonths
{
    private const int LongestName = 8;

    private static readonly string[][] Names =
    [
        ["янв", "январь", "января"], ["фев", "февр", "февраль", "февраля"], ["мар", "март", "марта"], ["апр", "апрель", "апреля"],
        ["май", "мая"], ["июн", "июнь", "июня"], ["июл", "июль", "июля"], ["авг", "август", "августа"], ["сен", "сент", "сентябрь", "сентября"],
        ["окт", "октябрь", "октября"], ["ноя", "нояб", "ноябрь", "ноября"], ["дек", "декабрь", "декабря"],
    ];

    private static readonly byte[][] YearWords = [.. new[] { "года", "год", "г.", "г" }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Takes a name of a month off the text.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> text, out int month)
    {
        Span<char> name = stackalloc char[LongestName];
        int letters = 0;
        int length = 0;
        while (letters < LongestName && Rune.DecodeFromUtf8(text[length..], out Rune rune, out int taken) == System.Buffers.OperationStatus.Done && Rune.IsLetter(rune))
        {
            if (!rune.IsBmp)
            {
                break;
            }

            name[letters++] = char.ToLowerInvariant((char)rune.Value);
            length += taken;
        }

        for (month = 1; month <= Names.Length; month++)
        {
            foreach (string known in Names[month - 1])
            {
                if (name[..letters].SequenceEqual(known))
                {
                    text = text[length..];
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Takes the word for a year that may follow one off the text.</summary>
    public static void PassYearWord(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text.TrimStart(" "u8);
        foreach (byte[] word in YearWords)
        {
            if (rest.StartsWith(word))
            {
                text = rest[word.Length..];
                return;
            }
        }
    }
}
