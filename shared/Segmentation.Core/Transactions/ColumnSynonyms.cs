using System.Collections.Frozen;

namespace Segmentation.Core.Transactions;

/// <summary>The names under which shops write the columns that matter, in English and Russian; the earlier name is the better one.</summary>
/// <remarks>Names are compared by <see cref="FieldText.Key" />: case, blanks, underscores and punctuation do not count.</remarks>
internal static class ColumnSynonyms
{
    private static readonly (TransactionField Field, string[] Names)[] Lists =
    [
        (TransactionField.Customer,
        [
            "customer id", "customer no", "customer number", "customer code", "customer key", "client id", "client code", "user id", "buyer id", "member id",
            "account id", "shopper id", "cust id", "id customer", "id client", "customer unique id", "household key", "visitor id", "код клиента",
            "ид клиента", "id клиента", "клиент id", "идентификатор клиента", "номер клиента", "код покупателя", "ид покупателя", "id покупателя",
            "покупатель id", "идентификатор покупателя", "код контрагента", "id пользователя", "customer user id", "user id клиента", "customer", "client",
            "buyer", "user", "member", "contact id", "покупатель", "клиент", "контрагент", "партнер", "заказчик", "пользователь", "номер карты", "карта лояльности",
            "дисконтная карта", "loyalty card", "card number", "customer email", "email", "e-mail", "email address", "billing email", "email billing",
            "email покупателя", "email клиента", "почта", "электронная почта", "почта покупателя", "customer phone", "phone", "phone number", "billing phone",
            "phone billing", "телефон", "телефон покупателя", "телефон клиента", "customer name", "client name", "buyer name", "имя клиента", "имя покупателя",
            "фио", "фио покупателя", "фио клиента", "покупатель фио",
        ]),
        (TransactionField.Invoice,
        [
            "invoice no", "invoice", "invoice id", "invoice number", "order id", "order no", "order number", "order", "order name", "order code",
            "order key", "increment id", "order increment id", "order num", "order ref", "order reference", "invoice num", "transaction id", "transaction no", "transaction number", "transaction", "receipt id", "receipt no", "receipt number", "receipt",
            "bill no", "bill number", "check id", "sale id", "purchase id", "basket id", "document number", "document no", "номер заказа", "ид заказа",
            "id заказа", "код заказа", "№ заказа", "заказ №", "заказ", "srid", "номер отправления", "номер чека", "id чека", "чек", "номер документа",
            "документ", "регистратор", "ссылка", "номер накладной", "накладная", "номер счета", "номер продажи", "id транзакции", "транзакция",
            "документ продажи", "номер", "reference", "reference number", "ref no", "ref",
        ]),
        (TransactionField.Date,
        [
            "invoice date", "order date", "transaction date", "transaction dt", "purchase date", "sale date", "sales date", "receipt date",
            "date of purchase", "transactional date", "purchase timestamp", "purchase time", "purchase datetime", "purchase ts", "order timestamp", "order ts",
            "transaction timestamp", "transaction ts", "trans date", "txn date", "sale timestamp", "date time", "date", "datetime", "order datetime", "order purchase timestamp", "created at", "created on", "created",
            "order time", "transaction time", "timestamp", "paid at", "document date", "date created", "order date created", "invoice timestamp", "event time", "event timestamp", "event date", "event ts", "t dat",
            "дата заказа", "дата продажи", "дата покупки", "дата чека", "дата документа", "дата операции", "дата транзакции", "дата и время",
            "дата время", "дата", "дата создания", "дата создания заказа", "дата оформления", "дата оформления заказа", "принят в обработку",
            "дата заказа покупателем", "дата реализации", "дата оплаты", "период продажи", "time", "day",
        ]),
        (TransactionField.Quantity,
        [
            "quantity", "qty", "lineitem quantity", "item quantity", "product quantity", "order quantity", "order item quantity", "quantity ordered", "qty ordered",
            "quantity refund", "quantity sold", "qty sold", "sold quantity", "sold qty", "order qty", "ordered qty", "item qty", "lineitem qty", "product qty",
            "unit qty", "units", "units sold", "items sold", "items count", "item count", "num items", "num of items", "number of items", "no of items",
            "amount of items", "number of units", "count", "pieces", "pcs", "количество", "кол-во", "кол во", "количество товара", "количество товаров",
            "кол-во товара", "кол-во товаров", "количество единиц", "количество шт", "кол-во шт", "кол", "штук", "шт", "заказано", "заказано шт", "продано",
            "продано шт", "реализовано", "отгружено", "anzahl", "menge", "stückzahl", "cantidad", "quantité", "quantite", "qté", "qte", "quantidade",
            "quantità", "quantita", "hoeveelheid", "ilość", "adet",
        ]),
        (TransactionField.Price,
        [
            "unit price", "price", "lineitem price", "item price", "item cost", "price each", "price per unit", "product price", "selling price", "unit selling price", "sale price", "sales price", "sold price", "price usd", "usd price", "price eur",
            "price rub", "retail price",
            "цена за единицу", "цена за шт", "цена", "цена товара", "цена продажи", "цена за единицу товара", "цена со скидкой", "цена розничная",
            "розничная цена", "цена розничная с учетом согласованной скидки", "цена руб", "ваша цена", "стоимость единицы", "unit cost",
        ]),
        (TransactionField.Amount,
        [
            "line total", "line amount", "item total", "item total amount", "order line total", "order item total", "item subtotal", "amount", "total amount",
            "total price", "sales amount", "sales value", "revenue", "net revenue", "net sales", "sales", "order total", "order total amount", "order amount",
            "order value", "purchase amount", "transaction amount", "payment value", "subtotal", "grand total", "total", "monetary", "spent", "total spent",
            "вайлдберриз реализовал товар пр", "итоговая стоимость товара", "оплачено покупателем", "стоимость товара для покупателя", "сумма по строке", "сумма строки",
            "сумма", "сумма продажи", "сумма продаж", "сумма с ндс", "сумма с учетом скидки", "сумма руб", "стоимость товара", "стоимость товаров",
            "стоимость", "выручка", "сумма отправления", "сумма заказа", "сумма чека", "сумма покупки", "стоимость заказа", "итого по заказу", "итого", "всего", "оборот", "продажи",
        ]),
        (TransactionField.Product,
        [
            "stock code", "sku", "product id", "product code", "item id", "item code", "item no", "article", "article id", "product no", "lineitem sku",
            "item sku", "product sku", "upc", "ean", "barcode", "артикул", "артикул поставщика", "артикул продавца", "артикул товара", "артикул wb",
            "код товара", "id товара", "ид товара", "ozon id", "ozon sku id", "код номенклатуры", "штрихкод", "штрих код", "баркод",
        ]),
        (TransactionField.Description,
        [
            "description", "product name", "product description", "item name", "item description", "lineitem name", "product", "item",
            "product title", "title", "product names", "наименование", "наименование товара", "название товара", "имя товара", "товар", "номенклатура", "название",
            "описание", "позиция",
        ]),
        (TransactionField.Category,
        [
            "category", "product category", "category name", "category code", "item category", "product type", "department", "категория",
            "категория товара", "группа товаров", "товарная группа", "группа номенклатуры", "вид товара", "вид номенклатуры", "предмет", "раздел",
        ]),
        (TransactionField.Country,
            ["country", "customer country", "shipping country", "billing country", "country code", "country billing", "country code billing", "страна", "страна доставки", "страна покупателя"]),
        (TransactionField.Status,
        [
            "order status", "status", "financial status", "payment status", "state of order", "order state", "статус заказа", "статус", "статус оплаты",
            "состояние заказа", "состояние",
        ]),
        (TransactionField.Type,
        [
            "document type", "doc type", "transaction type", "operation type", "type of document", "event type", "тип документа", "вид документа", "вид операции",
            "тип операции", "хозяйственная операция", "обоснование для оплаты", "type", "тип",
        ]),
    ];

    // Names of totals of an order, which exports of lines repeat on each of them.
    private static readonly FrozenSet<string> OrderTotals = Keys(
        "order total", "order total amount", "order amount", "order value", "subtotal", "grand total", "payment value", "total spent", "сумма отправления",
        "сумма заказа", "сумма чека", "сумма покупки", "стоимость заказа", "итого по заказу");

    // Names that totals of orders have as often as those of lines.
    private static readonly FrozenSet<string> Totals = Keys("total", "total amount", "total price", "итого", "всего");

    // What the shop paid, which is no price where there is another.
    private static readonly FrozenSet<string> Costs = Keys("unit cost");

    // Columns that say yes, or when, an order was cancelled, beside its status or without one.
    private static readonly FrozenSet<string> CancellationFlags = Keys(
        "cancelled", "canceled", "is cancelled", "is canceled", "order cancelled", "order canceled", "отменен", "отменено", "отменена", "заказ отменен");

    private static readonly FrozenSet<string> CancellationTimes = Keys(
        "cancelled at", "canceled at", "cancelled on", "canceled on", "cancelled date", "canceled date", "cancellation date", "date cancelled", "дата отмены",
        "дата отмены заказа");

    // What names of quantities and money have behind a comma or in brackets.
    private static readonly FrozenSet<string> Units = Keys(
        "", "pcs", "pc", "pieces", "units", "unit", "each", "шт", "штук", "ед", "ед изм", "usd", "eur", "gbp", "rub", "inr", "руб", "рублей", "р");

    // Columns of a line beside those of the order: with them a total of no such name is the order's.
    private static readonly FrozenSet<string> LineItems = Keys(
        "item cost", "item total", "item total amount", "item quantity", "item subtotal", "order item total", "order item quantity");

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

    /// <summary>What a column's name means; a unit behind a comma or in brackets, as in <c>Quantity (pcs)</c>, does not count.</summary>
    public static (TransactionField Field, int Rank)? FindName(string name, bool isLineItemExport)
    {
        if (Find(FieldText.Key(name), isLineItemExport) is { } found)
        {
            return found;
        }

        int end = name.AsSpan().IndexOfAny(",([");
        return end > 0 && Units.Contains(FieldText.Key(name[end..])) && Find(FieldText.Key(name[..end]), isLineItemExport) is
        { Field: TransactionField.Quantity or TransactionField.Price or TransactionField.Amount } whole
            ? whole
            : null;
    }

    /// <summary>What a column's name means, and how well it says so (0 is best); null for a name that is not known.</summary>
    /// <param name="key">The name's key.</param>
    /// <param name="isLineItemExport">
    /// Whether the file has columns of line items beside those of the order, as shop systems export: then <c>name</c> is the order's, and
    /// totals are the order's too, not the line's.
    /// </param>
    public static (TransactionField Field, int Rank)? Find(string key, bool isLineItemExport)
    {
        if (isLineItemExport && string.Equals(key, "name", StringComparison.Ordinal))
        {
            return (TransactionField.Invoice, int.MaxValue);
        }

        if (!Known.TryGetValue(key, out (TransactionField Field, int Rank) found))
        {
            return null;
        }

        return isLineItemExport && found.Field == TransactionField.Amount && !IsLineItem(key) ? null : found;
    }

    private static FrozenSet<string> Keys(params string[] names) => names.Select(FieldText.Key).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, (TransactionField Field, int Rank)> Build()
    {
        var known = new Dictionary<string, (TransactionField, int)>(StringComparer.Ordinal);
        foreach ((TransactionField field, string[] names) in Lists)
        {
            for (int rank = 0; rank < names.Length; rank++)
            {
                known.TryAdd(FieldText.Key(names[rank]), (field, rank));
            }
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
