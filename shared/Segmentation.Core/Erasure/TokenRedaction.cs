using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>Overwrites ids of erased customers by <c>x</c> in text whose structure is not known, keeping every length.</summary>
/// <remarks>
/// An id is found as a whole field between commas, semicolons, tabs, bars, quotes or line ends, and as up to eight runs of letters and
/// digits with what stands between them. Text that cannot be UTF-8 is also tried as windows-1251 and windows-1252. Costs up to eight
/// keyed hashes a word, so it is for files that are small or rare. Not thread-safe.
/// </remarks>
internal sealed partial class TokenRedaction(IErasedSet erased)
{
    private const int MostRuns = 8;
    private const int LongestToken = 512;
    private const int BufferBytes = 256 << 10;
    private const byte Cover = (byte)'x';

    private static readonly Encoding[] Legacy =
        [CodePagesEncodingProvider.Instance.GetEncoding(1251)!, CodePagesEncodingProvider.Instance.GetEncoding(1252)!];

    // Bytes that are letters or digits in one of them.
    private static readonly bool[] LegacyWords =
        [.. Enumerable.Range(0, 256).Select(value => Legacy.Any(encoding => char.IsLetterOrDigit(encoding.GetString([(byte)value])[0])))];

    private readonly ErasedCheck _erased = new(erased);
    private readonly List<Range> _runs = [];
    private bool _found;

    /// <summary>Whether a blob holds an id.</summary>
    public async Task<bool> IsNeededAsync(IBlobContainer container, string name, CancellationToken cancellationToken)
    {
        _found = false;
        await StoredBytes.RewriteAsync(container, name, Stream.Null, WriteAsync, cancellationToken);
        return _found;
    }

    /// <summary>The text with every id overwritten.</summary>
    public string Redact(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Redact(bytes) ? Encoding.UTF8.GetString(bytes) : text;
    }

    /// <summary>
    /// Writes a text with every id overwritten, in the encoding of its byte order mark. Bytes behind a damage of their compression are lost.
    /// </summary>
    public Task WriteAsync(Stream bytes, Stream into, CancellationToken cancellationToken) => WriteAsync(bytes, into, MostDepth, cancellationToken);

    private async Task WriteAsync(Stream bytes, Stream into, int depth, CancellationToken cancellationToken)
    {
        byte[] head = new byte[2];
        int length = await ReadAsync(bytes, head, cancellationToken);
        length += length == 1 ? await ReadAsync(bytes, head.AsMemory(1), cancellationToken) : 0;
        Array.Resize(ref head, length);
        if (await WritePackedAsync(head, bytes, into, depth, cancellationToken) is not { } whole)
        {
            return;
        }

        Encoding? wide = head switch
        {
            [0xFF, 0xFE] => Encoding.Unicode,
            [0xFE, 0xFF] => Encoding.BigEndianUnicode,
            _ => null,
        };
        if (wide is null)
        {
            await WriteNarrowAsync(whole, into, cancellationToken);
            return;
        }

        // The mark passes through as the character that it is.
        var plain = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        await using Stream decoded = Encoding.CreateTranscodingStream(whole, wide, plain, leaveOpen: true);
        await using Stream encoded = Encoding.CreateTranscodingStream(into, wide, plain, leaveOpen: true);
        await WriteNarrowAsync(decoded, encoded, cancellationToken);
    }

    private async Task WriteNarrowAsync(Stream bytes, Stream into, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        int filled = 0;
        while (true)
        {
            int read = await ReadAsync(bytes, buffer.AsMemory(filled), cancellationToken);
            filled += read;
            int end = read == 0 ? filled : EndOfLines(buffer.AsSpan(0, filled));
            _found |= RedactLines(buffer.AsSpan(0, end));
            await into.WriteAsync(buffer.AsMemory(0, end), cancellationToken);
            buffer.AsSpan(end, filled - end).CopyTo(buffer);
            filled -= end;
            if (read == 0)
            {
                return;
            }
        }
    }

    private static async Task<int> ReadAsync(Stream bytes, Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await bytes.ReadAsync(into, cancellationToken);
        }
        catch (InvalidDataException)
        {
            // The compressed bytes are damaged here: what follows cannot be searched, so it is not kept.
            return 0;
        }
    }

    // A line that is longer than the buffer is cut between words.
    private static int EndOfLines(ReadOnlySpan<byte> text)
    {
        int end = text.LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        if (end > 0 || text.Length < BufferBytes)
        {
            return end;
        }

        end = text.Length - LongestToken;
        while (end > 0 && (text[end - 1] >= 0x80 || char.IsAsciiLetterOrDigit((char)text[end - 1])))
        {
            end--;
        }

        return end > 0 ? end : text.Length;
    }

    private bool RedactLines(Span<byte> text)
    {
        bool any = false;
        while (!text.IsEmpty)
        {
            int length = text.IndexOfAny((byte)'\n', (byte)'\r');
            any |= Redact(length < 0 ? text : text[..length]);
            text = length < 0 ? default : text[(length + 1)..];
        }

        return any;
    }

    private bool Redact(Span<byte> line)
    {
        bool any = false;
        foreach (Range field in ((ReadOnlySpan<byte>)line).SplitAny(",;\t|\""u8))
        {
            Span<byte> text = line[field];
            if (text.Length <= LongestToken && IsErased(text))
            {
                Overwrite(text);
                any = true;
            }
        }

        FindRuns(line);
        for (int first = 0; first < _runs.Count; first++)
        {
            for (int last = first; last < Math.Min(first + MostRuns, _runs.Count); last++)
            {
                Span<byte> token = line[_runs[first].Start.._runs[last].End];
                if (token.Length > LongestToken)
                {
                    break;
                }

                if (IsErased(token))
                {
                    Overwrite(token);
                    any = true;
                }
            }
        }

        return any;
    }

    private static void Overwrite(Span<byte> token)
    {
        ReadOnlySpan<byte> ink = FieldText.Trim(token);
        int start = token.IndexOf(ink);
        token.Slice(start, ink.Length).Fill(Cover);
    }

    private void FindRuns(ReadOnlySpan<byte> line)
    {
        _runs.Clear();
        bool isText = Utf8.IsValid(line);
        int start = -1;
        for (int position = 0; position < line.Length;)
        {
            bool isWord = IsWord(line[position..], isText, out int length);
            if (isWord && start < 0)
            {
                start = position;
            }
            else if (!isWord && start >= 0)
            {
                _runs.Add(start..position);
                start = -1;
            }

            position += length;
        }

        if (start >= 0)
        {
            _runs.Add(start..line.Length);
        }
    }

    // Letters, digits and the marks that belong to them; № and … and quotes stand beside an id, not in it.
    private static bool IsWord(ReadOnlySpan<byte> text, bool isText, out int length)
    {
        length = 1;
        if (text[0] < 0x80)
        {
            return char.IsAsciiLetterOrDigit((char)text[0]);
        }

        if (!isText)
        {
            return LegacyWords[text[0]];
        }

        Rune.DecodeFromUtf8(text, out Rune rune, out length);
        return Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }

    private bool IsErased(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return _erased.ContainsWritten(text);
        }

        foreach (Encoding encoding in Legacy)
        {
            if (_erased.ContainsWritten(Encoding.UTF8.GetBytes(encoding.GetString(text))))
            {
                return true;
            }
        }

        return false;
    }
}
