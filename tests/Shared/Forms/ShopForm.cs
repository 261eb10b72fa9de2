using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Segmentation.Testing.Forms;

/// <summary>One way to write the small shop: every part can be varied by itself.</summary>
internal sealed record ShopForm(string Name)
{
    private static readonly string[] Russian = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

    private static readonly string[] RussianLong =
        ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];

    private static readonly string[] CyrillicArticles = ["Чайник зелёный", "Кружка с видом на Москву", "Салфетки бумажные (5 шт.)", "Свеча Ёлка"];
    private static readonly string[] LatinArticles = ["Théière en grès", "Crème brûlée", "Gift voucher £5.00", "Müsli für Kinder"];

    /// <summary>Invoice, product, description, quantity, date, price, customer, country; null for no header.</summary>
    public string[]? Header { get; init; } = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"];

    public string Encoding { get; init; } = "utf-8";

    public bool HasMark { get; init; }

    public char Delimiter { get; init; } = ',';

    public string Date { get; init; } = "yyyy-MM-dd HH:mm:ss";

    public string Number { get; init; } = "0.##";

    public string IdEnd { get; init; } = "";

    public string Above { get; init; } = "";

    public string[] LineEnds { get; init; } = ["\n"];

    public string Container { get; init; } = "";

    public bool Latin { get; init; }

    public bool QuotesAll { get; init; }

    /// <summary>Whether the price column is left out for one of line totals.</summary>
    public bool HasTotals { get; init; }

    /// <summary>Whether customer, date and country stand on the first line of an order only.</summary>
    public bool HasOrdersOnFirstLines { get; init; }

    /// <summary>Whether there is a product column, so that a line of an order can be told from its others.</summary>
    public bool HasProducts { get; init; } = true;

    /// <summary>What of the time a date of this form keeps.</summary>
    public DateTime Kept(DateTime time) => Date switch
    {
        "yyyyMMddHH" => time.AddMinutes(-time.Minute),
        _ when Date.Contains('H', StringComparison.Ordinal) || Date.Contains('h', StringComparison.Ordinal) || Date is "excel" or "unix" or "unix-ms" or "ru-time" => time,
        _ => time.Date,
    };

    public string Article(FormLine line) => (Latin ? LatinArticles : CyrillicArticles)[line.Article % 4] + (Delimiter == ' ' ? "" : " " + line.Article.ToString(CultureInfo.InvariantCulture));

    public byte[] Write(IReadOnlyList<FormLine> lines)
    {
        if (Container == "xlsx")
        {
            return Workbook(lines);
        }

        var text = new StringBuilder(Above);
        int ends = 0;
        string End() => LineEnds[ends++ % LineEnds.Length];
        if (Header is not null)
        {
            text.AppendJoin(Delimiter, Columns(Header).Select(name => Cell(name))).Append(End());
        }

        string last = "";
        foreach (FormLine line in lines)
        {
            bool isFurther = HasOrdersOnFirstLines && line.Invoice == last;
            last = line.Invoice;
            string customer = line.Customer.Length == 0 || isFurther ? "" : line.Customer + IdEnd;
            string[] cells =
            [
                line.Invoice, line.Product, Article(line), line.IsDamaged ? "x" : Quantity(line), isFurther ? "" : DateOf(line.Time), Amount(Money(line)), customer,
                isFurther ? "" : "France",
            ];
            text.AppendJoin(Delimiter, Columns(cells).Select(cell => Cell(cell))).Append(End());
        }

        System.Text.Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(Encoding) ?? System.Text.Encoding.GetEncoding(Encoding);
        byte[] bytes = [.. HasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text.ToString())];
        return Container switch
        {
            "gz" => Gzip(bytes),
            "zip" => Zip(("orders/2011 (1).csv", bytes), ("readme.md", "# Orders\nof a year"u8.ToArray())),
            "zip2" => Zip(Halves(lines)),
            "zip-xlsx" => Zip(("orders.xlsx", Workbook(lines))),
            "xlsx-gz" => Gzip(Workbook(lines)),
            _ => bytes,
        };
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    public string Quantity(FormLine line) => Amount(line.Quantity, isCount: true);

    public decimal Money(FormLine line) => HasTotals ? line.Quantity * line.Price : line.Price;

    private T[] Columns<T>(T[] all) => HasProducts ? all : [all[0], .. all[2..]];

    private (string, byte[])[] Halves(IReadOnlyList<FormLine> lines)
    {
        ShopForm plain = this with { Container = "" };
        int half = lines.Count / 2;
        return [("a.csv", plain.Write([.. lines.Take(half)])), ("b.csv", (plain with { Delimiter = ';' }).Write([.. lines.Skip(half)]))];
    }

    private byte[] Workbook(IReadOnlyList<FormLine> lines)
    {
        IEnumerable<object?[]> rows = lines.Select(line => Columns(new object?[]
        {
            long.TryParse(line.Invoice, CultureInfo.InvariantCulture, out long invoice) ? invoice : line.Invoice, line.Product, Article(line), line.IsDamaged ? "x" : line.Quantity, line.Time,
            Money(line), line.Customer.Length == 0 ? null : int.Parse(line.Customer, CultureInfo.InvariantCulture), "France",
        }));
        object?[][] titles = Above.Length == 0 ? [] : [["Sales report"], []];
        return XlsxFile.Of(("Notes", [["Made by hand"]]), ("Orders", [.. titles, Columns(Header!), .. rows]));
    }

    private string DateOf(DateTime time) => Date switch
    {
        "excel" => time.ToOADate().ToString("R", CultureInfo.InvariantCulture).Replace('.', Number.Contains(',', StringComparison.Ordinal) ? ',' : '.'),
        "unix" => ((long)(time - DateTime.UnixEpoch).TotalSeconds).ToString(CultureInfo.InvariantCulture),
        "unix-ms" => ((long)(time - DateTime.UnixEpoch).TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
        "ru" => $"{time.Day:00}-{Russian[time.Month - 1]}-{time.Year % 100:00}",
        "ru-time" => string.Create(CultureInfo.InvariantCulture, $"{time.Day} {RussianLong[time.Month - 1]} {time.Year} г., {time:H:mm}"),
        "iso-zone" => time.ToString("yyyy-MM-ddTHH:mm:ss+03:00", CultureInfo.InvariantCulture),
        _ => time.ToString(Date, CultureInfo.InvariantCulture),
    };

    private string Amount(decimal value, bool isCount = false)
    {
        string digits = Math.Abs(value).ToString(isCount ? "0" : Number.Contains("00", StringComparison.Ordinal) ? "#,##0.00" : "0.##", CultureInfo.InvariantCulture);
        string written = Number switch
        {
            _ when isCount => digits,
            "0,##" => digits.Replace('.', ','),
            "#.##0,00" => digits.Replace(',', '!').Replace('.', ',').Replace('!', '.'),
            "# ##0,00" or "# ##0,00 ₽" => digits.Replace(",", " ", StringComparison.Ordinal).Replace('.', ','),
            "#_##0,00" => digits.Replace(",", "\u00A0", StringComparison.Ordinal).Replace('.', ','),
            _ => digits,
        };
        bool negative = value < 0;
        return Number switch
        {
            "(#,##0.00)" when negative => $"({written})",
            "#,##0.00-" when negative => $"{written}-",
            "$#,##0.00" when !isCount => $"{(negative ? "-" : "")}${written}",
            "£#,##0.00" when !isCount => $"{(negative ? "-" : "")}£{written}",
            "# ##0,00 ₽" when !isCount => $"{(negative ? "-" : "")}{written} ₽",
            _ => (negative ? "-" : "") + written,
        };
    }

    private string Cell(string text) =>
        QuotesAll || text.Contains(Delimiter, StringComparison.Ordinal) || (Delimiter == ' ' && text.Length == 0) ? $"\"{text}\"" : text;
}
