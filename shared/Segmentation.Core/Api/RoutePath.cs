using System.Text;

namespace Segmentation.Core.Api;

/// <summary>The segments of a path, each percent-decoded once: <c>%2F</c> is a slash inside a segment, and never cuts one.</summary>
internal static class RoutePath
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a path.</summary>
    /// <param name="path">As sent; begins with a slash.</param>
    /// <param name="segments">The decoded segments behind the first slash.</param>
    /// <returns>What is wrong with the path, or null.</returns>
    public static string? TryRead(string path, out string[] segments)
    {
        segments = [];
        if (!path.StartsWith('/'))
        {
            return "The path does not begin with a slash.";
        }

        string[] parts = path[1..].Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            if (TryDecode(parts[i]) is not { } decoded)
            {
                return $"Segment {i + 1} of the path is no percent-encoded UTF-8: "
                    + "each % is followed by two hexadecimal digits, and the bytes are valid UTF-8.";
            }

            parts[i] = decoded;
        }

        segments = parts;
        return null;
    }

    /// <summary>Decodes one segment once; null where it is malformed.</summary>
    private static string? TryDecode(string segment)
    {
        try
        {
            // Letters that came unescaped stand for themselves.
            byte[] sent = Strict.GetBytes(segment);
            int length = 0;
            for (int i = 0; i < sent.Length; i++)
            {
                byte letter = sent[i];
                if (letter == (byte)'%')
                {
                    if (i + 2 >= sent.Length || !char.IsAsciiHexDigit((char)sent[i + 1]) || !char.IsAsciiHexDigit((char)sent[i + 2]))
                    {
                        return null;
                    }

                    letter = (byte)((Hex(sent[i + 1]) << 4) | Hex(sent[i + 2]));
                    i += 2;
                }

                sent[length++] = letter;
            }

            return Strict.GetString(sent, 0, length);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8.
            return null;
        }
    }

    private static int Hex(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
