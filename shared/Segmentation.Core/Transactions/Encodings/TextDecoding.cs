using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Encodings of text: by byte order mark, by name, by the NUL bytes of wide characters; and text as UTF-8.</summary>
internal static class TextDecoding
{
    private const int LeastWide = 16;
    private const int WideShare = 5;

    static TextDecoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of a byte order mark and the mark's length, or null and zero.</summary>
    public static (Encoding? Encoding, int Length) Marked(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return (Encoding.UTF8, 3);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return (Encoding.Unicode, 2);
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? (Encoding.BigEndianUnicode, 2) : (null, 0);
    }

    /// <summary>The encoding that <c>import.encoding</c> names, or null.</summary>
    /// <exception cref="UnusableUploadException">It is not known.</exception>
    public static Encoding? Declared(string? name)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            throw new UnusableUploadException(
                $"import.encoding '{name}' is not known; expected a name like 'utf-8', 'windows-1251' or 'utf-16'.",
                advice: "Correct import.encoding, or leave it out to have the encoding detected.");
        }
    }

    /// <summary>UTF-16 without a byte order mark, told by where its NUL bytes stand: digits and delimiters have one each; else null.</summary>
    public static Encoding? Wide(ReadOnlySpan<byte> head)
    {
        int pairs = head.Length / 2;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < pairs * 2; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        if (pairs < LeastWide)
        {
            return null;
        }

        return odd * WideShare > pairs && even == 0 ? Encoding.Unicode
            : even * WideShare > pairs && odd == 0 ? Encoding.BigEndianUnicode
            : null;
    }

    /// <summary>
    /// The text as UTF-8. What cannot be decoded arrives as U+FFFE, which no readable field holds; text that is UTF-8 passes as it is.
    /// </summary>
    public static Stream Decode(Stream bytes, Encoding encoding)
    {
        if (encoding is UTF8Encoding || encoding.CodePage == Encoding.ASCII.CodePage)
        {
            return bytes;
        }

        if (SingleByteText.Reads(encoding))
        {
            return new SingleByteText(bytes, encoding);
        }

        // A replacement by NUL would vanish: decoders take it for the end of the replacement.
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = new DecoderReplacementFallback("\uFFFE");
        return Encoding.CreateTranscodingStream(bytes, strict, new UTF8Encoding(false));
    }
}
