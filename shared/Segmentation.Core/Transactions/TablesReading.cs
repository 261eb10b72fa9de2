using System.Globalization;
using Segmentation.Core.Erasure;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Reads the tables of one upload one after the other into one sink.</summary>
/// <remarks>
/// Of an archive each table of transactions counts, of a workbook the first one and every further sheet with the same header. What is
/// left out is said in a warning; a damaged part makes all of the upload unusable, since part of a store's sales would pass for all of it.
/// </remarks>
internal sealed class TablesReading(
    DateTime uploadTime, ImportOptions import, CleaningOptions cleaning, IErasedSet erased, IJudgedLineSink sink, int bufferBytes, int sampleBytes)
{
    private readonly List<string> _warnings = [];
    private readonly List<TableReading> _tables = [];
    private readonly List<Correction?> _corrections = [];
    private readonly List<(string Name, UnusableUploadException Fault)> _refused = [];
    private long _nextLine = 1;

    /// <summary>Reads one table.</summary>
    /// <exception cref="UnusableUploadException">It is damaged, or is all of the upload and cannot be used.</exception>
    public async Task ReadAsync(UploadTable table, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        try
        {
            await ReadAsync(table, warnings, cancellationToken);
        }
        catch (UnusableUploadException fault) when (!fault.IsDamage && table.Name is not null)
        {
            _refused.Add((table.Name, fault));
            return;
        }

        _warnings.AddRange(warnings.Select(warning => table.Name is null ? warning : $"{AtStart(table.Name)}: {warning}"));
    }

    /// <summary>What was read.</summary>
    /// <exception cref="UnusableUploadException">No table could be used.</exception>
    public UploadReading Complete()
    {
        if (_tables.Count == 0)
        {
            // Of several faults the one that came closest to a table of transactions says most: one with a place in the file.
            (string name, UnusableUploadException fault) = _refused.Find(static refused => refused.Fault.Line is not null) is { Name: not null } best
                ? best
                : _refused.Count > 0 ? _refused[0] : ("The file", new UnusableUploadException("It holds no table.", advice: "Check the export, and upload it again."));
            throw new UnusableUploadException($"{AtStart(name)}: {fault.Message}", fault.Line, fault.Advice);
        }

        _warnings.AddRange(_refused.Select(static refused => $"{AtStart(refused.Name)} was left out: {refused.Fault.Message}"));
        bool isPlain = _tables is [{ Name: "" }];
        if (_tables.Count > 1)
        {
            _warnings.Add("Lines are counted on through the tables: " + string.Join(", ", _tables.Select(static table => string.Create(
                CultureInfo.InvariantCulture, $"{table.Name} starts at line {table.FirstLine}"))) + ".");
        }

        Correction? corrects = CorrectionRule.OfTables(_corrections);
        if (corrects is null && _corrections.Exists(static table => table is not null))
        {
            _warnings.Add("Some of its tables say which upload they correct, and others do not, or say another: they were taken for new rows. Upload such files one by one.");
        }

        return new UploadReading
        {
            Dialect = _tables[0].Dialect,
            Warnings = _warnings,
            Header = _tables[0].Header,
            Preamble = _tables[0].Preamble,
            Announcement = _tables[0].Announcement,
            Corrects = corrects,
            Tables = isPlain ? [] : _tables,
        };
    }

    private async Task ReadAsync(UploadTable table, List<string> warnings, CancellationToken cancellationToken)
    {
        ImportOptions own = table.IsSheet
            ? import with { Encoding = "utf-8", Delimiter = ',', DecimalSeparator = import.DecimalSeparator }
            : import;
        await using TableText text = await TableText.OpenAsync(table, own, sampleBytes, warnings, cancellationToken);
        DetectedDialect dialect = await new DialectDetection(own, warnings) { IsSheet = table.IsSheet }.DetectAsync(
            text.Sample, text.OpenAgainAsync, cancellationToken);
        if (table.IsSheet && _tables.Find(static read => read.IsSheet) is { } first && first.Header != dialect.Header)
        {
            throw new UnusableUploadException($"its header differs from that of {first.Name}.", advice: "Upload it as a file of its own.");
        }

        long firstLine = _nextLine;
        var reader = new RecordReader(text.Text, dialect.Delimiter, import.MaxFieldBytes, bufferBytes, firstLine);
        IJudgedLineSink judged = erased.IsEmpty ? sink : new ErasedRowSink(sink, erased, dialect.Delimiter);
        var judge = new RowJudge(dialect, import, cleaning, uploadTime, judged);
        await reader.SkipLinesAsync(dialect.Skip, cancellationToken);
        await JudgeAllAsync(reader, judge, dialect.HasHeader, sink, cancellationToken);
        if (judge.TotalsInDoubt is { } doubt)
        {
            warnings.Add(doubt);
        }

        _nextLine = reader.NextLine;
        _corrections.Add(dialect.Corrects);
        _tables.Add(new TableReading
        {
            Name = table.Name ?? "",
            IsSheet = table.IsSheet,
            FirstLine = firstLine,
            Dialect = dialect.Describe(text.Encoding, table.IsSheet ? Confidence.Certain : text.Confidence),
            Header = dialect.Header,
            Preamble = text.Sample.FirstLines(dialect.Skip),
            Announcement = AnnouncementRule.Of(dialect, table.Name is null ? text.Encoding : "utf-8", judge.Strays),
        });
    }

    // Files are named as they are written.
    private static string AtStart(string name) => name.StartsWith("sheet '", StringComparison.Ordinal) ? $"Sheet{name[5..]}" : name;

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
