using System.Globalization;
using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>What a file says of itself in an <see cref="AnnouncementLine" />: how the upload was read that its rows come from.</summary>
/// <remarks>
/// Options win over it, and it wins over what is detected. What it says is checked like anything else in a file: a key or value that is not
/// known is passed over with a warning.
/// </remarks>
internal sealed record Announcement
{
    /// <summary>The key of the encoding.</summary>
    public const string EncodingKey = "encoding";

    /// <summary>The key of the delimiter.</summary>
    public const string DelimiterKey = "delimiter";

    /// <summary>The key of the decimal separator.</summary>
    public const string DecimalSeparatorKey = "decimalSeparator";

    /// <summary>The key of the form of the dates.</summary>
    public const string DateFormatKey = "dateFormat";

    /// <summary>The key that says that dates may be ISO dates too, as those of typed cells.</summary>
    public const string IsoDatesKey = "isoDates";

    /// <summary>The key of the header.</summary>
    public const string HeaderKey = "header";

    /// <summary>The key of the number of columns.</summary>
    public const string ColumnsKey = "columns";

    /// <summary>Yes.</summary>
    public const string Yes = "yes";

    /// <summary>No.</summary>
    public const string No = "no";

    /// <summary>No column.</summary>
    public const string None = "none";

    private string? _origin;
    private int _table;
    private int _round = 1;

    private const int MostLines = 50;
    private const int MostShown = 10;
    private const int MostColumns = 100_000;

    private static readonly (string Word, char Sign)[] Words = [("comma", ','), ("point", '.'), ("semicolon", ';'), ("tab", '\t'), ("bar", '|'), ("space", ' ')];

    private static readonly Dictionary<string, TransactionField> Fields =
        Enum.GetValues<TransactionField>().ToDictionary(ColumnMapping.OptionName, StringComparer.Ordinal);

    /// <summary>Physical lines up to it, itself included: the table follows.</summary>
    public required int Lines { get; init; }

    /// <summary>What it says that options could say; the rest is empty. Columns are numbers from 1, or none.</summary>
    public ImportOptions Told { get; init; } = new();

    /// <summary>The number of columns, where it says so.</summary>
    public int? ColumnCount { get; init; }

    /// <summary>Whether a date may be an ISO date whatever the form of the others.</summary>
    public bool HasIsoDates { get; init; }

    /// <summary>The upload that its rows complete, or null.</summary>
    public Correction? Corrects => _origin is null ? null : new Correction(_origin, _table, _round);

    /// <summary>The word for a separator.</summary>
    public static string WordOf(byte sign) => Words.FirstOrDefault(word => word.Sign == sign).Word ?? ((char)sign).ToString();

    /// <summary>Reads the announcement of a table, or null where there is none.</summary>
    public static Announcement? Find(UploadSample sample, ImportOptions import, ICollection<string> warnings)
    {
        string? text = AnnouncementLine.Find(sample.Bytes, import.Skip, MostLines, out int line);
        if (text is null)
        {
            return null;
        }

        var announcement = new Announcement { Lines = line + 1 };
        var unknown = new List<string>();
        foreach ((string key, string value) in AnnouncementLine.Values(text))
        {
            Announcement? more = announcement.With(key, value);
            if (more is null)
            {
                unknown.Add(FieldText.Quote(Encoding.UTF8.GetBytes($"{key}={value}")));
            }

            announcement = more ?? announcement;
        }

        if (unknown.Count > 0)
        {
            string more = unknown.Count > MostShown ? string.Create(CultureInfo.InvariantCulture, $" and {unknown.Count - MostShown} more") : "";
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Line {line + 1} says {string.Join(", ", unknown.Take(MostShown))}{more}, which is not known; it was passed over. Correct that line, or delete it."));
        }

        return announcement;
    }

    /// <summary>The encoding that the first lines of a file announce, or null; damaged or unknown ones are told of by <see cref="Find" />.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="skip">How many lines are passed over first.</param>
    public static string? EncodingIn(ReadOnlySpan<byte> head, int skip) => AnnouncementLine.Find(head, skip, MostLines, out _) is { } text
        ? AnnouncementLine.Values(text).Where(static said => said.Key == EncodingKey && IsEncoding(said.Value)).Select(static said => said.Value).FirstOrDefault()
        : null;

    /// <summary>The options, with what is announced where they say nothing.</summary>
    /// <param name="import">The options.</param>
    /// <param name="isSheet">Whether numbers are typed cells, which have been written with a separator already.</param>
    public ImportOptions Under(ImportOptions import, bool isSheet) => import with
    {
        Header = import.Header ?? Told.Header,
        DecimalSeparator = import.DecimalSeparator ?? (isSheet ? null : Told.DecimalSeparator),
        DateFormat = import.DateFormat ?? Told.DateFormat,
        Columns = Told.Columns.Where(column => !import.Columns.ContainsKey(column.Key)).Concat(import.Columns)
            .ToDictionary(static column => column.Key, static column => column.Value),
    };

    /// <summary>Whether the columns that it numbers can be those of a row of names.</summary>
    public bool FitsColumns(IReadOnlyList<string> names)
    {
        int count = names.Count;
        while (count > 0 && names[count - 1].Length == 0)
        {
            count--;
        }

        return ColumnCount >= count && ColumnCount <= names.Count
            && Told.Columns.Values.All(column => column == None || int.Parse(column, CultureInfo.InvariantCulture) <= names.Count);
    }

    private Announcement? With(string key, string value)
    {
        switch (key)
        {
            case EncodingKey when IsEncoding(value):
                return this;
            case DelimiterKey when SignOf(value) is { } delimiter:
                return this with { Told = Told with { Delimiter = delimiter } };
            case DecimalSeparatorKey when SignOf(value) is { } separator and ('.' or ','):
                return this with { Told = Told with { DecimalSeparator = separator } };
            case DateFormatKey when IsDateFormat(value):
                return this with { Told = Told with { DateFormat = value } };
            case IsoDatesKey when value is Yes or No:
                return this with { HasIsoDates = value == Yes };
            case HeaderKey when value is Yes or No:
                return this with { Told = Told with { Header = value == Yes } };
            case ColumnsKey when NumberIn(value) is { } count:
                return this with { ColumnCount = count };
            case CorrectionRule.OriginKey when CorrectionRule.IsOrigin(value):
                return this with { _origin = value.ToLowerInvariant() };
            case CorrectionRule.TableKey when NumberIn(value) is { } table:
                return this with { _table = table };
            case CorrectionRule.RoundKey when NumberIn(value) is { } round and <= CorrectionRule.MostRounds:
                return this with { _round = round };
            default:
                return Fields.TryGetValue(key, out TransactionField field) && (value == None || NumberIn(value) is not null)
                    ? this with { Told = Told with { Columns = new Dictionary<TransactionField, string>(Told.Columns) { [field] = value } } }
                    : null;
        }
    }

    private static char? SignOf(string word) => Array.Find(Words, known => known.Word == word) is { Word: not null } found ? found.Sign
        : word is [> ' ' and < '\x7F' and not '"'] && !char.IsAsciiLetterOrDigit(word[0]) ? word[0] : null;

    private static int? NumberIn(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= MostColumns ? number : null;

    private static bool IsDateFormat(string value) => value is "excel" or "unix" || DatePattern.Recognise(value) is not null || DatePattern.IsUsable(value);

    // Of one in which the line could not have been found as it was, the name must be wrong.
    private static bool IsEncoding(string name)
    {
        try
        {
            Encoding encoding = TextDecoding.Declared(name)!;
            return encoding.GetBytes(AnnouncementLine.Write([(EncodingKey, name)])).AsSpan().StartsWith("# "u8);
        }
        catch (UnusableUploadException)
        {
            return false;
        }
    }
}
