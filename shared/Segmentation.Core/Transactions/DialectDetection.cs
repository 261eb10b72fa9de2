using System.Globalization;
using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Decides, once for the whole table, how it is read: from a sample, and from all of it where the sample cannot tell.</summary>
internal sealed class DialectDetection(ImportOptions import, ICollection<string> warnings)
{
    private static readonly TransactionField[] Numbers = [TransactionField.Quantity, TransactionField.Price, TransactionField.Amount];

    private readonly DateEvidence _dates = new();
    private readonly NumberEvidence _numbers = new();
    private readonly Dictionary<TransactionField, NumberEvidence> _columnNumbers = Numbers.ToDictionary(static field => field, static _ => new NumberEvidence());
    private readonly Dictionary<string, Confidence> _confidence = new(StringComparer.Ordinal);
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
        _configuredDates = import.DateFormat is null ? null : DateFormat.FromOption(import.DateFormat);
        (byte? configured, int skip) = Announced(sample);
        TableShape shape = await TableShape.DetectAsync(sample, configured, skip, import, cancellationToken) ?? throw NoRows("nothing at all");
        bool hasHeader = import.Header ?? IsHeader(shape);
        _confidence["delimiter"] = configured is not null ? Confidence.Set : shape.HasRival ? Confidence.Guess
            : shape.ByName.IsComplete ? Confidence.Certain : Confidence.Likely;
        _confidence["header"] = import.Header is not null ? Confidence.Set : shape.ByName.IsComplete ? Confidence.Certain : Confidence.Likely;
        int titles = (int)(shape.FirstLine - 1) - skip;
        if (titles > 0)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The table starts at line {shape.FirstLine}; what stands above it was passed over. Set import.skip if that is wrong."));
            skip += titles;
        }

        IReadOnlyList<string> names = hasHeader ? shape.FirstRow : [.. Enumerable.Range(1, shape.FirstRow.Count).Select(static number => $"{number}")];
        ColumnMapping columns = ColumnMapping.Map(names, hasHeader, import.Columns, warnings);
        ColumnProfiles profiles = await ColumnProfiles.TakeAsync(sample, shape, skip, hasHeader, import, cancellationToken);
        new CustomerDoubts(profiles, import, warnings).Tell(columns);
        columns = new ContentMapping(profiles, import, warnings).Complete(columns, hasHeader, shape.FirstLine);
        new ColumnDoubts(import, warnings).Tell(columns, hasHeader);
        _confidence["columns"] = columns.IsGuessed ? Confidence.Guess : import.Columns.Count > 0 ? Confidence.Set : Confidence.Certain;

        RecordReader reader = await sample.ReadAsync(shape.Delimiter, skip, import, cancellationToken);
        long rows = await LookAsync(reader, columns, hasHeader, UploadSample.MaxRows, cancellationToken);
        if (rows == 0)
        {
            throw NoRows($"a header with {names.Count} columns and no row after it");
        }

        bool datesUnclear = _configuredDates is null && _dates.IsUnclear;
        bool numbersUnclear = import.DecimalSeparator is null && _numbers.IsUnclear;
        if ((datesUnclear || numbersUnclear) && (!sample.IsWhole || rows >= UploadSample.MaxRows))
        {
            _dates.KeepUnclear();
            await using Stream whole = await openAgain(cancellationToken);
            reader = new RecordReader(whole, shape.Delimiter, import.MaxFieldBytes);
            await reader.SkipLinesAsync(skip, cancellationToken);
            await LookAsync(reader, columns, hasHeader, long.MaxValue, cancellationToken);
        }

        _confidence["dateFormat"] = _configuredDates is null ? Confidence.Guess : Confidence.Set;
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
            DatePattern = import.DateFormat ?? (_dates.Best is null ? "yyyy-MM-dd" : DatePattern.Describe(dates, _dates.Example)),
            IsSheet = IsSheet,
            CarriesOrders = columns.Style.HasLineItems,
            Confidence = _confidence,
        };
    }

    private static UnusableUploadException NoRows(string found) => new(
        $"The file holds no rows: {found} was found; expected a header row and at least one row of transactions.",
        advice: "Check the export, and upload it again.");

    /// <summary>The delimiter that options or a line <c>sep=;</c> of a spreadsheet name, and the lines to skip with it.</summary>
    private (byte? Delimiter, int Skip) Announced(UploadSample sample)
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
        bool isNamed = import.Columns.Values.Any(option => !option.All(char.IsAsciiDigit) && shape.FirstRow.Contains(option, StringComparer.Ordinal));
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

    private async Task<long> LookAsync(RecordReader reader, ColumnMapping columns, bool hasHeader, long maxRows, CancellationToken cancellationToken)
    {
        long rows = hasHeader ? -1 : 0;
        while (rows < maxRows)
        {
            switch (reader.Read())
            {
                case ReadOutcome.NeedMore:
                    await reader.FillAsync(cancellationToken);
                    break;
                case ReadOutcome.End:
                    return Math.Max(rows, 0);
                case ReadOutcome.Broken:
                    rows++;
                    break;
                default:
                    if (++rows > 0 && reader.FieldCount >= columns.Count)
                    {
                        Look(reader, columns, rows);
                    }

                    if (maxRows == long.MaxValue && rows % UploadSample.MaxRows == 0 && (_configuredDates is not null || _dates.IsSettled) && !_numbers.IsUnclear)
                    {
                        return rows;
                    }

                    break;
            }
        }

        return rows;
    }

    private void Look(RecordReader reader, ColumnMapping columns, long row)
    {
        _firstRowLine = row == 1 ? reader.Line : _firstRowLine;
        if (_configuredDates is null)
        {
            _dates.Add(reader.Field(columns[TransactionField.Date]));
        }

        foreach (TransactionField field in Numbers)
        {
            if (columns[field] >= 0)
            {
                _numbers.Add(reader.Field(columns[field]));
                _columnNumbers[field].Add(reader.Field(columns[field]));
            }
        }
    }

    private byte DecimalSeparator(byte delimiter, ColumnMapping columns)
    {
        _confidence["decimalSeparator"] = import.DecimalSeparator is not null ? Confidence.Set : _numbers.Confidence;
        if (import.DecimalSeparator is { } configured)
        {
            return configured is '.' or ','
                ? (byte)configured
                : throw new UnusableUploadException(
                    $"import.decimalSeparator '{configured}' is none; expected '.' or ','.", advice: "Correct import.decimalSeparator, or leave it out.");
        }

        byte decided = _numbers.Decide(delimiter);
        if (_numbers.IsUnclear)
        {
            warnings.Add(
                $"Numbers like 1,234 or 1.234 do not say whether they have thousands or decimals; '{(char)decided}' was taken as the decimal separator. "
                + "Set import.decimalSeparator if that is wrong.");
            return decided;
        }

        foreach (TransactionField field in Numbers.Where(field => columns[field] >= 0 && _columnNumbers[field].Contradicts(decided)))
        {
            char other = decided == (byte)',' ? '.' : ',';
            warnings.Add(
                $"Column {columns.ColumnName(field)} has numbers like 1{other}234, which look like decimals, while the other numbers of the file have '{(char)decided}' "
                + $"as the decimal separator: 1{other}234 was read as one thousand. If that is wrong, write all numbers of the file alike.");
        }

        return decided;
    }

    private DateFormat Dates(ColumnMapping columns)
    {
        if (_dates.Best is { } best)
        {
            _confidence["dateFormat"] = _dates.Confidence;
            if (_dates.IsUnclear)
            {
                string order = best.Order == DateOrder.MonthDayYear ? "month-first" : "day-first";
                warnings.Add(
                    $"No date in column {columns.ColumnName(TransactionField.Date)} says whether the day or the month comes first; {order} was taken. "
                    + "Set import.dateFormat if that is wrong.");
            }

            return best;
        }

        return _dates.Total == 0
            ? new DateFormat(DateOrder.YearMonthDay, (byte)'-')
            : throw new UnusableUploadException(
                $"Line {_firstRowLine}: no date in column {columns.ColumnName(TransactionField.Date)} is in a form that is known; "
                + "expected one like 2010-12-31 23:59, 31.12.2010, 12/31/2010 or 31-Dec-2010.",
                _firstRowLine,
                "Set import.dateFormat to the pattern of the dates (like 'dd.MM.yyyy HH:mm', or excel, or unix), or import.columns.date to another column.");
    }
}
