using Segmentation.Core.Erasure;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Reads one upload of transactions: bytes in; judged lines and explained rejections out.</summary>
public static class UploadCleaning
{
    /// <summary>Reads an upload in one streaming pass, after a look at its first part.</summary>
    /// <remarks>
    /// The dialect (compression, encoding, delimiter, header, columns, decimal separator, form of dates) is decided once for the whole
    /// file, before the first row goes to the sink. Every row that is not blank goes to the sink exactly once, in the order of the
    /// file. Memory does not grow with the file. The result depends on nothing but the arguments and the bytes. Where a file turns
    /// out to be damaged half-way, rows were handed over already: what the sink took must then be thrown away.
    /// </remarks>
    /// <param name="open">
    /// Opens the bytes of the upload from their start; called two or three times (a sample; a pass over the whole file where the sample
    /// leaves the order of day and month or the decimal separator open; the reading). The streams are disposed of.
    /// </param>
    /// <param name="uploadTime">When the upload was first seen, UTC. Dates later than that plus one day are in the future.</param>
    /// <param name="import">How to read what the file does not say clearly, and limits.</param>
    /// <param name="cleaning">Which product codes are no products; the rest is decided later.</param>
    /// <param name="erased">The customers whose rows are rejected before all other judgement, without their text.</param>
    /// <param name="sink">Takes the rows; drained between blocks of rows and at the end.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>How the file was read, and what a person should know about it.</returns>
    /// <exception cref="UnusableUploadException">The file cannot be used at all; the message says what was found and what was expected.</exception>
    public static Task<UploadReading> ReadAsync(
        Func<CancellationToken, Task<Stream>> open,
        DateTime uploadTime,
        ImportOptions import,
        CleaningOptions cleaning,
        IErasedSet erased,
        IJudgedLineSink sink,
        CancellationToken cancellationToken) =>
        ReadAsync(open, uploadTime, import, cleaning, erased, sink, RecordReader.DefaultBufferBytes, UploadSample.MaxBytes, cancellationToken);

    /// <summary>The same where nobody was erased.</summary>
    public static Task<UploadReading> ReadAsync(
        Func<CancellationToken, Task<Stream>> open,
        DateTime uploadTime,
        ImportOptions import,
        CleaningOptions cleaning,
        IJudgedLineSink sink,
        CancellationToken cancellationToken) =>
        ReadAsync(open, uploadTime, import, cleaning, ErasedSet.Nobody, sink, cancellationToken);

    /// <summary>The same with sizes of buffer and sample that tests make small.</summary>
    internal static async Task<UploadReading> ReadAsync(
        Func<CancellationToken, Task<Stream>> open,
        DateTime uploadTime,
        ImportOptions import,
        CleaningOptions cleaning,
        IErasedSet erased,
        IJudgedLineSink sink,
        int bufferBytes,
        int sampleBytes,
        CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        UploadSample sample = await SampleAsync(open, import, sampleBytes, cancellationToken);
        if (import.Encoding is null && LegacyEncoding.Guess(sample.Bytes) is { } guessed)
        {
            warnings.Add($"The text is not UTF-8; it was read as {guessed}. Set import.encoding if letters look wrong.");
            import = import with { Encoding = guessed };
            sample = await SampleAsync(open, import, sampleBytes, cancellationToken);
        }

        DetectedDialect dialect = await new DialectDetection(import, warnings).DetectAsync(
            sample, token => UploadSource.OpenAsync(open, import, token), cancellationToken);
        await using UploadSource source = await UploadSource.OpenAsync(open, import, cancellationToken);
        var reader = new RecordReader(source.Text, dialect.Delimiter, import.MaxFieldBytes, bufferBytes);
        IJudgedLineSink judged = erased.IsEmpty ? sink : new ErasedRowSink(sink, erased, dialect.Delimiter);
        var judge = new RowJudge(dialect, import, cleaning, uploadTime, judged);
        await reader.SkipLinesAsync(dialect.Skip, cancellationToken);
        await JudgeAllAsync(reader, judge, dialect.HasHeader, sink, cancellationToken);
        return new UploadReading
        {
            Dialect = new Dialect
            {
                Encoding = source.Encoding,
                Delimiter = ((char)dialect.Delimiter).ToString(),
                DecimalSeparator = ((char)dialect.DecimalSeparator).ToString(),
                DateFormat = dialect.DatePattern,
                Header = dialect.HasHeader,
                Columns = dialect.Columns.Names,
            },
            Warnings = warnings,
            Header = dialect.Header,
            Preamble = sample.FirstLines(dialect.Skip),
        };
    }

    private static async Task<UploadSample> SampleAsync(
        Func<CancellationToken, Task<Stream>> open, ImportOptions import, int sampleBytes, CancellationToken cancellationToken)
    {
        await using UploadSource source = await UploadSource.OpenAsync(open, import, cancellationToken);
        return await UploadSample.TakeAsync(source.Text, sampleBytes, cancellationToken);
    }

    private static async Task JudgeAllAsync(
        RecordReader reader, RowJudge judge, bool hasHeader, IJudgedLineSink sink, CancellationToken cancellationToken)
    {
        bool passHeader = hasHeader;
        while (true)
        {
            switch (reader.Read())
            {
                case ReadOutcome.Record when passHeader:
                    passHeader = false;
                    break;
                case ReadOutcome.Record:
                    judge.Judge(reader);
                    break;
                case ReadOutcome.Broken:
                    judge.JudgeBroken(reader);
                    break;
                case ReadOutcome.NeedMore:
                    await sink.DrainAsync(cancellationToken);
                    await reader.FillAsync(cancellationToken);
                    break;
                default:
                    await sink.DrainAsync(cancellationToken);
                    return;
            }
        }
    }
}
