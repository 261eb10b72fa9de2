using System.Globalization;

namespace Segmentation.Core.Transactions;

/// <summary>Which column of a file plays which role.</summary>
internal sealed class ColumnMapping
{
    private static readonly TransactionField[] Fields = Enum.GetValues<TransactionField>();

    private readonly int[] _columns;
    private readonly string[] _names;

    private ColumnMapping(int[] columns, IReadOnlyList<string> names)
    {
        _columns = columns;
        _names = [.. names];
    }

    /// <summary>Whether a column was taken by its content, not by its name or an option.</summary>
    public bool IsGuessed { get; private init; }

    /// <summary>What the header as a whole says about names that mean different things in different exports.</summary>
    public HeaderStyle Style { get; private init; }

    /// <summary>The 0-based column that says whether or when an order was cancelled, or −1.</summary>
    public int CancellationFlag { get; private init; } = -1;

    /// <summary>Number of columns of the file.</summary>
    public int Count => _names.Length;

    /// <summary>The 0-based column of a field, or −1.</summary>
    public int this[TransactionField field] => _columns[(int)field];

    /// <summary>Whether the file can be used: a customer, a date, and a price or a line total.</summary>
    public bool IsComplete => MissingFields().Count == 0;

    /// <summary>Field name → column name, as the ledger shows it.</summary>
    public IReadOnlyDictionary<string, string> Names => Fields.Where(role => this[role] >= 0)
        .ToDictionary(OptionName, ColumnName, StringComparer.Ordinal);

    /// <summary>How many columns have a role.</summary>
    public int Mapped => _columns.Count(static column => column >= 0);

    /// <summary>The name of a field in options and in the ledger: <c>customer</c>.</summary>
    public static string OptionName(TransactionField field) => field.ToString().ToLowerInvariant();

    /// <summary>The name of a field's column in the file, or its number where it has none.</summary>
    public string ColumnName(TransactionField field) => _names[this[field]];

    /// <summary>Maps the columns of a header, or the numbered columns of a file without one.</summary>
    /// <param name="names">The names in the header; where there is none, the numbers 1, 2, ….</param>
    /// <param name="hasHeader">Whether the names may be compared with known ones.</param>
    /// <param name="options">Columns named by options.</param>
    /// <param name="warnings">Receives a sentence for each choice between columns.</param>
    /// <param name="announced">Columns that the file itself numbers, where options say nothing: numbers from 1 of columns that it has, whatever their names, or none.</param>
    /// <exception cref="UnusableUploadException">An option names a column that the file lacks.</exception>
    public static ColumnMapping Map(
        IReadOnlyList<string> names,
        bool hasHeader,
        IReadOnlyDictionary<TransactionField, string> options,
        ICollection<string> warnings,
        IReadOnlyDictionary<TransactionField, string>? announced = null)
    {
        int[] columns = new int[Fields.Length];
        Array.Fill(columns, -1);
        foreach (TransactionField field in Fields)
        {
            if (options.TryGetValue(field, out string? option) && !IsNone(option))
            {
                columns[(int)field] = Configured(names, hasHeader, field, option.Trim());
            }
        }

        Dictionary<TransactionField, string> set = new(options);
        foreach ((TransactionField field, string place) in announced ?? new Dictionary<TransactionField, string>())
        {
            if (set.TryAdd(field, place) && !IsNone(place))
            {
                columns[(int)field] = int.Parse(place, CultureInfo.InvariantCulture) - 1;
            }
        }

        HeaderStyle style = hasHeader ? HeaderStyle.Of([.. names.Select(ColumnSynonyms.KeyOf)]) : default;
        if (hasHeader)
        {
            MapByName(names, style, set, columns, warnings);
        }

        return new ColumnMapping(columns, names)
        {
            Style = style,
            CancellationFlag = hasHeader ? FindCancellationFlag(names, set, columns) : -1,
        };
    }

    /// <summary>The same with another column for a field, or −1 for none.</summary>
    public ColumnMapping With(TransactionField field, int column)
    {
        int[] columns = [.. _columns];
        columns[(int)field] = column;
        return new ColumnMapping(columns, _names)
        {
            IsGuessed = IsGuessed || column >= 0,
            Style = Style,
            CancellationFlag = CancellationFlag,
        };
    }

    /// <summary>Whether a column has no role yet.</summary>
    public bool IsFree(int column) => !_columns.Contains(column) && column != CancellationFlag;

    /// <summary>A column's name in the file, or its number.</summary>
    public string NameOf(int column) => _names[column];

    /// <summary>What the file cannot be used without, and lacks.</summary>
    public IReadOnlyList<TransactionField> MissingFields()
    {
        var missing = new List<TransactionField>();
        if (this[TransactionField.Customer] < 0)
        {
            missing.Add(TransactionField.Customer);
        }

        if (this[TransactionField.Date] < 0)
        {
            missing.Add(TransactionField.Date);
        }

        if (this[TransactionField.Price] < 0 && this[TransactionField.Amount] < 0)
        {
            missing.Add(TransactionField.Price);
        }

        return missing;
    }

    /// <summary>An option that says which column is the status, or that none is, speaks for the flag too.</summary>
    private static int FindCancellationFlag(IReadOnlyList<string> names, Dictionary<TransactionField, string> options, int[] columns)
    {
        int status = columns[(int)TransactionField.Status];
        bool isSet = options.ContainsKey(TransactionField.Status);
        for (int column = 0; column < names.Count; column++)
        {
            string key = FieldText.Key(names[column]);
            if ((ColumnSynonyms.IsCancellationFlag(key) || ColumnSynonyms.IsCancellationTime(key))
                && (isSet ? column == status : !columns.Contains(column)))
            {
                return column;
            }
        }

        return -1;
    }

    private static bool IsNone(string option) => string.Equals(option.Trim(), "none", StringComparison.OrdinalIgnoreCase);

    private static int Configured(IReadOnlyList<string> names, bool hasHeader, TransactionField field, string option)
    {
        for (int i = 0; hasHeader && i < names.Count; i++)
        {
            if (string.Equals(names[i], option, StringComparison.Ordinal))
            {
                return i;
            }
        }

        string key = FieldText.Key(option);
        for (int i = 0; hasHeader && key.Length > 0 && i < names.Count; i++)
        {
            if (string.Equals(FieldText.Key(names[i]), key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        if (int.TryParse(option, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= names.Count)
        {
            return number - 1;
        }

        string found = hasHeader ? $"Found: {ColumnList.Show(names)}." : $"The file has {names.Count} columns and no header.";
        throw new UnusableUploadException(
            $"import.columns.{OptionName(field)} names column '{option}', which the file does not have. {found}",
            advice: $"Correct import.columns.{OptionName(field)}: a name of a column, its number from 1, or none.");
    }

    private static void MapByName(
        IReadOnlyList<string> names, HeaderStyle style, Dictionary<TransactionField, string> options, int[] columns, ICollection<string> warnings)
    {
        foreach (TransactionField field in Fields)
        {
            if (options.ContainsKey(field))
            {
                continue;
            }

            (int Rank, int Column)[] candidates =
            [
                .. Enumerable.Range(0, names.Count).Where(column => !columns.Contains(column))
                    .Select(column => (Found: ColumnSynonyms.FindName(names[column], style), Column: column))
                    .Where(candidate => candidate.Found?.Field == field)
                    .Select(static candidate => (candidate.Found!.Value.Rank, candidate.Column)).Order(),
            ];
            if (candidates.Length == 0)
            {
                continue;
            }

            columns[(int)field] = candidates[0].Column;
            if (candidates.Length > 1)
            {
                string others = ColumnList.Show([.. candidates[1..].Select(candidate => $"{names[candidate.Column]} (column {candidate.Column + 1})")]);
                warnings.Add(
                    $"Several columns look like the {OptionName(field)}: {names[candidates[0].Column]} (column {candidates[0].Column + 1}) "
                    + $"was taken, not {others}; set import.columns.{OptionName(field)} to choose another.");
            }
        }
    }
}
