using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>The text of a file that is one table, as UTF-8, whatever its compression, byte order mark and encoding.</summary>
internal sealed class UploadSource : IAsyncDisposable
{
    private const int HeadBytes = 4 << 10;

    private UploadSource(Stream text, string encoding)
    {
        Text = text;
        Encoding = encoding;
    }

    /// <summary>UTF-8 without a byte order mark. What cannot be decoded arrives as U+FFFE, which no readable field holds.</summary>
    public Stream Text { get; }

    /// <summary>The web name of the encoding that was read.</summary>
    public string Encoding { get; }

    /// <summary>Opens text in an encoding that is known, or UTF-8.</summary>
    /// <param name="open">Opens the bytes of the file from their start.</param>
    /// <param name="import">The encoding and the limit.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UnusableUploadException">The bytes are no text, or the encoding is unknown.</exception>
    public static async Task<UploadSource> OpenAsync(
        Func<CancellationToken, Task<Stream>> open, ImportOptions import, CancellationToken cancellationToken) =>
        await OfAsync(await UploadTables.OpenTextAsync(open, import, cancellationToken), import, cancellationToken);

    /// <summary>Text of bytes, which are disposed of.</summary>
    public static async Task<UploadSource> OfAsync(Stream bytes, ImportOptions import, CancellationToken cancellationToken)
    {
        try
        {
            byte[] head = new byte[HeadBytes];
            int length = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            Array.Resize(ref head, length);
            (Encoding? marked, int mark) = TextDecoding.Marked(head);
            Encoding? declared = TextDecoding.Declared(import.Encoding);
            Encoding encoding = marked ?? declared ?? TextDecoding.Wide(head) ?? System.Text.Encoding.UTF8;
            FileSignature.RefuseForeign(head, isDecoded: marked is not null || declared is not null || encoding is UnicodeEncoding);
            return new UploadSource(TextDecoding.Decode(new PrefixedStream(head[mark..], bytes), encoding), encoding.WebName);
        }
        catch
        {
            await bytes.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Text.DisposeAsync();
}
