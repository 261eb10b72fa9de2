using Segmentation.Core.Erasure;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Reads one upload of transactions: bytes in; judged lines and explained rejections out.</summary>
public static class UploadCleaning
{
    /// <summary>Reads an upload in one streaming pass, after a look at its first part.</summary>
    /// <remarks>
    /// The dialect (container, encoding, delimiter, header, columns, decimal separator, form of dates) is decided once for each table of the
    /// file, before its first row goes to the sink. Every row that is not blank goes to the sink exactly once, in the order of the
    /// file. Memory does not grow with the file. The result depends on nothing but the arguments and the bytes. Where a file turns
    /// out to be damaged half-way, rows were handed over already: what the sink took must then be thrown away.
    /// </remarks>
    /// <param name="open">
    /// Opens the bytes of the upload from their start, as a stream that can seek; called two to five times (what it is; the reading; a
    /// pass over the whole file where its first part leaves the encoding, the order of day and month or the decimal separator open, or is one long line). The
    /// streams are disposed of.
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
        var tables = new TablesReading(uploadTime, import, cleaning, erased, sink, bufferBytes, sampleBytes);
        await foreach (UploadTable table in UploadTables.ReadAsync(open, import, cancellationToken))
        {
            await tables.ReadAsync(table, cancellationToken);
        }

        return tables.Complete();
    }
}
