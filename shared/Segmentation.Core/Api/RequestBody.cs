using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;

namespace Segmentation.Core.Api;

/// <summary>Reads the JSON of a request within limits of size and depth.</summary>
internal static class RequestBody
{
    private const int MostDepth = 16;
    private const int FirstBuffer = 16 << 10;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MostDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a body.</summary>
    /// <returns>The document, which is to be disposed of; or the problem.</returns>
    public static async Task<(JsonDocument? Document, ApiProblem? Problem)> ReadAsync(
        ApiRequest request, int mostBytes, CancellationToken cancellationToken)
    {
        if (!IsJson(request.ContentType))
        {
            return (null, ApiProblem.WrongContentType(request.ContentType));
        }

        if (request.ContentLength > mostBytes)
        {
            return (null, ApiProblem.TooLarge(request.ContentLength, mostBytes));
        }

        ReadOnlyMemory<byte>? bytes;
        try
        {
            bytes = await ReadBytesAsync(request.Body, mostBytes, cancellationToken);
        }
        catch (IOException)
        {
            // The caller went away or broke off; that says nothing about the storage.
            return (null, ApiProblem.UnreadBody());
        }

        return bytes is { } whole ? Parse(whole) : (null, ApiProblem.TooLarge(null, mostBytes));
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, ApiRoute.Json, StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes; null where there are more than allowed.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(Stream body, int mostBytes, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Math.Min(FirstBuffer, mostBytes + 1)];
        int length = 0;
        while (true)
        {
            int read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (length > mostBytes)
            {
                return null;
            }

            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * length, mostBytes + 1L));
            }
        }
    }

    private static (JsonDocument? Document, ApiProblem? Problem) Parse(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        bytes = bytes.Span.StartsWith(mark) ? bytes[mark.Length..] : bytes;
        if (!Utf8.IsValid(bytes.Span))
        {
            return (null, ApiProblem.MalformedJson("The body holds bytes that are no UTF-8; JSON is sent in UTF-8."));
        }

        if (bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return (null, ApiProblem.MalformedJson("The body is empty; a JSON object is expected."));
        }

        try
        {
            return (JsonDocument.Parse(bytes, Strict), null);
        }
        catch (JsonException malformed)
        {
            string reason = malformed.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
            string place = malformed.LineNumber is null
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture, $"Line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}: ");
            return (null, ApiProblem.MalformedJson($"{place}{reason}. JSON with at most {MostDepth} levels is expected."));
        }
        catch (InvalidOperationException unreadable)
        {
            // The reader says so of a name with half a surrogate pair.
            return (null, ApiProblem.MalformedJson($"{unreadable.Message.TrimEnd('.')}."));
        }
    }
}
