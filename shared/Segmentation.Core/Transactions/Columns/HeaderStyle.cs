using System.Collections.Frozen;

namespace Segmentation.Core.Transactions;

/// <summary>What a header as a whole says about names that mean different things in different exports.</summary>
internal readonly record struct HeaderStyle
{
    private const string LineItem = "lineitem";

    // What names the order where a column "Name" does not.
    private static readonly FrozenSet<string> Orders = ColumnSynonyms.Keys("order id", "order no", "order number", "order");

    // Names that only lists of orders or payments have whose own number stands under "ID".
    private static readonly FrozenSet<string> OrdersById = ColumnSynonyms.Keys(
        "purchase point", "bill to name", "seller message", "statement descriptor", "payment intent id", "amount refunded");

    private static readonly FrozenSet<string> SellerReports = ColumnSynonyms.Keys("srid", "обоснование для оплаты", "вайлдберриз реализовал товар пр");

    /// <summary>Whether there are columns of line items beside those of the order, as shop systems export: then totals are the order's.</summary>
    public bool HasLineItems { get; private init; }

    /// <summary>Whether <c>Name</c> is the order's, as Shopify writes it (#1001); its <c>Receipt Number</c> is another thing, and mostly empty.</summary>
    public bool NameIsOrder { get; private init; }

    /// <summary>Whether <c>Name</c> is that of the item, as in exports of WooCommerce.</summary>
    public bool NameIsItem { get; private init; }

    /// <summary>Whether <c>ID</c> is the number of the order or payment, and not that of a row.</summary>
    public bool IdIsOrder { get; private init; }

    /// <summary>Whether <c>item-price</c> is that of all pieces together, as Amazon's reports of orders have it.</summary>
    public bool ItemPriceIsTotal { get; private init; }

    /// <summary>Whether it is a report of a marketplace to its seller, where a partner keeps the point of delivery and is no customer.</summary>
    public bool IsSellerReport { get; private init; }

    /// <summary>The style of a header.</summary>
    /// <param name="keys">The keys of its names.</param>
    public static HeaderStyle Of(IReadOnlyCollection<string> keys)
    {
        bool isPrefixed = keys.Any(static key => key.StartsWith(LineItem, StringComparison.Ordinal));
        bool namesOrder = keys.Any(Orders.Contains);
        bool hasLineItems = isPrefixed || keys.Any(ColumnSynonyms.IsLineItem);
        return new HeaderStyle
        {
            HasLineItems = hasLineItems,
            NameIsOrder = isPrefixed && !namesOrder,
            NameIsItem = hasLineItems && !isPrefixed && namesOrder,
            IdIsOrder = keys.Any(OrdersById.Contains),
            ItemPriceIsTotal = keys.Contains("orderitemid", StringComparer.Ordinal) && keys.Contains("quantitypurchased", StringComparer.Ordinal),
            IsSellerReport = keys.Any(SellerReports.Contains),
        };
    }
}
