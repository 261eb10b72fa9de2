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
            "customer id", "customer no", "customer number", "customer code", "client id", "client code", "user id", "buyer id", "member id",
            "account id", "shopper id", "cust id", "id customer", "id client", "код клиента", "ид клиента", "id клиента", "клиент id",
            "идентификатор клиента", "номер клиента", "код покупателя", "ид покупателя", "id покупателя", "покупатель id", "код контрагента",
            "id пользователя", "customer", "client", "buyer", "user", "member", "contact id", "покупатель", "клиент", "контрагент", "пользователь",
            "номер карты", "карта лояльности", "loyalty card", "card number", "customer email", "email", "e-mail", "email address", "почта",
            "электронная почта", "customer phone", "phone", "phone number", "телефон", "customer name", "client name", "имя клиента", "фио",
        ]),
        (TransactionField.Invoice,
        [
            "invoice no", "invoice", "invoice id", "invoice number", "order id", "order no", "order number", "order", "order name", "order code",
            "transaction id", "transaction no", "transaction number", "transaction", "receipt id", "receipt no", "receipt number", "receipt",
            "bill no", "check id", "sale id", "purchase id", "basket id", "document number", "document no", "номер заказа", "ид заказа", "id заказа",
            "код заказа", "заказ", "номер чека", "id чека", "чек", "номер документа", "документ", "номер накладной", "накладная", "номер счета",
            "номер продажи", "id транзакции", "транзакция",
        ]),
        (TransactionField.Date,
        [
            "invoice date", "order date", "transaction date", "purchase date", "sale date", "sales date", "receipt date", "date of purchase",
            "date time", "date", "datetime", "order datetime", "order purchase timestamp", "created at", "created on", "created", "order time",
            "transaction time", "timestamp", "paid at", "document date", "date created", "invoice timestamp", "event time", "дата заказа",
            "дата продажи", "дата покупки", "дата чека", "дата документа", "дата операции", "дата транзакции", "дата и время", "дата время", "дата",
            "дата создания", "дата оплаты", "период продажи", "time", "day",
        ]),
        (TransactionField.Quantity,
        [
            "quantity", "qty", "lineitem quantity", "item quantity", "order quantity", "quantity ordered", "qty ordered", "units", "units sold", "count",
            "pieces", "количество", "кол-во", "кол во", "количество товара", "штук", "шт",
        ]),
        (TransactionField.Price,
        [
            "unit price", "price", "lineitem price", "item price", "price each", "price per unit", "product price", "unit cost", "цена за единицу",
            "цена за шт", "цена", "цена товара", "цена продажи", "розничная цена",
        ]),
        (TransactionField.Amount,
        [
            "line total", "line amount", "amount", "total amount", "total price", "sales amount", "revenue", "sales", "order total", "order amount",
            "order value", "purchase amount", "transaction amount", "payment value", "subtotal", "grand total", "total", "monetary", "spent",
            "total spent", "сумма", "сумма продажи", "сумма заказа", "сумма чека", "сумма покупки", "сумма строки", "стоимость", "стоимость заказа",
            "выручка", "итого", "оборот",
        ]),
        (TransactionField.Product,
        [
            "stock code", "sku", "product id", "product code", "item id", "item code", "item no", "article", "article id", "product no", "lineitem sku",
            "product sku", "upc", "ean", "barcode", "артикул", "код товара", "id товара", "ид товара", "код номенклатуры", "штрихкод",
        ]),
        (TransactionField.Description,
        [
            "description", "product name", "product description", "item name", "item description", "lineitem name", "product", "item",
            "product title", "title", "наименование", "наименование товара", "название товара", "товар", "номенклатура", "название", "описание",
        ]),
        (TransactionField.Category,
        [
            "category", "product category", "category name", "item category", "product type", "department", "категория", "категория товара", "группа товаров",
            "товарная группа", "вид товара",
        ]),
        (TransactionField.Country,
            ["country", "customer country", "shipping country", "billing country", "country code", "страна", "страна доставки", "страна покупателя"]),
        (TransactionField.Status,
        [
            "order status", "status", "financial status", "payment status", "state of order", "order state", "статус заказа", "статус", "статус оплаты",
            "состояние заказа", "состояние",
        ]),
        (TransactionField.Type,
        [
            "document type", "doc type", "transaction type", "operation type", "type of document", "тип документа", "вид документа", "вид операции",
            "тип операции", "type", "тип",
        ]),
    ];

    private static readonly FrozenDictionary<string, (TransactionField Field, int Rank)> Known = Build();

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

        return isLineItemExport && found.Field == TransactionField.Amount ? null : found;
    }

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
