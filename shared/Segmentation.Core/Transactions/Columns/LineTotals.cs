using System.Globalization;
using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Checks, on the sample, that a column that was taken for the line's total by its name is not the order's, repeated on each line.</summary>
/// <remarks>
/// Beside a price, a total has to agree with quantity × price: it may be less, for a discount, and a little more, for a tax. A single order
/// whose lines differ and carry one total above theirs is enough against it, since files of stores with few orders of several lines
/// show no more of them. What comes after the sample is compared row by row while it is judged.
/// </remarks>
internal sealed class LineTotals(ColumnProfiles profiles, ImportOptions import, ICollection<string> warnings)
{
    private const int LeastOrders = 3;
    private const int FewRows = 50;

    /// <summary>The mapping without a total that is the order's; with another column of totals instead, where one agrees.</summary>
    /// <exception cref="UnusableUploadException">The total is the order's, and there is no price.</exception>
    public ColumnMapping Check(ColumnMapping columns, long line)
    {
        if (columns[TransactionField.Amount] < 0 || import.Columns.ContainsKey(TransactionField.Amount))
        {
            return columns;
        }

        if (columns[TransactionField.Price] < 0)
        {
            CheckAlone(columns, line);
            return columns;
        }

        List<int> refused = [];
        while (columns[TransactionField.Amount] >= 0 && Objection(columns) is { } objection)
        {
            warnings.Add(
                $"Column {columns.ColumnName(TransactionField.Amount)} {objection}: it was taken for the order's total and left out. "
                + "Set import.columns.amount if it is the line's total.");
            refused.Add(columns[TransactionField.Amount]);
            columns = columns.With(TransactionField.Amount, Next(columns, refused));
        }

        return columns;
    }

    private static int Next(ColumnMapping columns, List<int> refused) => Enumerable.Range(0, columns.Count)
        .Where(column => columns.IsFree(column) && !refused.Contains(column))
        .Select(column => (Found: ColumnSynonyms.FindName(columns.NameOf(column), columns.Style), Column: column))
        .Where(static candidate => candidate.Found?.Field == TransactionField.Amount)
        .OrderBy(static candidate => candidate.Found!.Value.Rank).ThenBy(static candidate => candidate.Column)
        .Select(static candidate => candidate.Column).DefaultIfEmpty(-1).First();

    /// <summary>What speaks against the total beside a price, or null.</summary>
    private string? Objection(ColumnMapping columns)
    {
        string key = ColumnSynonyms.KeyOf(columns.ColumnName(TransactionField.Amount));
        if (ColumnSynonyms.IsOrderTotal(key))
        {
            return "is named as what an order costs";
        }

        List<Line> lines = Lines(columns);
        if (IsRepeatedAbove(columns, lines))
        {
            return "has the same value on all lines of an order, and not quantity × price";
        }

        int above = lines.Count(static line => LineProduct.IsExceeded(line.Product, line.Total, LineProduct.Taxed));
        return ColumnSynonyms.MayBeOrderTotal(key) && columns[TransactionField.Quantity] >= 0 && above > 0 && above * FewRows >= lines.Count
            ? string.Create(CultureInfo.InvariantCulture, $"is more than quantity × price on {above} of the first {lines.Count} rows")
            : null;
    }

    private static bool IsRepeatedAbove(ColumnMapping columns, List<Line> lines)
    {
        int several = 0;
        int repeated = 0;
        foreach (IGrouping<string, Line> order in lines.GroupBy(line => OrderOf(columns, line.Row), StringComparer.Ordinal))
        {
            Line[] differing = [.. order.DistinctBy(static line => string.Join('\0', line.Row), StringComparer.Ordinal)];
            if (order.Key.Length == 0 || differing.Length < 2)
            {
                continue;
            }

            several++;
            Money sum = differing.Aggregate(Money.Zero, static (sum, line) => sum + line.Product);
            bool isOne = differing.All(line => line.Total == differing[0].Total);
            bool isAbove = differing.Any(static line => LineProduct.IsExceeded(line.Product, line.Total, LineProduct.Rounded));
            bool isSum = !LineProduct.IsExceeded(sum, differing[0].Total, LineProduct.Rounded) && !LineProduct.IsExceeded(differing[0].Total, sum, LineProduct.Rounded);
            repeated += isOne && isAbove && (isSum || differing.Any(line => line.Product != differing[0].Product)) ? 1 : 0;
        }

        return repeated > 0 && repeated * 2 >= several;
    }

    /// <summary>The order of a row; where no column names it, what a customer bought at one time.</summary>
    private static string OrderOf(ColumnMapping columns, string[] row)
    {
        int invoice = columns[TransactionField.Invoice];
        int customer = columns[TransactionField.Customer];
        int date = columns[TransactionField.Date];
        return invoice >= 0 ? row[invoice] : customer >= 0 && date >= 0 && row[customer].Length > 0 ? $"{row[customer]}\0{row[date]}" : "";
    }

    /// <summary>Without a price, only lines of one order that say the same speak against a total.</summary>
    private void CheckAlone(ColumnMapping columns, long line)
    {
        int amount = columns[TransactionField.Amount];
        List<IGrouping<string, string[]>> orders =
        [
            .. profiles.Rows.GroupBy(row => OrderOf(columns, row), StringComparer.Ordinal).Where(static order => order.Key.Length > 0
                && order.Select(static row => string.Join('\0', row)).Distinct(StringComparer.Ordinal).Skip(1).Any()),
        ];
        List<IGrouping<string, string[]>> repeated = [.. orders.Where(order => order.Select(row => row[amount]).Distinct(StringComparer.Ordinal).Count() == 1)];
        if (repeated.Count == 0 || repeated.Count * 10 < orders.Count * 9)
        {
            return;
        }

        string name = columns.ColumnName(TransactionField.Amount);
        string key = ColumnSynonyms.KeyOf(name);
        bool isMany = repeated.Count >= LeastOrders && repeated.Select(order => order.First()[amount]).Distinct(StringComparer.Ordinal).Skip(1).Any();
        bool isCertain = columns[TransactionField.Invoice] >= 0 && (ColumnSynonyms.IsOrderTotal(key) || (ColumnSynonyms.MayBeOrderTotal(key) && isMany));
        if (isCertain)
        {
            throw new UnusableUploadException(
                string.Create(CultureInfo.InvariantCulture, $"Line {line}: column {name} has the same value on all lines of an order: it looks like the order's total, and no column has the line's."),
                line,
                "Add a column with the price or the line total, or set import.columns.amount to the column if it is the line's total.");
        }

        if (ColumnSynonyms.MayBeOrderTotal(key) || isMany)
        {
            warnings.Add(
                $"Column {name} was taken for the line's total, though it has the same value on all lines of an order: if it is the order's total, "
                + "orders of several lines count several times. Add a column with the price or the line total.");
        }
    }

    private List<Line> Lines(ColumnMapping columns)
    {
        int quantity = columns[TransactionField.Quantity];
        int price = columns[TransactionField.Price];
        int amount = columns[TransactionField.Amount];
        var evidence = new NumberEvidence();
        foreach (string[] row in profiles.Rows)
        {
            evidence.Add(Encoding.UTF8.GetBytes(row[price]));
            evidence.Add(Encoding.UTF8.GetBytes(row[amount]));
        }

        byte separator = import.DecimalSeparator is { } configured ? (byte)configured : evidence.Decide((byte)',');
        var lines = new List<Line>();
        foreach (string[] row in profiles.Rows)
        {
            DecimalNumber pieces = DecimalNumber.One;
            if ((quantity < 0 || TryRead(row[quantity], separator, out pieces)) && TryRead(row[price], separator, out DecimalNumber each)
                && TryRead(row[amount], separator, out DecimalNumber total))
            {
                lines.Add(new Line(row, pieces.Times(each), total.ToMoney()));
            }
        }

        return lines;
    }

    private static bool TryRead(string text, byte separator, out DecimalNumber number) =>
        NumberReader.TryRead(Encoding.UTF8.GetBytes(text), separator, out number);

    private readonly record struct Line(string[] Row, Money Product, Money Total);
}
