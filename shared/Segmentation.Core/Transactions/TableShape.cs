using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>What a sample looks like when it is split by one delimiter.</summary>
/// <param name="Delimiter">The delimiter.</param>
/// <param name="FirstRow">The fields of the first row, trimmed.</param>
/// <param name="FirstRaw">The first row as written.</param>
/// <param name="FirstLine">Its physical line.</param>
/// <param name="Consistency">The share of rows that have as many fields as the first.</param>
internal sealed record TableShape(byte Delimiter, IReadOnlyList<string> FirstRow, string FirstRaw, long FirstLine, double Consistency)
{
    private const double Regular = 0.8;

    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    /// <summary>Splits the sample by the configured delimiter, or by the one that gives the most regular table; null where there is no row.</summary>
    /// <remarks>A delimiter by which the header names all that is needed wins over any other.</remarks>
    public static async Task<TableShape?> DetectAsync(UploadSample sample, byte? configured, int skip, ImportOptions import, CancellationToken cancellationToken)
    {
        if (configured is { } delimiter)
        {
            return await ReadAsync(sample, delimiter, skip, import, cancellationToken);
        }

        TableShape? best = null;
        (bool, bool, bool, int, double, int) bestScore = default;
        foreach (byte candidate in Delimiters)
        {
            TableShape? shape = await ReadAsync(sample, candidate, skip, import, cancellationToken);
            if (shape is null)
            {
                continue;
            }

            ColumnMapping mapping = ColumnMapping.Map(shape.FirstRow, true, new Dictionary<TransactionField, string>(), []);
            (bool, bool, bool, int, double, int) score = (mapping.IsComplete, shape.FirstRow.Count > 1,
                shape.Consistency >= Regular, mapping.Mapped, shape.Consistency, shape.FirstRow.Count);
            if (best is null || score.CompareTo(bestScore) > 0)
            {
                (best, bestScore) = (shape, score);
            }
        }

        return best;
    }

    private static async Task<TableShape?> ReadAsync(UploadSample sample, byte delimiter, int skip, ImportOptions import, CancellationToken cancellationToken)
    {
        RecordReader reader = await sample.ReadAsync(delimiter, skip, import, cancellationToken);
        TableShape? first = null;
        int rows = 0;
        int regular = 0;
        while (rows < UploadSample.MaxRows && reader.Read() is ReadOutcome.Record or ReadOutcome.Broken)
        {
            rows++;
            if (first is null)
            {
                if (reader.FieldCount == 0)
                {
                    throw new UnusableUploadException(
                        $"Line {reader.Line}: the first row cannot be read: a quote is never closed, or the line is too long.",
                        reader.Line,
                        "Close the quote, or skip lines before the header with import.skip.");
                }

                if (reader.FieldCount > import.MaxColumns)
                {
                    throw new UnusableUploadException(
                        $"Line {reader.Line}: the header has {reader.FieldCount} columns; at most {import.MaxColumns} are read (import.maxColumns).",
                        reader.Line,
                        "Leave out columns that are not needed, or raise import.maxColumns.");
                }

                string[] fields = new string[reader.FieldCount];
                for (int i = 0; i < fields.Length; i++)
                {
                    fields[i] = Encoding.UTF8.GetString(FieldText.Trim(reader.Field(i)));
                }

                first = new TableShape(delimiter, fields, Encoding.UTF8.GetString(reader.Raw), reader.Line, 0);
            }

            regular += reader.FieldCount == first.FirstRow.Count ? 1 : 0;
        }

        return first is null ? null : first with { Consistency = (double)regular / rows };
    }
}
