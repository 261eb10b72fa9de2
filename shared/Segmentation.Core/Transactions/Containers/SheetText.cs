using System.Buffers;
using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace Segmentation.Core.Transactions;

/// <summary>A sheet of a workbook as delimited text: UTF-8, commas, one line a row of the sheet, so that lines are its row numbers.</summary>
/// <remarks>
/// Dates by type are written as <c>yyyy-MM-dd HH:mm:ss</c>, numbers so that no reading of groups and decimals can mistake them, text
/// with its line ends as blanks. Formulas count with the value that the spreadsheet stored. Memory: one row, and what the workbook's
/// reader holds (the shared texts).
/// </remarks>
internal sealed class SheetText : ForwardStream
{
    private const int RowsAhead = 1_000;
    private const int RowsOfWidth = 64;
    private const int LongestNumber = 40;
    private const int LettersAhead = 1 << 20;
    private const int BlockBytes = 32 << 10;

    private readonly IExcelDataReader _sheet;
    private readonly int _maxColumns;
    private readonly char? _configured;
    private readonly NumberEvidence _numbers = new();
    private readonly ArrayBufferWriter<byte> _text = new(2 * BlockBytes);
    private readonly Queue<object?[]> _ahead = new();
    private int _taken;
    private int _width;
    private char _decimalSeparator;
    private bool _ended;

    /// <summary>Text of the sheet at which the reader of a workbook stands.</summary>
    /// <param name="sheet">The reader; it is not disposed of.</param>
    /// <param name="import">The limit of columns, and the separator in which numbers will be read, if it is set.</param>
    public SheetText(IExcelDataReader sheet, ImportOptionsOfSheet import)
    {
        _sheet = sheet;
        _maxColumns = import.MaxColumns;
        _configured = import.DecimalSeparator;
        if (sheet.RowCount > ArchiveLimits.MostSheetRows)
        {
            throw ArchiveLimits.Damaged($"Sheet '{sheet.Name}'", $"it claims {sheet.RowCount} rows, and sheets have at most {ArchiveLimits.MostSheetRows}");
        }
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        while (_taken == _text.WrittenCount && !_ended)
        {
            _text.ResetWrittenCount();
            _taken = 0;
            _ended = !WorkbookFaults.Guard(WriteRows);
        }

        int length = Math.Min(buffer.Length, _text.WrittenCount - _taken);
        _text.WrittenSpan.Slice(_taken, length).CopyTo(buffer);
        _taken += length;
        return length;
    }

    /// <inheritdoc />
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The workbook's reader is synchronous: a block of rows at a time, and a look at the token between them.
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    private bool WriteRows()
    {
        if (_width == 0)
        {
            LookAhead();
        }

        while (_text.WrittenCount < BlockBytes && (_ahead.Count > 0 || _sheet.Read()))
        {
            WriteRow(_ahead.TryDequeue(out object?[]? row) ? row : ReadRow());
        }

        return _text.WrittenCount > 0;
    }

    /// <summary>Decides from the first rows what holds for all.</summary>
    private void LookAhead()
    {
        int letters = 0;
        while (_ahead.Count < RowsAhead && letters < LettersAhead && _sheet.Read())
        {
            object?[] row = ReadRow();
            _ahead.Enqueue(row);
            foreach (string text in row.OfType<string>())
            {
                letters += text.Length;
                Look(text);
            }
        }

        // The widest of the first rows is the table's: formatted cells far to the right are none of it.
        _width = _ahead.Take(RowsOfWidth).Select(static row => row.Length).DefaultIfEmpty().Max();

        // Typed numbers are written as those that are text, so that one reading serves both.
        _decimalSeparator = _configured ?? (char)_numbers.Decide((byte)',');
    }

    private void Look(string text)
    {
        if (text.Length <= LongestNumber && text.AsSpan().ContainsAny(',', '.'))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (NumberReader.TryRead(bytes, (byte)',', out _) || NumberReader.TryRead(bytes, (byte)'.', out _))
            {
                _numbers.Add(bytes);
            }
        }
    }

    private object?[] ReadRow()
    {
        int last = _sheet.FieldCount - 1;
        while (last >= 0 && _sheet.IsDBNull(last))
        {
            last--;
        }

        if (last >= _maxColumns)
        {
            throw new UnusableUploadException(
                string.Create(CultureInfo.InvariantCulture, $"Sheet '{_sheet.Name}' has {last + 1} columns; at most {_maxColumns} are read (import.maxColumns)."),
                advice: "Leave out columns that are not needed, or raise import.maxColumns.");
        }

        object?[] row = new object?[last + 1];
        for (int i = 0; i <= last; i++)
        {
            row[i] = _sheet.GetValue(i);
        }

        return row;
    }

    private void WriteRow(object?[] row)
    {
        if (row.Length > 0)
        {
            for (int i = 0; i < Math.Max(row.Length, _width); i++)
            {
                if (i > 0)
                {
                    _text.Write(","u8);
                }

                string? cell = i < row.Length ? Text(row[i]) : null;
                if (cell is not null)
                {
                    Encoding.UTF8.GetBytes(cell, _text);
                }
            }
        }

        _text.Write("\n"u8);
    }

    private string? Text(object? value) => value switch
    {
        null => null,
        string text => Quoted(text),
        DateTime { Millisecond: > 0 } time => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number => Number(number),
        bool truth => truth ? "TRUE" : "FALSE",
        IFormattable other => Quoted(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Quoted(value.ToString() ?? ""),
    };

    private string Number(double number)
    {
        string text = double.IsInteger(number) && Math.Abs(number) < 1e18
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
        int point = text.IndexOf('.', StringComparison.Ordinal);

        // 2.555 could be two thousand to a reader of decimal commas; 2.5550 could not.
        text = point >= 0 && text.Length - point == 4 ? text + "0" : text;
        return _decimalSeparator == ',' && point >= 0 ? $"\"{text.Replace('.', ',')}\"" : text;
    }

    private static string Quoted(string text)
    {
        if (text.AsSpan().IndexOfAny("\",\r\n") < 0)
        {
            return text;
        }

        string line = text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ');
        return $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>What of the options matters to the text of a sheet.</summary>
/// <param name="MaxColumns">Most columns.</param>
/// <param name="DecimalSeparator">The separator in which numbers will be read; null for that of the numbers that are text.</param>
internal readonly record struct ImportOptionsOfSheet(int MaxColumns, char? DecimalSeparator);

/// <summary>Turns whatever the reader of workbooks throws about damaged ones into one refusal.</summary>
internal static class WorkbookFaults
{
    /// <summary>Calls the reader.</summary>
    /// <exception cref="UnusableUploadException">The workbook is damaged.</exception>
    public static T Guard<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception fault) when (fault is EndOfStreamException or not (IOException or UnauthorizedAccessException or UnusableUploadException or OperationCanceledException))
        {
            // It has no exception of its own for damage: parsers of numbers, of XML and of archives throw theirs.
            throw ArchiveLimits.Damaged("The Excel workbook", fault.Message);
        }
    }
}
