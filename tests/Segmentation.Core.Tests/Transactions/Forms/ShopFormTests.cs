using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions.Forms;

/// <summary>One small shop in many forms gives the same lines and the same ledger from each.</summary>
public class ShopFormTests
{
    private static readonly string[] RussianNames = ["Номер заказа", "Артикул", "Наименование", "Количество", "Дата продажи", "Цена", "Код клиента", "Страна"];

    private static readonly ShopForm[] All =
    [
        new("as Online Retail"),
        new("with a byte order mark") { HasMark = true },
        new("UTF-16 little endian") { Encoding = "utf-16", HasMark = true, Delimiter = '\t' },
        new("UTF-16 big endian") { Encoding = "utf-16BE", HasMark = true, Delimiter = ';' },
        new("UTF-16 little endian without a mark") { Encoding = "utf-16", Delimiter = ';' },
        new("UTF-16 big endian without a mark") { Encoding = "utf-16BE" },
        new("windows-1251") { Encoding = "windows-1251", Delimiter = ';', Number = "0,##" },
        new("windows-1251 with Russian names") { Encoding = "windows-1251", Delimiter = ';', Header = RussianNames, Date = "dd.MM.yyyy HH:mm:ss", Number = "#_##0,00" },
        new("cp866") { Encoding = "cp866", Delimiter = ';', Header = RussianNames, Number = "0,##", Date = "dd.MM.yyyy" },
        new("cp866 with English names") { Encoding = "cp866", Delimiter = '\t' },
        new("KOI8-R") { Encoding = "koi8-r", Delimiter = ';', Header = RussianNames, Number = "0,##" },
        new("KOI8-R with English names") { Encoding = "koi8-r", Delimiter = '|' },
        new("windows-1252") { Encoding = "windows-1252", Latin = true, Date = "dd/MM/yyyy HH:mm" },
        new("windows-1252 with pounds") { Encoding = "windows-1252", Latin = true, Number = "£#,##0.00" },
        new("ISO-8859-1") { Encoding = "iso-8859-1", Latin = true, LineEnds = ["\r\n"], Date = "M/d/yyyy H:mm" },
        new("ISO-8859-1 with no-break spaces") { Encoding = "iso-8859-1", Latin = true, Number = "#_##0,00", Delimiter = ';' },
        new("semicolons") { Delimiter = ';' },
        new("tabs") { Delimiter = '\t' },
        new("bars") { Delimiter = '|' },
        new("blanks") { Delimiter = ' ', QuotesAll = true, Date = "yyyyMMdd" },
        new("all quoted") { QuotesAll = true },
        new("windows line ends") { LineEnds = ["\r\n"] },
        new("old line ends") { LineEnds = ["\r"] },
        new("mixed line ends") { LineEnds = ["\n", "\r\n", "\r"] },
        new("a line sep=") { Above = "sep=;\r\n", Delimiter = ';', LineEnds = ["\r\n"] },
        new("title lines") { Above = "Sales report\nfor the year 2010, all shops\n\n", Delimiter = ';' },
        new("title lines as a sheet saves them") { Above = "Отчет о продажах;;;;;;;\nПериод: 01.12.2010 - 30.09.2011;;;;;;;\n", Delimiter = ';', Header = RussianNames },
        new("no header") { Header = null },
        new("no header in windows-1251") { Header = null, Encoding = "windows-1251", Delimiter = ';', Number = "0,##", Date = "dd.MM.yyyy HH:mm" },
        new("ISO dates with T and zone") { Date = "iso-zone" },
        new("ISO dates with Z") { Date = "yyyy-MM-ddTHH:mm:ssZ" },
        new("ISO dates without time") { Date = "yyyy-MM-dd" },
        new("day first") { Date = "dd.MM.yyyy HH:mm" },
        new("day first with slashes") { Date = "dd/MM/yyyy HH:mm:ss" },
        new("month first") { Date = "M/d/yyyy H:mm" },
        new("month first, short years") { Date = "MM/dd/yy HH:mm" },
        new("AM and PM") { Date = "MM/dd/yyyy hh:mm tt" },
        new("names of months") { Date = "dd-MMM-yy" },
        new("long names of months") { Date = "MMMM d, yyyy h:mm tt" },
        new("Russian months") { Date = "ru", Delimiter = ';', Encoding = "windows-1251" },
        new("Russian months in full") { Date = "ru-time", Header = RussianNames, Delimiter = ';' },
        new("bare digits") { Date = "yyyyMMdd" },
        new("bare digits with hours") { Date = "yyyyMMddHH" },
        new("bare digits with seconds") { Date = "yyyyMMddHHmmss" },
        new("Excel serials") { Date = "excel" },
        new("Excel serials with commas") { Date = "excel", Delimiter = ';', Number = "0,##" },
        new("Unix seconds") { Date = "unix" },
        new("Unix milliseconds") { Date = "unix-ms" },
        new("thousands with commas") { Number = "#,##0.00" },
        new("thousands with points") { Number = "#.##0,00", Delimiter = ';' },
        new("thousands with blanks") { Number = "# ##0,00", Delimiter = ';' },
        new("roubles") { Number = "# ##0,00 ₽", Delimiter = ';' },
        new("dollars") { Number = "$#,##0.00" },
        new("negatives in brackets") { Number = "(#,##0.00)", HasTotals = true, Header = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "Line total", "CustomerID", "Country"] },
        new("negatives with the sign behind") { Number = "#,##0.00-" },
        new("ids with fractions") { IdEnd = ".0" },
        new("ids with fractions and commas") { IdEnd = ",0", Number = "0,##", Delimiter = ';' },
        new("line totals") { HasTotals = true, Header = ["Invoice", "SKU", "Product name", "Qty", "Date", "Line total", "Client ID", "Country"] },
        new("as Shopify") { Header = ["Name", "Lineitem sku", "Lineitem name", "Lineitem quantity", "Created at", "Lineitem price", "Email", "Shipping Country"] },
        new("as WooCommerce") { Header = ["Order Number", "SKU", "Item Name", "Quantity", "Order Date", "Item Cost", "Email (Billing)", "Country Code (Billing)"] },
        new("as 1C") { Encoding = "windows-1251", Delimiter = ';', Number = "# ##0,00", Date = "dd.MM.yyyy H:mm:ss", Header = ["Номер", "Код номенклатуры", "Номенклатура", "Количество", "Дата", "Цена", "Контрагент", "Страна"] },
        new("as InSales") { Delimiter = '\t', Header = ["№ заказа", "Артикул", "Название товара", "Кол-во", "Дата оформления", "Цена продажи", "Покупатель", "Страна"], Date = "dd.MM.yyyy HH:mm" },
        new("as Ozon") { Delimiter = ';', QuotesAll = true, HasMark = true, Header = ["Номер заказа", "Артикул", "Наименование товара", "Количество", "Принят в обработку", "Цена товара", "ID покупателя", "Страна"] },
        new("as Wildberries") { Container = "xlsx", Header = ["Srid", "Артикул поставщика", "Название", "Кол-во", "Дата продажи", "Цена розничная", "Телефон", "Страна"] },
        new("as Online Retail II") { Header = ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"], Container = "xlsx" },
        new("a workbook with titles") { Container = "xlsx", Above = "titles" },
        new("gzip") { Container = "gz" },
        new("a zip archive") { Container = "zip" },
        new("a zip archive of two tables") { Container = "zip2" },
        new("a workbook in a zip archive") { Container = "zip-xlsx" },
        new("a workbook in gzip") { Container = "xlsx-gz" },
        new("gzip of windows-1251") { Container = "gz", Encoding = "windows-1251", Delimiter = ';', Header = RussianNames },
    ];

    public static TheoryData<string> Names => [.. All.Select(static form => form.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_same_shop_is_read(string name)
    {
        ShopForm form = Array.Find(All, form => form.Name == name)!;
        ShopForm plain = new("plain") { Latin = form.Latin, HasTotals = form.HasTotals, Header = form.HasTotals ? form.Header : All[0].Header };
        (_, CollectingSink expected) = await Cleaning.ReadAsync(plain.Write(FormLine.Shop));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(form.Write(FormLine.Shop), bufferBytes: 1 << 12);

        Assert.Equal(FormLine.Shop.Count, expected.Rows);
        string told = string.Join("\n", reading.Warnings);
        Assert.True(expected.Rows == sink.Rows, $"{sink.Rows} rows, expected {expected.Rows}: {told}");
        Assert.Equal(
            expected.Rejected.Select(static row => (row.Reason, row.Amount)), sink.Rejected.Select(static row => (row.Reason, row.Amount)));
        Assert.Equal(expected.Accepted.Select(line => Of(line, form)), sink.Accepted.Select(line => Of(line, form)));
        if (form.Header is not null && form.Delimiter != ' ')
        {
            Assert.Equal(expected.Accepted.Select(static line => line.Description).ToArray(), sink.Accepted.Select(static line => line.Description).ToArray());
        }
    }

    [Fact]
    public void There_are_many_forms() => Assert.True(All.Length >= 45);

    private static (LineKind, string, string, string, DateTime, DecimalNumber, Money) Of(Kept line, ShopForm form) =>
        (line.Kind, line.Customer, line.Invoice, line.Product, form.Kept(line.Time), line.Quantity, line.Amount);
}
