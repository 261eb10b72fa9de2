using System.Buffers;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>What a text's bytes say about its encoding.</summary>
/// <param name="Name">The web name.</param>
/// <param name="Confidence">How sure that is.</param>
internal sealed record EncodingVerdict(string Name, Confidence Confidence);

/// <summary>Gathers what the bytes above 127 say about the encoding of a text that has no byte order mark.</summary>
/// <remarks>
/// UTF-8 has a form that other encodings hit by accident only. Among single-byte code pages many bytes are letters in two of them, so they
/// are told apart by letters in context: how common the letters are, capitals within words, scripts mixed within a word, signs where
/// letters should be. All scores are integers, so that every machine decides alike. Not thread-safe.
/// </remarks>
internal sealed class EncodingEvidence
{
    private const int MostWords = 50_000;
    private const int LongestWord = 64;
    private const int EnoughWords = 256;
    private const int LeastInvalid = 4;
    private const int MostAccidents = 2;

    /// <summary>The code pages that are looked for; of two that fit equally the earlier one wins.</summary>
    private static readonly string[] Names = ["windows-1251", "windows-1252", "cp866", "koi8-r"];

    private static readonly CodePageLetters[] Pages = [.. Names.Select(static name => new CodePageLetters(name))];

    private readonly long[] _scores = new long[Pages.Length];
    private readonly byte[] _rest = new byte[4];
    private int _restLength;
    private byte _previous;
    private long _valid;
    private int _pending;
    private bool _afterInvalid;
    private long _invalid;
    private long _high;
    private long _words;
    private bool _undefinedIn1252;

    /// <summary>Whether every byte so far was ASCII: then the encoding does not matter.</summary>
    public bool IsEmpty => _high == 0;

    /// <summary>Whether more text would not change the verdict.</summary>
    public bool IsEnough => _words >= EnoughWords;

    /// <summary>Looks at the next bytes of the text.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length;)
        {
            int high = bytes[i..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0)
            {
                break;
            }

            i += high;
            int start = i;
            while (start > 0 && IsWord(bytes[start - 1]))
            {
                start--;
            }

            int end = i;
            while (end < bytes.Length && IsWord(bytes[end]))
            {
                end++;
            }

            if (_words < MostWords)
            {
                Look(bytes[start..end], start > 0 ? bytes[start - 1] : _previous, end < bytes.Length ? bytes[end] : (byte)'\n');
            }

            i = end;
        }

        Count(bytes);
        _previous = bytes.IsEmpty ? _previous : bytes[^1];
    }

    /// <summary>The encoding that the bytes speak for.</summary>
    public EncodingVerdict Decide()
    {
        EndRun();
        if (_invalid == 0)
        {
            return new EncodingVerdict("utf-8", Confidence.Certain);
        }

        int best = 0;
        for (int i = 1; i < Pages.Length; i++)
        {
            best = _scores[i] > _scores[best] ? i : best;
        }

        // A few bytes that fit nowhere are damage: rows to reject, not another encoding. By accident a seventh of the letters of cp866 look
        // like UTF-8, and hardly any of other code pages.
        // Where not one of them is UTF-8, the text cannot be: names of few rare letters may read badly in their own code page too.
        bool isDamaged = _valid > 0 && (_scores[best] < 0 || _invalid < LeastInvalid || _invalid < MostAccidents * _valid);
        if (isDamaged)
        {
            return new EncodingVerdict("utf-8", _valid > _invalid ? Confidence.Likely : Confidence.Guess);
        }

        long second = _scores.Where((_, i) => i != best).Max();
        string name = Names[best] == "windows-1252" && _undefinedIn1252 ? "iso-8859-1" : Names[best];
        return new EncodingVerdict(name, _scores[best] >= 0 && _scores[best] - second >= _high && _words >= 8 ? Confidence.Likely : Confidence.Guess);
    }

    private static bool IsWord(byte value) => value >= 0x80 || char.IsAsciiLetter((char)value);

    private void Look(ReadOnlySpan<byte> word, byte before, byte after)
    {
        _words++;
        word = word[..Math.Min(word.Length, LongestWord)];
        foreach (byte value in word)
        {
            _high += value >= 0x80 ? 1 : 0;
            _undefinedIn1252 |= value is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D;
        }

        for (int i = 0; i < Pages.Length; i++)
        {
            _scores[i] += WordScore.Of(Pages[i], word, before, after);
        }
    }

    /// <summary>Counts sequences that are UTF-8 and places that are not, also where one is cut by the end of a block.</summary>
    private void Count(ReadOnlySpan<byte> bytes)
    {
        while (_restLength > 0 && !bytes.IsEmpty)
        {
            _rest[_restLength++] = bytes[0];
            bytes = bytes[1..];
            OperationStatus status = Rune.DecodeFromUtf8(_rest.AsSpan(0, _restLength), out _, out int taken);
            if (status == OperationStatus.NeedMoreData)
            {
                continue;
            }

            // What follows a broken sequence is looked at again only from this block on: a place more or less does not matter.
            Count(status == OperationStatus.Done, taken > 1);
            _restLength = 0;
        }

        while (!bytes.IsEmpty)
        {
            int high = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high != 0)
            {
                EndRun();
            }

            if (high < 0)
            {
                return;
            }

            bytes = bytes[high..];
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out _, out int taken);
            if (status == OperationStatus.NeedMoreData)
            {
                bytes.CopyTo(_rest);
                _restLength = bytes.Length;
                return;
            }

            Count(status == OperationStatus.Done, isLong: true);
            bytes = bytes[taken..];
        }
    }

    /// <summary>Counts a place; a sequence that touches one that is broken speaks for nothing: within words of cp866 they are accidents.</summary>
    private void Count(bool isValid, bool isLong)
    {
        if (isValid)
        {
            _valid += _pending;
            _pending = isLong && !_afterInvalid ? 1 : 0;
        }
        else
        {
            _pending = 0;
            _invalid++;
        }

        _afterInvalid = !isValid;
    }

    private void EndRun()
    {
        _valid += _pending;
        _pending = 0;
        _afterInvalid = false;
    }
}
