using System.Buffers;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Recognises what shops write on cancelled orders and on documents of return, in English, Russian, German, French and Spanish.</summary>
/// <remarks>Words are compared by <see cref="FieldText.Key" />. Remembers the last word, since neighbouring rows repeat it. Not thread-safe.</remarks>
internal sealed class CancellationWords
{
    private static readonly string[] VoidStarts =
        ["cancelled", "canceled", "отменен", "аннулирован", "отклонен", "неоплачен", "невыкуп", "storniert", "annul", "cancelad", "anulad"];

    // What shops log beside purchases: nothing was bought.
    private static readonly string[] NoSales = ["view", "cart", "addtocart", "removefromcart", "wishlist"];

    private static readonly string[] VoidWords =
    [
        "cancel", "cancellation", "refunded", "refund", "fullyrefunded", "voided", "void", "returned", "return", "chargeback",
        "failed", "paymentfailed", "declined", "paymentdeclined", "rejected", "expired", "unpaid", "notpaid", "draft", "checkoutdraft", "trash", "abandoned",
        "incomplete", "requirespaymentmethod", "erstattet", "remboursé", "remboursée", "reembolsado", "reembolsada",
        "отказ", "отказано", "отказпокупателя", "отказклиента", "черновик",
        "отмена", "возврат", "возвращен", "возвращено", "возвращена", "возвратсредств", "полныйвозврат",
    ];

    private static readonly string[] Prefixes = ["wc", "order", "заказ"];

    private static readonly string[] ReturnStarts =
    [
        "return", "refund", "creditnote", "creditmemo", "salesreturn", "customerreturn", "возврат", "сторно", "storno", "reversal", "gutschrift", "retoure",
        "rückgabe", "avoir", "devoluc",
    ];

    // A document's name says it in words: "Возврат товаров от покупателя 0003".
    private static readonly string[] ReturnNames = ["возврат", "return", "refund", "creditnote", "creditmemo"];

    private static readonly string[] Unset = ["", "no", "n", "false", "0", "нет", "ложь", "none", "null", "nan", "nat", "na"];

    private static readonly string[] Set = ["yes", "y", "true", "1", "да", "истина", "x", "cancelled", "canceled", "отменен", "отменено", "отменена"];

    private static readonly SearchValues<byte> R = SearchValues.Create("rR"u8);
    private static readonly SearchValues<byte> N = SearchValues.Create("nN"u8);

    private readonly Memory _flag = new(static key => IsSet(key));
    private readonly Memory _name = new(static key => Array.Exists(ReturnNames, name => key.Contains(name, StringComparison.Ordinal)));
    private readonly Memory _status = new(static key => IsVoid(key));
    private readonly Memory _event = new(static key => NoSales.Contains(key, StringComparer.Ordinal));
    private readonly Memory _type = new(static key => Array.Exists(ReturnStarts, start => key.StartsWith(start, StringComparison.Ordinal)));

    /// <summary>Whether the status of an order says that it was cancelled or refunded as a whole.</summary>
    public bool IsCancelledStatus(ReadOnlySpan<byte> status) => _status.Says(status);

    /// <summary>Whether the type of a document says that goods came back.</summary>
    public bool IsReturnType(ReadOnlySpan<byte> type) => _type.Says(type);

    /// <summary>Whether the type is an event of a visit that is no purchase.</summary>
    public bool IsNoSale(ReadOnlySpan<byte> type) => _event.Says(type);

    /// <summary>Whether an invoice's name says that it is a return's. Numbers are passed over fast.</summary>
    public bool IsReturnInvoice(ReadOnlySpan<byte> invoice) => invoice.Length >= 6
        && (invoice.ContainsAnyInRange((byte)0x80, (byte)0xFF) || (invoice.ContainsAny(R) && invoice.ContainsAny(N))) && _name.Says(invoice);

    /// <summary>Whether a column that says if or when an order was cancelled says that it was: yes, or a time.</summary>
    public bool IsSetFlag(ReadOnlySpan<byte> flag) => !flag.IsEmpty && _flag.Says(flag);

    /// <summary>Whether an invoice number is a cancellation's: <c>C</c> and digits only.</summary>
    public static bool IsCancellationInvoice(ReadOnlySpan<byte> invoice) =>
        invoice.Length > 1 && invoice[0] == (byte)'C' && !invoice[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsSet(string key) => !Unset.Contains(key, StringComparer.Ordinal)
        && (Set.Contains(key, StringComparer.Ordinal) || (key.Count(char.IsAsciiDigit) >= 6 && key.AsSpan().ContainsAnyExcept('0')));

    private static bool IsVoid(string key)
    {
        foreach (string prefix in Prefixes)
        {
            if (key.Length > prefix.Length && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                key = key[prefix.Length..];
                break;
            }
        }

        return VoidWords.Contains(key, StringComparer.Ordinal) || Array.Exists(VoidStarts, start => key.StartsWith(start, StringComparison.Ordinal));
    }

    private sealed class Memory(Func<string, bool> says)
    {
        private byte[] _last = [];
        private bool _lastSays;

        public bool Says(ReadOnlySpan<byte> word)
        {
            if (!word.SequenceEqual(_last))
            {
                _last = word.ToArray();
                _lastSays = says(FieldText.Key(Encoding.UTF8.GetString(word)));
            }

            return _lastSays;
        }
    }
}
