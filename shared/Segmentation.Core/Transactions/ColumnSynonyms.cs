using System.Collections.Frozen;

namespace Segmentation.Core.Transactions;

/// <summary>Says what the names of columns mean.</summary>
/// <remarks>Names are compared by <see cref="FieldText.Key" />: case, blanks, underscores and punctuation do not count.</remarks>
internal static class ColumnSynonyms
{
    private static readonly char[] WordEnds = [' ', '_', '-'];

    // Names of totals of an order, which exports of lines repeat on each of them.
    private static readonly FrozenSet<string> OrderTotals = Keys(
        "order total", "order total amount", "order total less refund", "order total amount less refund", "order amount", "order value", "subtotal",
        "grand total", "payment value", "total spent", "сумма отправления", "сумма заказа", "сумма чека", "сумма покупки", "стоимость заказа",
        "итого по заказу");

    // Names that totals of orders have as often as those of lines.
    private static readonly FrozenSet<string> Totals = Keys(
        "total", "total amount", "total price", "итого", "всего", "сумма", "общая сумма", "итоговая сумма", "betrag", "summe", "montant", "importe", "gesamtpreis", "gesamtbetrag", "gesamtsumme",
        "montant total", "prix total", "total ttc", "total ht", "importe total", "monto total", "precio total");

    // What the shop paid, which is no price where there is another.
    private static readonly FrozenSet<string> Costs = Keys("unit cost");

    // Columns that say yes, or when, an order was cancelled, beside its status or without one.
    private static readonly FrozenSet<string> CancellationFlags = Keys(
        "cancelled", "canceled", "is cancelled", "is canceled", "order cancelled", "order canceled", "отменен", "отменено", "отменена", "заказ отменен");

    private static readonly FrozenSet<string> CancellationTimes = Keys(
        "cancelled at", "canceled at", "cancelled on", "canceled on", "cancelled date", "canceled date", "cancellation date", "date cancelled", "дата отмены",
        "дата отмены заказа");

    private static readonly FrozenSet<string> Currencies = Keys(
        "usd", "eur", "gbp", "rub", "rur", "inr", "руб", "рублей", "р", "kzt", "byn", "uah", "uzs", "pln", "czk", "huf", "ron", "bgn", "chf", "sek", "nok",
        "dkk", "try", "jpy", "cny", "aud", "cad", "nzd", "brl", "mxn", "zar", "aed", "sgd", "hkd", "krw", "ils");

    // What names of quantities and money have behind a comma or in brackets: pieces, currencies, and how taxes count.
    private static readonly FrozenSet<string> Units = Keys(
        "", "pcs", "pc", "pieces", "units", "unit", "each", "шт", "штук", "ед", "ед изм", "inc tax", "incl tax", "including tax", "ex tax", "exc tax",
        "excl tax", "excluding tax", "inc vat", "incl vat", "ex vat", "excl vat", "with tax", "without tax", "base", "purchased", "gross", "net", "ttc", "ht",
        "brutto", "netto", "inkl mwst", "exkl mwst", "с ндс", "без ндс");

    // What follows a name of money as a word: prix unitaire TTC.
    private static readonly FrozenSet<string> TaxWords = Keys("ttc", "ht", "brutto", "netto");

    // Whose time a date is written in; it is taken as written.
    private static readonly FrozenSet<string> Zones = Keys("utc", "gmt", "мск", "msk", "local", "local time");

    // Columns of a line beside those of the order: with them a total of no such name is the order's.
    private static readonly FrozenSet<string> LineItems = Keys(
        "item cost", "item total", "item total amount", "item quantity", "item subtotal", "order item total", "order item quantity", "order line total",
        "order line total less refund", "sales record number", "total order quantity");

    private static readonly FrozenSet<string> UnclearCustomers = Keys([.. ColumnNames.UnclearCustomers]);
    private static readonly FrozenSet<string> Contacts = Keys([.. ColumnNames.Contacts]);
    private static readonly FrozenDictionary<string, (TransactionField Field, int Rank)> Known = Build();

    /// <summary>Whether a name is one of a line item's, as exports of shop systems have them beside those of the order.</summary>
    public static bool IsLineItem(string key) => key.StartsWith("lineitem", StringComparison.Ordinal) || LineItems.Contains(key);

    /// <summary>Whether a name may mean the total of the whole order.</summary>
    public static bool MayBeOrderTotal(string key) => IsOrderTotal(key) || Totals.Contains(key);

    /// <summary>Whether a name means the total of the whole order.</summary>
    public static bool IsOrderTotal(string key) => OrderTotals.Contains(key);

    /// <summary>Whether a name means what the shop paid, not what the customer did.</summary>
    public static bool IsCost(string key) => Costs.Contains(key);

    /// <summary>Whether a column says yes or no to an order being cancelled.</summary>
    public static bool IsCancellationFlag(string key) => CancellationFlags.Contains(key);

    /// <summary>Whether a column says when an order was cancelled.</summary>
    public static bool IsCancellationTime(string key) => CancellationTimes.Contains(key);

    /// <summary>Whether a name of customers stands above ids as often as above the names of persons.</summary>
    public static bool IsUnclearCustomer(string key) => UnclearCustomers.Contains(key);

    /// <summary>Whether a name is that of e-mail addresses or phone numbers.</summary>
    public static bool IsContact(string key) => Contacts.Contains(key);

    /// <summary>The key of a column's name without a unit, where the name without it is known: <c>Price (EUR)</c>, <c>Created (UTC)</c>, <c>total_usd</c>.</summary>
    public static string KeyOf(string name)
    {
        // "Quantity (- Refund)" is what was kept; "Quantity refund" would be what came back.
        string key = FieldText.Key(name.Replace("(-", " less ", StringComparison.Ordinal));
        string trimmed = name.TrimEnd();
        if (trimmed.EndsWith('#') && Known.ContainsKey(key + "no"))
        {
            return key + "no";
        }

        if (name.Contains('%', StringComparison.Ordinal))
        {
            return key + "%"; // A share of money is no money.
        }

        if (Known.ContainsKey(key))
        {
            return key;
        }

        return WithoutBracket(name) ?? WithoutLastWord(trimmed) ?? key;
    }

    /// <summary>What a column's name means, and how well it says so; null for a name that is not known.</summary>
    public static (TransactionField Field, int Rank)? FindName(string name, HeaderStyle style) => Find(KeyOf(name), style);

    /// <summary>What a key of <see cref="KeyOf" /> means, and how well it says so (less is better); null for one that is not known.</summary>
    /// <param name="key">The key.</param>
    /// <param name="style">What the header as a whole says.</param>
    public static (TransactionField Field, int Rank)? Find(string key, HeaderStyle style)
    {
        switch (key)
        {
            case "name":
                return style.NameIsOrder ? (TransactionField.Invoice, -1) : style.NameIsItem ? (TransactionField.Description, int.MaxValue) : null;
            case "id":
                return style.IdIsOrder ? (TransactionField.Invoice, -1) : null;
            case "itemprice" when style.ItemPriceIsTotal:
                return (TransactionField.Amount, -1);
            case "itemno" when style.NameIsItem:
                return null; // "Item #" counts the lines of an order.
            case "партнер" when style.IsSellerReport:
                return null;
        }

        if (!Known.TryGetValue(key, out (TransactionField Field, int Rank) found))
        {
            return null;
        }

        return style.HasLineItems && found.Field == TransactionField.Amount && !IsLineItem(key) ? null : found;
    }

    /// <summary>The keys of names.</summary>
    public static FrozenSet<string> Keys(params string[] names) => names.Select(FieldText.Key).ToFrozenSet(StringComparer.Ordinal);

    private static string? WithoutBracket(string name)
    {
        int end = name.AsSpan().IndexOfAny(",([");
        if (end <= 0)
        {
            return null;
        }

        string unit = FieldText.Key(name[end..]);
        string whole = FieldText.Key(name[..end]);
        bool isUnit = (Units.Contains(unit) || Currencies.Contains(unit)) && IsMeasured(whole);
        return isUnit || (Zones.Contains(unit) && IsOf(whole, TransactionField.Date)) ? whole : null;
    }

    private static string? WithoutLastWord(string name)
    {
        int end = name.LastIndexOfAny(WordEnds);
        if (end <= 0)
        {
            return null;
        }

        string word = FieldText.Key(name[end..]);
        string whole = FieldText.Key(name[..end]);
        return (Currencies.Contains(word) || TaxWords.Contains(word)) && IsMoney(whole) ? whole : null;
    }

    private static bool IsMeasured(string key) => IsMoney(key) || IsOf(key, TransactionField.Quantity);

    private static bool IsMoney(string key) => IsOf(key, TransactionField.Price) || IsOf(key, TransactionField.Amount);

    private static bool IsOf(string key, TransactionField field) => Known.TryGetValue(key, out (TransactionField Field, int Rank) found) && found.Field == field;

    private static FrozenDictionary<string, (TransactionField Field, int Rank)> Build()
    {
        var known = new Dictionary<string, (TransactionField, int)>(StringComparer.Ordinal);
        foreach ((TransactionField field, string[] names) in ColumnNames.All)
        {
            for (int rank = 0; rank < names.Length; rank++)
            {
                known.TryAdd(FieldText.Key(names[rank]), (field, rank));
            }
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
