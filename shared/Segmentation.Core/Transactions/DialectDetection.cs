using System.Globalization;
using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Decides, once for the whole table, how it is read: from a sample, and from all of it where the sample cannot tell.</summary>
internal sealed partial class DialectDetection(ImportOptions import, ICollection<string> warnings)
{
    private static readonly TransactionField[] Numbers = [TransactionField.Quantity, TransactionField.Price, TransactionField.Amount];

    private readonly DateEvidence _dates = new();
    private readonly NumberEvidence _numbers = new();
    private readonly Dictionary<TransactionField, NumberEvidence> _columnNumbers = Numbers.ToDictionary(static field => field, static _ => new NumberEvidence());
    private readonly Dictionary<string, Confidence> _confidence = new(StringComparer.Ordinal);
    private ImportOptions _read = new();
    private Announcement? _told;
    private DateFormat? _configuredDates;
    private long _firstRowLine;

    /// <summary>Whether the text was made of the typed cells of a sheet.</summary>
    public bool IsSheet { get; init; }

    /// <summary>Detects the dialect.</summary>
    /// <param name="sample">The first part of the table.</param>
    /// <param name="openAgain">Opens the whole text again, for a pass that decides what the sample leaves open.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UnusableUploadException">The table holds no rows, lacks a column, or has no date that can be read.</exception>
    public async Task<DetectedDialect> DetectAsync(
        UploadSample sample, Func<CancellationToken, Task<Stream>> openAgain, CancellationToken cancellationToken)
    {
        (byte? configured, int skip) = Configured(sample);
        (TableShape shape, skip) = await TableAsync(sample, configured, skip, cancellationToken);
        bool startsAtOnce = _told is { Told.Header: false };
        bool hasHeader = _read.Header ?? IsHeader(shape);
        _confidence["header"] = _read.Header is not null ? Given(import.Header is not null) : shape.ByName.IsComplete ? Confidence.Certain : Confidence.Likely;
        int titles = startsAtOnce ? 0 : (int)(shape.FirstLine - 1) - skip;
        if (titles > 0)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The table starts at line {shape.FirstLine}; what stands above it was passed over. Set import.skip if that is wrong."));
            skip += titles;
        }

        shape = hasHeader ? shape : shape with { FirstRow = Numbered(shape) };
        ColumnMapping columns = await MapAsync(sample, shape, skip, hasHeader, cancellationToken);
        RecordReader reader = await sample.ReadAsync(shape.Delimiter, skip, import, cancellationToken);
        long rows = await LookAsync(reader, columns, hasHeader, UploadSample.MaxRows, cancellationToken);
        if (rows == 0)
        {
            throw NoRows($"a header with {columns.Count} columns and no row after it");
        }

        bool datesUnclear = _configuredDates is null && _dates.IsUnclear;
        bool numbersUnclear = _read.DecimalSeparator is null && _numbers.IsUnclear;
        if ((datesUnclear || numbersUnclear) && (!sample.IsWhole || rows >= UploadSample.MaxRows))
        {
            _dates.KeepUnclear();
            await using Stream whole = await openAgain(cancellationToken);
            reader = new RecordReader(whole, shape.Delimiter, import.MaxFieldBytes);
            await reader.SkipLinesAsync(skip, cancellationToken);
            await LookAsync(reader, columns, hasHeader, long.MaxValue, cancellationToken);
        }

        _confidence["dateFormat"] = _configuredDates is null ? Confidence.Guess : Given(import.DateFormat is not null);
        DateFormat dates = _configuredDates ?? Dates(columns);
        return new DetectedDialect
        {
            Delimiter = shape.Delimiter,
            Skip = skip,
            HasHeader = hasHeader,
            Header = hasHeader ? shape.FirstRaw : null,
            Columns = columns,
            DecimalSeparator = DecimalSeparator(shape.Delimiter, columns),
            Dates = dates,
            DatePattern = _read.DateFormat ?? (_dates.Best is null ? "yyyy-MM-dd" : DatePattern.Describe(dates, _dates.Example)),
            IsSheet = IsSheet || _told is { HasIsoDates: true },
            ByName = hasHeader ? shape.ByName : null,
            CarriesOrders = columns.Style.HasLineItems,
            Corrects = _told?.Corrects,
            Confidence = _confidence,
        };
    }

    /// <summary>The shape of the table, and the lines above it, by what the file announces of itself, if it does so above its first row.</summary>
    private async Task<(TableShape Shape, int Skip)> TableAsync(UploadSample sample, byte? configured, int skip, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        _told = Announcement.Find(sample, import, told);
        TableShape? shape = await BelowAsync(sample, configured, Math.Max(skip, _told?.Lines ?? 0), cancellationToken);
        if (_told is not null && shape is not null && await HasRowsAboveAsync(sample, shape, _told.Lines, cancellationToken))
        {
            told = [string.Create(
                CultureInfo.InvariantCulture,
                $"Line {_told.Lines} says how a file of rejected rows was read, but stands below other rows; it was passed over. Upload such files one by one.")];
            _told = null;
            shape = await BelowAsync(sample, configured, skip, cancellationToken);
        }

        foreach (string warning in told)
        {
            warnings.Add(warning);
        }

        return (shape ?? throw NoRows("nothing at all"), Math.Max(skip, _told?.Lines ?? 0));
    }

    private Task<TableShape?> BelowAsync(UploadSample sample, byte? configured, int skip, CancellationToken cancellationToken)
    {
        _read = _told?.Under(import, IsSheet) ?? import;
        _configuredDates = _read.DateFormat is null ? null : DateFormat.FromOption(_read.DateFormat);

        // Without a header any row may be the first, one that is short or cannot be read too.
        return ShapeAsync(sample, configured, skip, _told is { Told.Header: false }, cancellationToken);
    }

    /// <summary>Whether a line above an announcement has as many fields as the table, and more than one of them filled: no title has.</summary>
    private async Task<bool> HasRowsAboveAsync(UploadSample sample, TableShape shape, int lines, CancellationToken cancellationToken)
    {
        RecordReader reader = await sample.ReadAsync(shape.Delimiter, import.Skip, import, cancellationToken);
        while (reader.Read() is ReadOutcome.Record or ReadOutcome.Broken && reader.Line < lines)
        {
            int filled = Enumerable.Range(0, reader.FieldCount).Count(field => !FieldText.Trim(reader.Field(field)).IsEmpty);
            if (reader.FieldCount == shape.FirstRow.Count && filled > 1)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<TableShape?> ShapeAsync(UploadSample sample, byte? configured, int skip, bool startsAtOnce, CancellationToken cancellationToken)
    {
        // An editor of tables may have saved the file with another delimiter than the announced one: then that makes the rows of it.
        if (configured is null && _told is { Told.Delimiter: { } delimiter, ColumnCount: { } count })
        {
            TableShape? told = await TableShape.DetectAsync(sample, (byte)delimiter, skip, startsAtOnce, _read, cancellationToken);
            TableShape? found = told is null || told.FieldCounts.Contains(count)
                ? null
                : await TableShape.DetectAsync(sample, null, skip, startsAtOnce, _read, cancellationToken);
            if (found is null || !found.FieldCounts.Contains(count))
            {
                _confidence["delimiter"] = Confidence.Announced;
                return told;
            }
        }

        TableShape? shape = await TableShape.DetectAsync(sample, configured, skip, startsAtOnce, _read, cancellationToken);
        _confidence["delimiter"] = configured is not null ? Confidence.Set
            : shape is { HasRival: true } ? Confidence.Guess
            : shape is { ByName.IsComplete: true } ? Confidence.Certain : Confidence.Likely;
        return shape;
    }

    private async Task<ColumnMapping> MapAsync(
        UploadSample sample, TableShape shape, int skip, bool hasHeader, CancellationToken cancellationToken)
    {
        if (_told is { Told.Columns.Count: > 0 } && !_told.FitsColumns(shape.FirstRow))
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Line {_told.Lines} numbers the columns of a table of {_told.ColumnCount ?? 0}, and this one has {shape.FirstRow.Count}: its columns were detected instead."));
            _read = _read with { Columns = import.Columns };
        }

        bool isNumbered = _read.Columns.Count > import.Columns.Count;
        ColumnMapping columns = ColumnMapping.Map(shape.FirstRow, hasHeader, import.Columns, warnings, isNumbered ? _told?.Told.Columns : null);
        ColumnProfiles profiles = await ColumnProfiles.TakeAsync(sample, shape, skip, hasHeader, import, cancellationToken);
        new CustomerDoubts(profiles, _read, warnings).Tell(columns);
        columns = new ContentMapping(profiles, _read, warnings).Complete(columns, hasHeader, shape.FirstLine);
        new ColumnDoubts(_read, warnings).Tell(columns, hasHeader);
        _confidence["columns"] = columns.IsGuessed ? Confidence.Guess
            : _read.Columns.Count > 0 ? Given(import.Columns.Count > 0) : Confidence.Certain;
        return columns;
    }

    private string[] Numbered(TableShape shape)
    {
        int count = _told?.ColumnCount is { } told && told <= import.MaxColumns && shape.FieldCounts.Contains(told) ? told : shape.FirstRow.Count;
        return [.. Enumerable.Range(1, count).Select(static number => number.ToString(CultureInfo.InvariantCulture))];
    }

    private static Confidence Given(bool byOption) => byOption ? Confidence.Set : Confidence.Announced;

    private static UnusableUploadException NoRows(string found) => new(
        $"The file holds no rows: {found} was found; expected a header row and at least one row of transactions.",
        advice: "Check the export, and upload it again.");

    /// <summary>The delimiter that options or a line <c>sep=;</c> of a spreadsheet name, and the lines to skip with it.</summary>
    private (byte? Delimiter, int Skip) Configured(UploadSample sample)
    {
        byte? configured = null;
        if (import.Delimiter is { } delimiter)
        {
            configured = delimiter is '"' or '\n' or '\r' or '\0' or > '\x7F'
                ? throw new UnusableUploadException(
                    $"import.delimiter '{delimiter}' cannot separate fields; expected one ASCII character like ',' ';' or '|', a tab or a space.",
                    advice: "Correct import.delimiter, or leave it out to have the delimiter detected.")
                : (byte)delimiter;
        }

        ReadOnlySpan<byte> text = sample.Bytes;
        bool announces = import.Skip == 0 && text.Length > 5 && Ascii.EqualsIgnoreCase(text[..4], "sep="u8)
            && text[5] is (byte)'\n' or (byte)'\r' && text[4] is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|';
        return announces ? (configured ?? text[4], 1) : (configured, import.Skip);
    }

    private bool IsHeader(TableShape shape)
    {
        bool isNamed = _read.Columns.Values.Any(option => !option.All(char.IsAsciiDigit) && shape.FirstRow.Contains(option, StringComparer.Ordinal));
        return shape.ByName.Mapped > 1 || isNamed || !shape.FirstRow.Any(IsValue);
    }

    /// <summary>Whether a field of the first row is a number or a date, which no name of a column is.</summary>
    private static bool IsValue(string field)
    {
        byte[] text = Encoding.UTF8.GetBytes(field);
        var date = new DateEvidence();
        date.Add(text);
        return date.Best is not null || NumberReader.TryRead(text, (byte)'.', out _) || NumberReader.TryRead(text, (byte)',', out _);
    }
}
