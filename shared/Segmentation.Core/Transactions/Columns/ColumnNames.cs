namespace Segmentation.Core.Transactions;

/// <summary>The names under which shops write the columns that matter, in English, Russian, German, French and Spanish.</summary>
/// <remarks>Within a field the earlier name is the better one. What the names were checked against: <c>docs/formats.md</c>.</remarks>
internal static class ColumnNames
{
    // An id that stays with the person, then what may be an id or a name, then a card, an e-mail address, a phone number, a name.
    private static readonly string[] CustomerIds =
    [
        "customer unique id", "customer id", "customer no", "customer number", "customer code", "customer key", "client id", "client code",
        "user id", "buyer id", "member id", "member number", "member no", "account id", "shopper id", "cust id", "id customer", "id client",
        "household key", "visitor id", "код клиента", "ид клиента", "id клиента", "клиент id", "идентификатор клиента", "номер клиента",
        "код покупателя", "ид покупателя", "id покупателя", "покупатель id", "идентификатор покупателя", "код контрагента",
        "id пользователя", "customer user id", "user id клиента", "buyer username", "buyer user id", "kundennummer", "kundennr",
        "kunden nr", "kunden id", "kundenid", "numéro client", "numéro de client", "numero client", "n client", "code client",
        "código cliente", "código de cliente", "codigo cliente", "número de cliente", "numero de cliente", "id cliente", "kunnr", "kunag",
        "sold to party",
    ];

    private static readonly string[] CustomerWords =
    [
        "customer", "client", "buyer", "user", "member", "contact id", "покупатель", "клиент", "контрагент", "партнер", "заказчик",
        "пользователь", "kunde", "käufer", "acheteur", "pseudo de l acheteur", "cliente", "comprador",
    ];

    private static readonly string[] CustomerCards =
        ["номер карты", "карта лояльности", "дисконтная карта", "loyalty card", "card number"];

    private static readonly string[] CustomerEmails =
    [
        "customer email", "email", "e-mail", "email address", "buyer email", "contact email", "billing email", "email billing",
        "from email address", "email покупателя", "email клиента", "почта", "электронная почта", "почта покупателя", "e mail adresse",
        "email client", "courriel", "correo", "correo electrónico",
    ];

    private static readonly string[] CustomerPhones =
    [
        "customer phone", "phone", "phone number", "buyer phone", "buyer phone number", "billing phone", "phone billing", "mobile",
        "mobile phone", "mobile number", "телефон", "телефон покупателя", "телефон клиента", "контактный телефон", "номер телефона",
        "telefon", "telefonnummer", "téléphone", "telephone", "teléfono",
    ];

    private static readonly string[] CustomerNames =
    [
        "customer name", "client name", "buyer name", "buyer fullname", "buyer full name", "billing name", "bill to name",
        "full name billing", "customer full name", "account name", "имя клиента", "имя покупателя", "фио", "фио покупателя", "фио клиента",
        "покупатель фио", "kundenname", "nom client", "nom du client", "nombre cliente", "nombre del cliente",
    ];

    private static readonly string[] Invoices =
    [
        "invoice no", "invoice", "invoice id", "invoice number", "sales record number", "order id", "order no", "order number", "order",
        "order name", "order code", "order key", "increment id", "order increment id", "order num", "order ref", "order reference",
        "invoice num", "sales order", "sales order number", "transaction id", "transaction no", "transaction number", "transaction",
        "receipt id", "receipt no", "receipt number", "receipt", "bill no", "bill number", "check id", "ticket number", "ticket no",
        "ticket id", "ticket", "sale id", "purchase id", "basket id", "document number", "document no", "billing document",
        "sales document", "vbeln", "номер заказа", "ид заказа", "id заказа", "код заказа", "№ заказа", "заказ №", "заказ", "srid",
        "номер отправления", "номер чека", "id чека", "чек", "номер документа", "документ", "регистратор", "ссылка", "номер накладной",
        "накладная", "номер счета", "номер продажи", "id транзакции", "транзакция", "документ продажи", "номер", "bestellnummer",
        "bestellnr", "bestell nr", "auftragsnummer", "rechnungsnummer", "belegnummer", "bestellung", "auftrag", "rechnung",
        "numéro de commande", "numéro commande", "n commande", "n de commande", "numero de commande", "référence commande", "commande",
        "numéro de facture", "facture", "número de pedido", "numero de pedido", "nº pedido", "nº de pedido", "rechnungsnr", "rechnung nr", "belegnr", "beleg nr", "auftragsnr", "n pièce", "numéro de pièce", "doc no", "doc number", "реализация", "n pedido", "id pedido",
        "pedido", "número de factura", "factura", "reference", "reference number", "ref no", "ref",
    ];

    private static readonly string[] Dates =
    [
        "invoice date", "order date", "transaction date", "transaction dt", "purchase date", "sale date", "sales date", "receipt date",
        "date of purchase", "transactional date", "purchase timestamp", "purchase time", "purchase datetime", "purchase ts",
        "order timestamp", "order ts", "transaction timestamp", "transaction ts", "trans date", "txn date", "sale timestamp", "date time",
        "date", "datetime", "order datetime", "order date time", "order purchase timestamp", "order created at", "order created",
        "order creation date", "created at", "created on", "created", "created date", "creation date", "order time", "transaction time",
        "timestamp", "paid at", "document date", "billing date", "date created", "date added", "date insert", "date placed", "order placed",
        "placed at", "placed on", "ordered at", "ordered on", "date ordered", "date of order", "date of sale", "purchased at",
        "purchased on", "order date created", "order start date", "invoice timestamp", "event time", "event timestamp", "event date",
        "event ts", "t dat", "audat", "fkdat", "erdat", "дата заказа", "дата и время заказа", "время заказа", "дата продажи",
        "дата и время продажи", "дата покупки", "дата чека", "дата документа", "дата операции", "дата транзакции", "дата и время",
        "дата время", "дата", "дата создания", "дата создания заказа", "дата оформления", "дата оформления заказа", "принят в обработку",
        "дата обработки", "дата заказа покупателем", "дата реализации", "дата оплаты", "период продажи", "bestelldatum", "bestellt am", "auftragsdatum",
        "kaufdatum", "rechnungsdatum", "belegdatum", "datum", "date de facture", "date de commande", "date de la commande", "date commande", "date d achat",
        "date de vente", "date vente", "fecha de pedido", "fecha del pedido", "fecha pedido", "fecha de compra", "fecha compra",
        "fecha de venta", "fecha venta", "fecha", "date paid", "paid on date", "time", "day", "время",
    ];

    private static readonly string[] Quantities =
    [
        "quantity less refund", "quantity", "qty", "lineitem quantity", "item quantity", "product quantity", "order quantity",
        "order item quantity", "quantity ordered", "qty ordered", "quantity purchased", "quantity sold", "qty sold", "sold quantity",
        "sold qty", "order qty", "ordered qty", "item qty", "lineitem qty", "product qty", "unit qty", "units", "units sold", "items sold",
        "items count", "item count", "num items", "num of items", "number of items", "no of items", "amount of items", "number of units",
        "count", "pieces", "pcs", "kwmeng", "fkimg", "количество", "кол-во", "кол во", "количество товара", "количество товаров",
        "кол-во товара", "кол-во товаров", "количество единиц", "количество шт", "кол-во шт", "кол", "штук", "шт", "заказано",
        "заказано шт", "продано", "продано шт", "реализовано", "отгружено", "anzahl", "menge", "bestellmenge", "stückzahl", "stück",
        "cantidad", "unidades", "quantité", "quantite", "quantité commandée", "qté", "qte", "quantidade", "quantità", "quantita",
        "hoeveelheid", "ilość", "adet",
    ];

    private static readonly string[] Prices =
    [
        "unit price", "price", "lineitem price", "item price", "item cost", "price each", "price per unit", "price per item",
        "product price", "selling price", "unit selling price", "sale price", "sales price", "sold price", "sold for", "price usd", "price eur", "price rub", "usd price",
        "retail price", "net price", "netpr", "цена за единицу", "цена за ед", "цена за шт", "цена", "цена товара", "цена продажи",
        "цена за единицу товара", "цена со скидкой", "цена розничная", "розничная цена", "цена розничная с учетом согласованной скидки",
        "ваша цена", "стоимость единицы", "итоговая стоимость товара", "einzelpreis", "stückpreis", "verkaufspreis", "preis",
        "prix unitaire", "prix de vente", "prix", "vendu pour", "precio unitario", "precio de venta", "precio",
        "стоимость товара для покупателя", "оплачено покупателем", "unit cost",
    ];

    private static readonly string[] Amounts =
    [
        "order line total less refund", "order line total", "line total", "row total", "line amount", "item total", "item total amount",
        "order item total", "item subtotal", "amount", "total amount", "total price", "sales amount", "sales value", "revenue",
        "net revenue", "net sales", "sales", "gross sales", "order total less refund", "order total amount less refund", "order total",
        "order total amount", "order amount", "order value", "purchase amount", "transaction amount", "payment value", "subtotal",
        "grand total", "total", "monetary", "spent", "total spent", "net value", "netwr", "gross", "вайлдберриз реализовал товар пр",
        "сумма по строке", "сумма строки", "сумма позиции", "сумма", "сумма продажи", "сумма продаж", "сумма с ндс",
        "сумма с учетом скидки", "сумма руб", "стоимость товара", "стоимость товаров", "стоимость", "выручка", "сумма отправления",
        "сумма заказа", "сумма чека", "сумма покупки", "стоимость заказа", "итого по заказу", "общая сумма", "итоговая сумма", "итого",
        "всего", "оборот", "продажи", "positionssumme", "zeilensumme", "betrag", "summe", "umsatz", "gesamtpreis", "gesamtbetrag", "gesamtsumme", "montant",
        "montant ligne", "montant total", "prix total", "total ttc", "total ht", "importe", "monto", "importe total", "monto total", "precio total",
    ];

    private static readonly string[] Products =
    [
        "stock code", "sku", "product id", "product code", "item id", "item code", "item no", "item number", "article", "article id",
        "product no", "lineitem sku", "item sku", "product sku", "seller sku", "custom label", "asin", "upc", "ean", "gtin", "barcode",
        "matnr", "material", "product ref", "product reference", "model", "артикул", "артикул поставщика", "артикул продавца",
        "артикул товара", "артикул wb", "код товара", "id товара", "ид товара", "ozon id", "ozon sku id", "код номенклатуры", "штрихкод",
        "штрих код", "баркод", "artikelnummer", "artikelnr", "artikel nr", "produktnummer", "référence produit", "référence article",
        "référence", "numéro de l objet", "código de producto", "código producto", "codigo producto",
    ];

    private static readonly string[] Descriptions =
    [
        "description", "product name", "product description", "item name", "item title", "item description", "lineitem name", "product",
        "item", "product title", "title", "product names", "offer name", "arktx", "material description", "наименование",
        "наименование товара", "название товара", "имя товара", "товар", "номенклатура", "название", "описание", "позиция",
        "artikelbezeichnung", "artikelname", "bezeichnung", "produktname", "artikel", "produkt", "beschreibung", "désignation",
        "libellé", "nom du produit", "produit", "intitulé de l objet", "nombre del producto", "nombre producto", "producto", "descripción",
        "artículo",
    ];

    private static readonly string[] Categories =
    [
        "category", "product category", "category name", "product category name", "category code", "item category", "product type",
        "product group", "department", "matkl", "категория", "категория товара", "группа товаров", "товарная группа",
        "группа номенклатуры", "вид товара", "вид номенклатуры", "предмет", "раздел", "kategorie", "warengruppe", "catégorie", "categoría",
    ];

    private static readonly string[] Countries =
    [
        "country", "customer country", "shipping country", "ship country", "ship to country", "delivery country", "country shipping",
        "country code shipping", "billing country", "country code", "country billing", "country code billing", "buyer country",
        "country region", "card address country", "страна", "страна доставки", "страна покупателя", "lieferland", "land", "pays", "país",
    ];

    private static readonly string[] Statuses =
    [
        "order status", "status", "financial status", "payment status", "state of order", "order state", "статус заказа", "статус",
        "статус оплаты", "состояние заказа", "состояние", "bestellstatus", "auftragsstatus", "zahlungsstatus", "statut de la commande",
        "état commande", "statut", "estado del pedido",
    ];

    private static readonly string[] Types =
    [
        "document type", "doc type", "transaction type", "operation type", "type of document", "event type", "тип документа",
        "вид документа", "вид операции", "тип операции", "хозяйственная операция", "обоснование для оплаты", "type", "тип", "belegart",
        "type de document", "tipo de documento",
    ];

    /// <summary>The names by field, the better ones first.</summary>
    public static IReadOnlyList<(TransactionField Field, string[] Names)> All { get; } =
    [
        (TransactionField.Customer, [.. CustomerIds, .. CustomerWords, .. CustomerCards, .. CustomerEmails, .. CustomerPhones, .. CustomerNames]),
        (TransactionField.Invoice, Invoices),
        (TransactionField.Date, Dates),
        (TransactionField.Quantity, Quantities),
        (TransactionField.Price, Prices),
        (TransactionField.Amount, Amounts),
        (TransactionField.Product, Products),
        (TransactionField.Description, Descriptions),
        (TransactionField.Category, Categories),
        (TransactionField.Country, Countries),
        (TransactionField.Status, Statuses),
        (TransactionField.Type, Types),
    ];

    /// <summary>Words for a customer that stand above ids in some exports and above names in others.</summary>
    public static IReadOnlyList<string> UnclearCustomers => CustomerWords;

    /// <summary>Names of columns with e-mail addresses and phone numbers, the better ones first.</summary>
    public static IReadOnlyList<string> Contacts { get; } = [.. CustomerEmails, .. CustomerPhones];
}
