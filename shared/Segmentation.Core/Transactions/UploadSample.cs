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

    private const int BlockBytes = 64 << 10;
    private const int LeastLines = 3;

    /// <summary>Whether the line that was left out as cut is longer than all before it: then the sample says little.</summary>
    public bool EndsInLongLine { get; private init; }

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
        return new UploadSample(bytes, isWhole) { EndsInLongLine = lastLineEnd >= 0 && bytes.Length < taken.Length / 2 };
    }

    /// <summary>Takes the sample around lines that are too long to be rows: they are left blank, so that the numbers of lines hold.</summary>
    /// <param name="text">All of the text, decoded.</param>
    /// <param name="bytes">Where the sample ends, once it has a few lines.</param>
    /// <param name="longestLine">The most bytes of a line that is kept.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<UploadSample> TakeReadableAsync(Stream text, int bytes, int longestLine, CancellationToken cancellationToken)
    {
        using var taken = new MemoryStream();
        byte[] block = new byte[BlockBytes];
        int lineStart = 0;
        int lines = 0;
        bool isLong = false;
        bool isWhole = false;
        while (taken.Length < bytes || lines < LeastLines)
        {
            int read = await text.ReadAsync(block, cancellationToken);
            isWhole = read == 0;
            if (isWhole)
            {
                break;
            }

            for (int i = 0; i < read;)
            {
                int length = block.AsSpan(i, read - i).IndexOfAny((byte)'\r', (byte)'\n');
                int end = length < 0 ? read : i + length;
                taken.Write(block, i, isLong ? 0 : end - i);
                if (taken.Length - lineStart > longestLine)
                {
                    taken.SetLength(lineStart);
                    isLong = true;
                }

                if (length >= 0)
                {
                    lines += taken.Length > lineStart ? 1 : 0;
                    taken.WriteByte(block[end++]);
                    lineStart = (int)taken.Length;
                    isLong = false;
                }

                i = end;
            }
        }

        return new UploadSample(taken.GetBuffer()[..(isWhole ? (int)taken.Length : lineStart)], isWhole);
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
