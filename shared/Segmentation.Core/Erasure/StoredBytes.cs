using System.IO.Compression;
using System.Security.Cryptography;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>Writes what a rewriting makes of some bytes to a stream.</summary>
internal delegate Task Rewriting(Stream bytes, Stream into, CancellationToken cancellationToken);

/// <summary>Rewrites files in the compression that they have.</summary>
internal static class StoredBytes
{
    /// <summary>SHA-256 of a blob, in lower-case hexadecimal digits.</summary>
    public static async Task<string> HashAsync(IBlobContainer container, string name, CancellationToken cancellationToken)
    {
        await using Stream stream = await container.OpenReadAsync(name, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>SHA-256 of what a rewriting makes of a blob.</summary>
    public static async Task<string> HashAsync(
        IBlobContainer container, string name, Rewriting rewriting, CancellationToken cancellationToken)
    {
        using var sha = SHA256.Create();
        await using (var hashing = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            await RewriteAsync(container, name, hashing, rewriting, cancellationToken);
        }

        return Convert.ToHexStringLower(sha.Hash!);
    }

    /// <summary>Writes what a rewriting makes of a blob to a stream, compressed if the blob is. The same bytes for the same blob.</summary>
    public static async Task RewriteAsync(
        IBlobContainer container, string name, Stream into, Rewriting rewriting, CancellationToken cancellationToken)
    {
        await using Stream stored = await container.OpenReadAsync(name, cancellationToken);
        byte[] head = new byte[2];
        int length = await stored.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        stored.Position = 0;
        if (length < head.Length || head is not [0x1F, 0x8B])
        {
            await rewriting(stored, into, cancellationToken);
            return;
        }

        await using var bytes = new GzipBytes(stored);
        await using var compressed = new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true);
        await rewriting(bytes, compressed, cancellationToken);
    }
}
