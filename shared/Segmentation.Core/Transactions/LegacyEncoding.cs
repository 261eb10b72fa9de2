using System.Buffers;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Recognises text that is not UTF-8 but in one of the single-byte encodings that old shop software and spreadsheets write.</summary>
/// <remarks>
/// Only strong evidence counts, since a few damaged bytes are rows to reject, not another encoding: no valid sequence of UTF-8 at all, and
/// either at least eight places that are invalid, or letters in the first line that are.
/// </remarks>
internal static class LegacyEncoding
{
    private const int StrongEvidence = 8;

    /// <summary><c>windows-1251</c> where letters stand in words, <c>windows-1252</c> where they stand between ASCII letters, or null.</summary>
    public static string? Guess(ReadOnlySpan<byte> sample)
    {
        int firstLineEnd = sample.IndexOfAny((byte)'\n', (byte)'\r');
        int invalid = 0;
        int inWords = 0;
        bool inFirstLine = false;
        for (int i = 0; i < sample.Length;)
        {
            int high = sample[i..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0)
            {
                break;
            }

            i += high;
            if (Rune.DecodeFromUtf8(sample[i..], out _, out _) == OperationStatus.Done)
            {
                return null;
            }

            inFirstLine |= firstLineEnd < 0 || i < firstLineEnd;
            int run = sample[i..].IndexOfAnyExceptInRange((byte)0x80, (byte)0xFF);
            run = run < 0 ? sample.Length - i : run;
            invalid++;
            inWords += run > 2 ? 1 : 0;
            i += run;
        }

        if (invalid == 0 || (invalid < StrongEvidence && !(inFirstLine && inWords > 0)))
        {
            return null;
        }

        return inWords * 2 >= invalid ? "windows-1251" : "windows-1252";
    }
}
