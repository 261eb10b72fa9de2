using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>The first bytes of an upload's text, cut at a line end, from which its dialect is detected.</summary>
/// <param name="Bytes">UTF-8.</param>
/// <param name="IsWhole">Whether that is all of the file.</param>
internal sealed record UploadSample(byte[] Bytes, bool IsWhole)
{
    /// <summary>Bytes of a sample.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Rows of a sample that are looked at.</summary>
    public const int MaxRows = 1_000;

    /// <summary>Takes the sample from decoded text.</summary>
    /// <param name="text">The first part of a text.</param>
    /// <param name="isWhole">Whether that is all of it; else its last line may be cut, and is left out.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<UploadSample> TakeAsync(Stream text, bool isWhole, CancellationToken cancellationToken)
    {
        using var taken = new MemoryStream();
        await text.CopyToAsync(taken, cancellationToken);
        byte[] bytes = taken.ToArray();
        int lastLineEnd = isWhole ? -1 : bytes.AsSpan().LastIndexOfAny((byte)'\n', (byte)'\r');
        Array.Resize(ref bytes, lastLineEnd < 0 ? bytes.Length : lastLineEnd + 1);
        return new UploadSample(bytes, isWhole);
    }

    /// <summary>The first physical lines of the sample with their line ends.</summary>
    public string FirstLines(int lines)
    {
        int end = 0;
        for (int i = 0; i < lines && end < Bytes.Length; i++)
        {
            int length = Bytes.AsSpan(end).IndexOfAny((byte)'\r', (byte)'\n');
            bool isPair = length >= 0 && Bytes.AsSpan(end + length).StartsWith("\r\n"u8);
            end = length < 0 ? Bytes.Length : end + length + (isPair ? 2 : 1);
        }

        return Encoding.UTF8.GetString(Bytes, 0, end);
    }

    /// <summary>A reader at the first row of the sample, after the lines to skip.</summary>
    public async Task<RecordReader> ReadAsync(byte delimiter, int skip, ImportOptions import, CancellationToken cancellationToken)
    {
        var reader = new RecordReader(new MemoryStream(Bytes, writable: false), delimiter, import.MaxFieldBytes, Bytes.Length + 1);
        await reader.FillAsync(cancellationToken);
        await reader.SkipLinesAsync(skip, cancellationToken);
        return reader;
    }
}
