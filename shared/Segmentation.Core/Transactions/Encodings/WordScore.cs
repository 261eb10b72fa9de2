namespace Segmentation.Core.Transactions;

/// <summary>How well a word with bytes above 127 reads in a code page: above zero like a word, below zero like none.</summary>
internal static class WordScore
{
    private const int Nonsense = -12;
    private const int Misplaced = -6;
    private const int MixedScripts = -8;
    private const int Fitting = 3;

    /// <summary>The score of a word.</summary>
    /// <param name="page">The code page.</param>
    /// <param name="word">Letters a–z and bytes above 127 that stand together.</param>
    /// <param name="before">The byte before it.</param>
    /// <param name="after">The byte after it.</param>
    public static int Of(CodePageLetters page, ReadOnlySpan<byte> word, byte before, byte after)
    {
        int score = 0;
        for (int i = 0; i < word.Length; i++)
        {
            byte left = i > 0 ? word[i - 1] : before;
            byte right = i + 1 < word.Length ? word[i + 1] : after;
            if (word[i] >= 0x80)
            {
                score += Of(page, word, i, left, right);
            }

            // A capital after a small letter, or a small letter after two letters of which the last is a capital: no word is written so.
            bool drops = i > 0 && page.IsUpper(word[i]) && IsSmall(page, left);
            bool rises = i > 1 && IsSmall(page, word[i]) && page.IsUpper(left) && IsLetter(page.Role(word[i - 2]));
            score += drops || rises ? Misplaced : 0;
        }

        return score;
    }

    private static int Of(CodePageLetters page, ReadOnlySpan<byte> word, int place, byte left, byte right)
    {
        byte value = word[place];
        ByteRole before = page.Role(left);
        ByteRole after = page.Role(right);
        switch (page.Role(value))
        {
            case ByteRole.Russian when before == ByteRole.AsciiLetter || after == ByteRole.AsciiLetter:
                return MixedScripts;
            case ByteRole.Russian when word.Length == 1:
                return before == ByteRole.Digit || after == ByteRole.Digit ? Misplaced : page.Weight(value) >= 4 ? 1 : Misplaced / 2;
            case ByteRole.Russian:
                return page.Weight(value) - (page.IsUpper(value) && place > 0 ? 1 : 0);
            case ByteRole.Accented when before == ByteRole.AsciiLetter || after == ByteRole.AsciiLetter:
                return Fitting;
            case ByteRole.Accented when word.Length == 1:
                return before == ByteRole.Digit || after == ByteRole.Digit ? Misplaced / 2 : 0;
            case ByteRole.Accented:
                return Misplaced / 2;
            case ByteRole.Sign when IsLetter(before) && IsLetter(after):
                return Misplaced;
            case ByteRole.Sign:
                return before == ByteRole.Digit || after == ByteRole.Digit ? Fitting : 0;
            default:
                return Nonsense;
        }
    }

    private static bool IsLetter(ByteRole role) => role is ByteRole.AsciiLetter or ByteRole.Russian or ByteRole.Accented;

    private static bool IsSmall(CodePageLetters page, byte value) => IsLetter(page.Role(value)) && !page.IsUpper(value);
}
