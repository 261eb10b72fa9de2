using System.Globalization;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions.Exports;

public class HeaderNameTests
{
    [Theory]
    [InlineData("orderId,customerId,orderDate,unitPrice")]
    [InlineData("order_id,customer_id,order_date,unit_price")]
    [InlineData("Order-Id,Customer-Id,Order-Date,Unit-Price")]
    [InlineData("ORDER ID,CUSTOMER ID,ORDER DATE,UNIT PRICE")]
    [InlineData("\uFEFFOrder ID ,Customer ID  , Order Date,Unit Price ")]
    [InlineData("\uFEFF\"Order ID\",\"Customer ID\",\"Order Date \",\"Unit Price\"")]
    [InlineData("Order ID,Customer ID,Order Date (UTC),Unit Price (EUR)")]
    [InlineData("Order ID,Customer ID,Order Date,Unit Price [incl. VAT]")]
    [InlineData("order_id,customer_id,order_date,unit_price_usd")]
    public async Task Case_blanks_marks_and_units_do_not_count(string header)
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync($"{header}\n1,A,2024-01-02,2.50\n");

        Assert.Equal(["customer", "date", "invoice", "price"], reading.Dialect.Columns.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(("A", "1", "2.50"), (sink.Accepted[0].Customer, sink.Accepted[0].Invoice, sink.Accepted[0].Amount.ToString()));
    }

    [Theory]
    [InlineData("Bestellnummer;Kundennummer;Bestelldatum;Artikelnummer;Bezeichnung;Menge;Einzelpreis;Land;Bestellstatus", "storniert", "2,50")]
    [InlineData("Rechnungsnummer;Kunde;Datum;Artikelnr.;Artikel;Anzahl;Preis (€);Lieferland;Status", "Storniert", "2,50")]
    [InlineData("N° commande;Client;Date de commande;Référence;Produit;Quantité;Prix unitaire TTC;Pays;Statut", "Annulée", "2,50")]
    [InlineData("Numéro de commande;Code client;Date;Référence produit;Désignation;Qté;Prix, €;Pays;Statut de la commande", "Remboursé", "2,50")]
    [InlineData("Nº pedido;Cliente;Fecha;Código producto;Descripción;Cantidad;Precio (EUR);País;Estado del pedido", "Cancelado", "2,50")]
    [InlineData("Número de pedido;Código cliente;Fecha de compra;SKU;Producto;Unidades;Precio unitario;País;Status", "anulado", "2,50")]
    public async Task German_French_and_Spanish_names_are_known(string header, string cancelled, string price)
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(
            $"{header}\n7;A;13.01.2024;p;Tee;2;{price};DE;ok\n8;A;14.01.2024;p;Tee;2;{price};DE;{cancelled}\n");

        Assert.Equal(9, reading.Dialect.Columns.Count);
        Assert.Equal([(LineKind.Sale, "5.00"), (LineKind.Void, "5.00")], sink.Accepted.Select(static line => (line.Kind, line.Amount.ToString())));
        Assert.Equal(("7", "A", "p", "Tee", "DE"),
            (sink.Accepted[0].Invoice, sink.Accepted[0].Customer, sink.Accepted[0].Product, sink.Accepted[0].Description, sink.Accepted[0].Country));
    }

    [Theory]
    [InlineData("Цена, руб.", "price")]
    [InlineData("Сумма, ₽", "amount")]
    [InlineData("Цена за ед. (RUB)", "price")]
    [InlineData("Сумма (без НДС)", "amount")]
    [InlineData("Total Price (USD)", "amount")]
    [InlineData("Gesamtbetrag EUR", "amount")]
    [InlineData("Amount (refunded)", null)]
    [InlineData("Amount (tax)", null)]
    [InlineData("Price (old)", null)]
    [InlineData("Discount (USD)", null)]
    [InlineData("Refund, EUR", null)]
    [InlineData("Shipping Cost (inc tax)", null)]
    [InlineData("Сумма, %", null)]
    [InlineData("Order #", "invoice")]
    [InlineData("Phone #", "customer")]
    public void A_unit_does_not_count_and_other_words_do(string name, string? field)
    {
        (TransactionField Field, int Rank)? found = ColumnSynonyms.FindName(name, default);

        Assert.Equal(field, found is { } known ? ColumnMapping.OptionName(known.Field) : null);
    }

    [Theory]
    [InlineData("Order ID,Customer Name,Phone,Email,Customer ID,Order Date,Total", "Customer ID")]
    [InlineData("Order ID,Customer Name,Phone,Email,Order Date,Total", "Email")]
    [InlineData("Order ID,Customer Name,Phone,Order Date,Total", "Phone")]
    [InlineData("Order ID,Customer Name,Order Date,Total", "Customer Name")]
    [InlineData("order_id,customer_id,customer_unique_id,order_purchase_timestamp,price", "customer_unique_id")]
    public void An_id_comes_before_an_address_a_number_and_a_name(string header, string expected)
    {
        ColumnMapping columns = ColumnMapping.Map(header.Split(','), true, new Dictionary<TransactionField, string>(), []);

        Assert.Equal(expected, columns.ColumnName(TransactionField.Customer));
    }

    [Theory]
    [InlineData("Order Date,Ship Date,Paid at", "Order Date")]
    [InlineData("Paid at,Created at,Cancelled at", "Created at")]
    [InlineData("Date Paid,Date Shipped,Sale Date", "Sale Date")]
    public void The_date_of_the_order_comes_before_those_of_payment_and_shipping(string dates, string expected)
    {
        ColumnMapping columns = ColumnMapping.Map($"{dates},Customer ID,Total".Split(','), true, new Dictionary<TransactionField, string>(), []);

        Assert.Equal(expected, columns.ColumnName(TransactionField.Date));
    }

    [Theory]
    [InlineData("Ann Ex {0}", true)]
    [InlineData("C{0}", false)]
    public async Task Names_beside_addresses_are_warned_of_and_stay_the_customers(string customer, bool isWarned)
    {
        string text = Rows(
            "Order ID,Customer,Email,Order Date,Total",
            i => string.Create(CultureInfo.InvariantCulture, $"{i},{string.Format(CultureInfo.InvariantCulture, customer, i % 3)},a{i % 3}@example.com"));

        (UploadReading reading, _) = await Cleaning.ReadAsync(text);

        Assert.Equal("Customer", reading.Dialect.Columns["customer"]);
        Assert.Equal(isWarned, reading.Warnings.Any(static warning =>
            warning.Contains("holds names", StringComparison.Ordinal) && warning.Contains("import.columns.customer to Email", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("", true)]
    [InlineData("9", false)]
    public async Task Guests_without_an_id_beside_addresses_are_warned_of(string guest, bool isWarned)
    {
        string text = Rows("Order ID,Customer ID,Customer Email,Order Date,Total", i => $"{i},{(i % 3 == 0 ? guest : $"{i % 5}7")},a{i % 5}@example.com");

        (UploadReading reading, _) = await Cleaning.ReadAsync(text);

        Assert.Equal("Customer ID", reading.Dialect.Columns["customer"]);
        Assert.Equal(isWarned, reading.Warnings.Any(static warning => warning.Contains("import.columns.customer to Customer Email", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Qty Refund")]
    [InlineData("Quantity Refund")]
    [InlineData("Quantity refunded")]
    [InlineData("Refunded Quantity")]
    public async Task What_came_back_is_no_quantity(string name)
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync($"order_id;client_id;date;sku;Qty;{name};price\n1;A;2024-01-02;p;3;1;10.00\n");

        Assert.Equal("Qty", reading.Dialect.Columns["quantity"]);
        Assert.Equal("30.00", sink.Accepted[0].Amount.ToString());
    }

    [Fact]
    public void A_partner_is_the_customer_in_1C_and_not_in_a_report_of_a_marketplace()
    {
        ColumnMapping accounts = ColumnMapping.Map("Регистратор;Дата;Партнер;Номенклатура;Сумма".Split(';'), true, new Dictionary<TransactionField, string>(), []);
        ColumnMapping report = ColumnMapping.Map("Srid;Дата продажи;Партнер;Название;Цена розничная".Split(';'), true, new Dictionary<TransactionField, string>(), []);

        Assert.Equal("Партнер", accounts.ColumnName(TransactionField.Customer));
        Assert.Equal(-1, report[TransactionField.Customer]);
    }

    [Theory]
    [InlineData("Rechnungsnr", "Summe")]
    [InlineData("Doc No.", "Total")]
    [InlineData("N° pièce", "Montant")]
    [InlineData("Реализация", "Сумма")]
    public async Task A_total_that_repeats_on_the_lines_of_an_order_is_refused_in_any_language(string invoice, string total)
    {
        string rows = string.Concat(Enumerable.Range(1, 8).SelectMany(i => new[] { 0, 1 }.Select(j => $"{i},2024-03-{i:D2},c{i % 3},Thing {j},{j + 2},{i}01.00\n")));

        UnusableUploadException refusal = await Cleaning.RefusedAsync($"{invoice},Date,Customer,Product,Quantity,{total}\n{rows}");

        Assert.Contains("looks like the order's total", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_invoice_a_total_that_repeats_in_a_customers_purchase_is_warned_of()
    {
        string rows = string.Concat(Enumerable.Range(1, 8).SelectMany(i => new[] { 0, 1 }.Select(j => $"{i},2024-03-{i:D2},c{i % 3},Thing {j},{j + 2},{i}01.00\n")));

        (UploadReading reading, _) = await Cleaning.ReadAsync($"Vorgang,Date,Customer,Product,Quantity,Total\n{rows}");

        Assert.Contains(reading.Warnings, static warning => warning.Contains("same value on all lines of an order", StringComparison.Ordinal));
        Assert.Contains(reading.Warnings, static warning => warning.Contains("No column for the invoice was found", StringComparison.Ordinal)
            && warning.Contains("Vorgang", StringComparison.Ordinal));
    }

    private static string Rows(string header, Func<int, string> row) =>
        $"{header}\n{string.Concat(Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{row(i)},2024-01-{i + 1:00},5.00\n")))}";
}
