using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>The rows of a sample by column, and what kind of values each column holds.</summary>
internal sealed class ColumnProfiles
{
    private readonly Dictionary<int, ColumnProfile> _profiles = [];

    private ColumnProfiles(List<string[]> rows) => Rows = rows;

    /// <summary>The rows that have as many fields as the header; fields trimmed.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>What a column holds.</summary>
    public ColumnProfile this[int column]
    {
        get
        {
            if (!_profiles.TryGetValue(column, out ColumnProfile? profile))
            {
                profile = new ColumnProfile([.. Rows.Select(row => row[column])]);
                _profiles.Add(column, profile);
            }

            return profile;
        }
    }

    /// <summary>Takes the rows of a sample.</summary>
    public static async Task<ColumnProfiles> TakeAsync(
        UploadSample sample, TableShape shape, int skip, bool hasHeader, ImportOptions import, CancellationToken cancellationToken)
    {
        RecordReader reader = await sample.ReadAsync(shape.Delimiter, skip, import, cancellationToken);
        var rows = new List<string[]>();
        bool isHeader = hasHeader;
        for (int read = 0; read < UploadSample.MaxRows && reader.Read() is ReadOutcome.Record or ReadOutcome.Broken; read++)
        {
            if (!isHeader && reader.FieldCount == shape.FirstRow.Count)
            {
                string[] row = new string[reader.FieldCount];
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = Encoding.UTF8.GetString(FieldText.Trim(reader.Field(i)));
                }

                rows.Add(row);
            }

            isHeader = false;
        }

        return new ColumnProfiles(rows);
    }
}

/// <summary>What the values of one column look like.</summary>
internal sealed class ColumnProfile
{
    private const double Nearly = 0.95;
    private const int FewCodeBlanks = 4;

    /// <summary>Looks at the values of a column, empty ones included.</summary>
    public ColumnProfile(string[] values)
    {
        Values = values;
        var dates = new DateEvidence();
        int numbers = 0;
        int fractions = 0;
        int blanks = 0;
        int padded = 0;
        string[] filled = [.. values.Where(static value => value.Length > 0)];
        var evidence = new NumberEvidence();
        foreach (string value in filled)
        {
            byte[] text = Encoding.UTF8.GetBytes(value);
            dates.Add(text);
            evidence.Add(text);
            bool isNumber = NumberReader.TryRead(text, (byte)'.', out DecimalNumber number) || NumberReader.TryRead(text, (byte)',', out number);
            numbers += isNumber ? 1 : 0;
            fractions += isNumber && number.Scale > 0 ? 1 : 0;
            padded += value.Length > 1 && value[0] == '0' && char.IsAsciiDigit(value[1]) ? 1 : 0;
            blanks += value.Contains(' ', StringComparison.Ordinal) ? 1 : 0;
        }

        Filled = filled.Length;
        Distinct = filled.Distinct(StringComparer.Ordinal).Count();
        byte separator = evidence.Decide((byte)',');
        IsNumber = Filled > 0 && numbers >= Nearly * Filled && padded == 0;
        Numbers = IsNumber ? [.. values.Select(value => Read(value, separator))] : [];
        HasFractions = IsNumber && fractions * 20 >= Filled && Numbers.Any(static value => value is { } number && number != decimal.Truncate(number));
        IsDate = Filled > 0 && dates.Best is { } best && dates.BestCount >= Nearly * Filled
            && (best.Order is not DateOrder.Excel || fractions > 0) && !(best.Order is DateOrder.Unix && Distinct < 2);
        IsText = Filled > 0 && blanks * FewCodeBlanks > Filled;
    }

    /// <summary>The values, row by row.</summary>
    public string[] Values { get; }

    /// <summary>The values as numbers, row by row, where they are.</summary>
    public decimal?[] Numbers { get; }

    /// <summary>How many are not empty.</summary>
    public int Filled { get; }

    /// <summary>How many are different.</summary>
    public int Distinct { get; }

    /// <summary>Whether nearly all are dates in one form.</summary>
    public bool IsDate { get; }

    /// <summary>Whether nearly all are numbers, and none is padded with zeros as codes are.</summary>
    public bool IsNumber { get; }

    /// <summary>Whether they are numbers of which some have decimals other than zeros.</summary>
    public bool HasFractions { get; }

    /// <summary>Whether many have blanks, as names and descriptions have.</summary>
    public bool IsText { get; }

    /// <summary>Whether they are small whole numbers, as quantities are.</summary>
    public bool IsCount => IsNumber && !HasFractions && Numbers.All(static value => value is null or (> -100_000 and < 100_000))
        && Distinct * 3 <= Math.Max(Filled, 30) && Numbers.Count(static value => value is >= 1 and <= 20) * 2 >= Filled;

    private static decimal? Read(string value, byte separator) =>
        NumberReader.TryRead(Encoding.UTF8.GetBytes(value), separator, out DecimalNumber number)
            ? (decimal)number.Mantissa / Power(number.Scale)
            : null;

    private static decimal Power(int scale)
    {
        decimal power = 1;
        for (int i = 0; i < scale; i++)
        {
            power *= 10;
        }

        return power;
    }
}
