using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Says why a row is rejected: what was found, and what was expected.</summary>
internal sealed class RejectionDetail
{
    /// <summary>10¹⁵ of the currency, in millionths.</summary>
    public static readonly Int128 AmountLimit = (Int128)1_000_000_000_000_000 * Money.MicrosPerUnit;

    private readonly DetectedDialect _dialect;
    private readonly ColumnMapping _columns;
    private readonly string _latest;
    private readonly string _tooLong;

    // A quarter of the rows of a real shop have no customer: the sentence is made once for each way of writing it.
    private readonly string _customerEmpty;
    private readonly Dictionary<string, string> _customerWords = new(StringComparer.Ordinal);

    /// <summary>Explanations in the terms of one file: its names of columns, its dialect.</summary>
    public RejectionDetail(DetectedDialect dialect, ImportOptions import, DateTime latest)
    {
        _dialect = dialect;
        _columns = dialect.Columns;
        _latest = latest.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        _tooLong = $"A field or the line is longer than import.maxFieldBytes allows ({import.MaxFieldBytes} bytes a field)";
        _customerEmpty = Name(TransactionField.Customer) + " is empty";
    }

    /// <summary>A line that is no record, or has an overlong field.</summary>
    public string Broken(RejectionReason reason) =>
        reason == RejectionReason.TooLong ? _tooLong : "A quote is opened and not closed properly; expected a closing quote before the next delimiter or line end";

    /// <summary>Another number of fields than columns.</summary>
    public string FieldCount(int found) => string.Create(
        CultureInfo.InvariantCulture, $"{found} {(found == 1 ? "field" : "fields")}, expected {_columns.Count} separated by {DelimiterName()}");

    /// <summary>A date in another form.</summary>
    public string Date(ReadOnlySpan<byte> found) => found.IsEmpty
        ? $"{Name(TransactionField.Date)} is empty, expected a date like {_dialect.DatePattern}"
        : $"{Name(TransactionField.Date)} {FieldText.Quote(found)} is no date in the form {_dialect.DatePattern}";

    /// <summary>A date after the upload.</summary>
    public string Future(ReadOnlySpan<byte> found) => $"{Name(TransactionField.Date)} {FieldText.Quote(found)} is later than {_latest} UTC, a day after the upload";

    /// <summary>The first number that cannot be read, or a product of two that is too large.</summary>
    public string Number(RecordReader row)
    {
        TransactionField[] judged = _columns[TransactionField.Amount] >= 0
            ? [TransactionField.Quantity, TransactionField.Amount]
            : [TransactionField.Quantity, TransactionField.Price];
        foreach (TransactionField field in judged)
        {
            if (_columns[field] >= 0 && !NumberReader.TryRead(row.Field(_columns[field]), _dialect.DecimalSeparator, out _))
            {
                ReadOnlySpan<byte> found = FieldText.Trim(row.Field(_columns[field]));
                return found.IsEmpty
                    ? $"{Name(field)} is empty, expected a number"
                    : $"{Name(field)} {FieldText.Quote(found)} is no number with '{(char)_dialect.DecimalSeparator}' as the decimal separator, below 10^15";
            }
        }

        string product = string.Join(
            " × ", judged.Where(field => _columns[field] >= 0).Select(field => $"{Name(field)} {FieldText.Quote(row.Field(_columns[field]))}"));
        return $"{product} is 10^15 or more";
    }

    /// <summary>A field with bytes that are no text.</summary>
    public static string Text(RecordReader row)
    {
        for (int i = 0; i < row.FieldCount; i++)
        {
            ReadOnlySpan<byte> field = row.Field(i);
            if (field.Contains((byte)0) || !Utf8.IsValid(field))
            {
                return Text(i, field);
            }
        }

        return "The line is not valid text in the file's encoding";
    }

    /// <summary>What is wrong with the text of a field.</summary>
    public static string Text(int column, ReadOnlySpan<byte> field)
    {
        string what = field.Contains((byte)0) ? "holds NUL bytes or bytes that are no text in the file's encoding"
            : !Utf8.IsValid(field) ? "is not valid UTF-8; if the file is in another encoding, set import.encoding"
            : "holds U+FFFE, which is no character";
        return string.Create(CultureInfo.InvariantCulture, $"Field {column + 1} {FieldText.Quote(field)} {what}");
    }

    /// <summary>What the order's first line would carry to this one.</summary>
    public string Carried(RejectionReason reason, int column, ReadOnlySpan<byte> carried) =>
        $"Of the order's first line: {(reason == RejectionReason.TooLong ? _tooLong : Text(column, carried))}";

    /// <summary>No customer.</summary>
    public string Customer(ReadOnlySpan<byte> found)
    {
        if (found.IsEmpty)
        {
            return _customerEmpty;
        }

        Span<char> word = stackalloc char[4];
        ReadOnlySpan<char> key = word[..Encoding.UTF8.GetChars(found, word)];
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup = _customerWords.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(key, out string? sentence))
        {
            sentence = $"{Name(TransactionField.Customer)} '{key}' stands for no customer";
            lookup[key] = sentence;
        }

        return sentence;
    }

    /// <summary>A sale of nothing, or for nothing.</summary>
    public string NonPositive(RecordReader row, TransactionField field) =>
        $"{Name(field)} {FieldText.Quote(row.Field(_columns[field]))} is not above zero, and the line is no return";

    private string Name(TransactionField field) => _dialect.HasHeader
        ? FieldText.Quote(Encoding.UTF8.GetBytes(_columns.ColumnName(field))).Trim('\'')
        : $"Column {_columns.ColumnName(field)} ({ColumnMapping.OptionName(field)})";

    private string DelimiterName() => _dialect.Delimiter switch
    {
        (byte)',' => "commas",
        (byte)';' => "semicolons",
        (byte)'\t' => "tabs",
        (byte)' ' => "blanks",
        _ => $"'{(char)_dialect.Delimiter}'",
    };
}
