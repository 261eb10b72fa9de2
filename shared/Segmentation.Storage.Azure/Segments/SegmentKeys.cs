using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Segmentation.Storage.Azure.Segments;

/// <summary>The keys of stored rows. Two that differ stay different, and every key is allowed in a table and in an address.</summary>
internal static class SegmentKeys
{
    /// <summary>Longest encoded id; a longer one is keyed by its hash.</summary>
    public const int MostCharacters = 256;

    private const char Escape = '~';
    private const char ShardMark = '_';

    /// <summary>The partition of a shard: the encoded run id, <c>_</c>, and five digits.</summary>
    public static string Partition(string runId, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{Encode(runId)}{ShardMark}{shard:D5}");

    /// <summary>Where the partitions of a run start, and where they have ended: an encoded id has no mark, and ':' follows the digits.</summary>
    public static (string From, string Before) Partitions(string runId) => ($"{Encode(runId)}{ShardMark}", $"{Encode(runId)}{ShardMark}:");

    /// <summary>
    /// The key of an id: ASCII letters, digits, <c>-</c> and <c>.</c> as they are, any other byte of its UTF-8 as <c>~</c> and two hexadecimal digits;
    /// beyond 256 characters, <c>~~</c> and its SHA-256.
    /// </summary>
    public static string Encode(string id)
    {
        if (id.Length <= MostCharacters && !id.AsSpan().ContainsAnyExcept(Plain))
        {
            return id;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(id);
        var key = new StringBuilder(Math.Min(bytes.Length * 3, MostCharacters + 3));
        foreach (byte letter in bytes)
        {
            if (letter < 0x80 && Plain.Contains((char)letter))
            {
                key.Append((char)letter);
            }
            else
            {
                key.Append(Escape).Append(letter.ToString("X2", CultureInfo.InvariantCulture));
            }

            if (key.Length > MostCharacters)
            {
                return $"{Escape}{Escape}{Convert.ToHexString(SHA256.HashData(bytes))}";
            }
        }

        return key.ToString();
    }

    private static System.Buffers.SearchValues<char> Plain { get; } =
        System.Buffers.SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
