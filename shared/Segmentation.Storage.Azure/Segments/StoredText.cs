using System.Globalization;
using System.Text;
using Segmentation.Storage.Azure.Tables;

namespace Segmentation.Storage.Azure.Segments;

/// <summary>Text of any length and any characters in the properties of a row.</summary>
/// <remarks>
/// One string property where the service surely gives it back as it was; otherwise its UTF-8 in binary properties <c>NAME0</c>, <c>NAME1</c>, …
/// </remarks>
internal static class StoredText
{
    // The service allows 32,768 UTF-16 units; binary is no longer from here on.
    private const int MostCharacters = 8 << 10;
    private const int ChunkLength = 64 << 10;
    private const int MostChunks = 14;

    /// <summary>Longest text in bytes of UTF-8: a row takes up to 1 MiB.</summary>
    public const int MostBytes = ChunkLength * MostChunks;

    /// <summary>The names of all properties that a text may be in.</summary>
    public static IEnumerable<string> Properties(string name) => [name, .. Enumerable.Range(0, MostChunks).Select(chunk => ChunkName(name, chunk))];

    /// <summary>Puts a text into a row.</summary>
    /// <exception cref="InvalidDataException">It is longer than a row can hold.</exception>
    public static void Write(TableEntity entity, string name, string text)
    {
        if (text.Length <= MostCharacters && !text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.AsSpan().ContainsAnyInRange('\u007F', '\u009F')
            && !text.AsSpan().ContainsAny('\uFFFE', '\uFFFF'))
        {
            entity[name] = text;
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > MostBytes)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{name} '{text[..40]}…' has {bytes.Length} bytes; a row of a table holds at most {MostBytes}."));
        }

        for (int chunk = 0; chunk * ChunkLength < bytes.Length; chunk++)
        {
            entity[ChunkName(name, chunk)] = bytes[(chunk * ChunkLength)..Math.Min(bytes.Length, (chunk + 1) * ChunkLength)];
        }
    }

    /// <summary>Takes a text out of a row.</summary>
    /// <exception cref="InvalidDataException">The row holds none of that name.</exception>
    public static string Read(TableEntity entity, string name)
    {
        if (entity.GetString(name) is { } text)
        {
            return text;
        }

        var bytes = new List<byte>();
        for (int chunk = 0; entity.GetBinary(ChunkName(name, chunk)) is { } part; chunk++)
        {
            bytes.AddRange(part);
        }

        return bytes.Count > 0
            ? Encoding.UTF8.GetString([.. bytes])
            : throw new InvalidDataException($"The stored row '{entity.RowKey}' in partition '{entity.PartitionKey}' has no {name}.");
    }

    private static string ChunkName(string name, int chunk) => name + chunk.ToString(CultureInfo.InvariantCulture);
}
