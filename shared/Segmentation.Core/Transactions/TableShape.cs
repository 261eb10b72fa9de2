using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>What a sample looks like when it is split by one delimiter.</summary>
/// <param name="Delimiter">The delimiter.</param>
/// <param name="FirstRow">The fields of the header, or of the first row where there is none; trimmed.</param>
/// <param name="FirstRaw">That row as written.</param>
/// <param name="FirstLine">Its physical line.</param>
/// <param name="Consistency">The share of rows from there on that have as many fields.</param>
/// <param name="ByName">The columns, as far as the row names them.</param>
internal sealed record TableShape(
    byte Delimiter, IReadOnlyList<string> FirstRow, string FirstRaw, long FirstLine, double Consistency, ColumnMapping ByName)
{
    /// <summary>The least share of rows with as many fields as the header that makes a table.</summary>
    public const double Regular = 0.8;

    private const int MostTitles = 50;
    private const byte Blank = (byte)' ';

    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    /// <summary>Whether another delimiter gave a table as regular, with as many columns that are known.</summary>
    public bool HasRival { get; init; }

    /// <summary>The numbers of fields that rows have.</summary>
    public required IReadOnlySet<int> FieldCounts { get; init; }

    /// <summary>Splits the sample by the configured delimiter, or by the one that gives the most regular table; null where there is no row.</summary>
    /// <remarks>A delimiter by which the header names all that is needed wins over any other; blanks are tried where no other makes a table.</remarks>
    /// <param name="sample">The first part of the table.</param>
    /// <param name="configured">The delimiter, where it is known.</param>
    /// <param name="skip">Physical lines before it.</param>
    /// <param name="startsAtOnce">Whether the first row is known to be one of the table, and no title.</param>
    /// <param name="import">Names of columns, and limits.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UnusableUploadException">The first row cannot be read, or has too many columns.</exception>
    public static async Task<TableShape?> DetectAsync(
        UploadSample sample, byte? configured, int skip, bool startsAtOnce, ImportOptions import, CancellationToken cancellationToken)
    {
        if (configured is { } delimiter)
        {
            return await ReadAsync(sample, delimiter, skip, startsAtOnce, import, cancellationToken);
        }

        TableShape? best = null;
        (bool, bool, bool, int, double, int) bestScore = default;
        int regular = 0;
        foreach (byte candidate in Delimiters)
        {
            TableShape? shape = await ReadAsync(sample, candidate, skip, startsAtOnce, import, cancellationToken);
            if (shape is null)
            {
                continue;
            }

            (bool, bool, bool, int, double, int) score = (shape.ByName.IsComplete, shape.FirstRow.Count > 1,
                shape.Consistency >= Regular, shape.ByName.Mapped, shape.Consistency, shape.FirstRow.Count);
            regular += shape.FirstRow.Count > 2 && shape.Consistency >= Regular ? 1 : 0;
            if (best is null || score.CompareTo(bestScore) > 0)
            {
                (best, bestScore) = (shape, score);
            }
        }

        if (best is not null && (best.FirstRow.Count < 2 || best.Consistency < Regular) && !best.ByName.IsComplete
            && await ReadAsync(sample, Blank, skip, startsAtOnce, import, cancellationToken) is { FirstRow.Count: > 2, Consistency: >= Regular } blanks)
        {
            return blanks;
        }

        return best is null ? null : best with { HasRival = regular > 1 && !best.ByName.IsComplete };
    }

    private static async Task<TableShape?> ReadAsync(
        UploadSample sample, byte delimiter, int skip, bool startsAtOnce, ImportOptions import, CancellationToken cancellationToken)
    {
        RecordReader reader = await sample.ReadAsync(delimiter, skip, import, cancellationToken);
        var first = new List<Row>();
        var counts = new List<int>();
        while (counts.Count < UploadSample.MaxRows && reader.Read() is ReadOutcome.Record or ReadOutcome.Broken)
        {
            counts.Add(reader.FieldCount);
            if (first.Count < MostTitles && reader.FieldCount <= import.MaxColumns)
            {
                first.Add(new Row(reader));
            }
            else if (first.Count == 0)
            {
                throw new UnusableUploadException(
                    $"Line {reader.Line}: the header has {reader.FieldCount} columns; at most {import.MaxColumns} are read (import.maxColumns).",
                    reader.Line,
                    "Leave out columns that are not needed, or raise import.maxColumns.");
            }
        }

        if (first.Count == 0)
        {
            return null;
        }

        int usual = counts.GroupBy(static count => count).OrderByDescending(static group => group.Count()).ThenByDescending(static group => group.Key).First().Key;
        int start = startsAtOnce ? Math.Max(first.FindIndex(static row => row.Fields.Length > 0), 0) : StartOf(first, usual, import);
        Row header = first[start];
        if (header.Fields.Length == 0)
        {
            throw new UnusableUploadException(
                $"Line {header.Line}: the first row cannot be read: a quote is never closed, or the line is too long.",
                header.Line,
                "Close the quote, or skip lines before the header with import.skip.");
        }

        double consistency = counts.Skip(start).Count(count => count == header.Fields.Length) / (double)(counts.Count - start);
        return new TableShape(delimiter, header.Fields, header.Raw, header.Line, consistency, header.ByName()) { FieldCounts = counts.ToHashSet() };
    }

    /// <summary>The first row of the table: below titles, which have fewer fields.</summary>
    private static int StartOf(List<Row> rows, int usual, ImportOptions import)
    {
        int named = rows.FindIndex(static row => row.Fields.Length > 2 && row.ByName().IsComplete);
        if (named >= 0)
        {
            return named;
        }

        string[] options = [.. import.Columns.Values.Where(static option => !option.All(char.IsAsciiDigit))];
        int configured = options.Length == 0 ? -1 : rows.FindIndex(row => options.Count(option => row.Fields.Contains(option, StringComparer.Ordinal)) * 2 > options.Length);
        if (configured >= 0)
        {
            return configured;
        }

        int regular = rows.FindIndex(row => row.Fields.Length == usual);
        return regular > 0 && usual > 2 && rows.Take(regular).All(row => row.Filled * 2 <= usual) ? regular : 0;
    }

    private sealed class Row
    {
        private ColumnMapping? _byName;

        public Row(RecordReader reader)
        {
            string[] fields = new string[reader.FieldCount];
            for (int i = 0; i < fields.Length; i++)
            {
                fields[i] = Encoding.UTF8.GetString(FieldText.Trim(reader.Field(i)));
            }

            Fields = fields;
            Raw = Encoding.UTF8.GetString(reader.Raw);
            Line = reader.Line;
        }

        public string[] Fields { get; }

        public string Raw { get; }

        public long Line { get; }

        public int Filled => Fields.Count(static text => text.Length > 0);

        public ColumnMapping ByName() => _byName ??= ColumnMapping.Map(Fields, true, new Dictionary<TransactionField, string>(), []);
    }
}
