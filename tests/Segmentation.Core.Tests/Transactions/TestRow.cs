using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>A cleaned row as a test writes it down. Two rows with equal <see cref="Fields" /> say the same.</summary>
internal sealed record TestRow(
    string Customer, string Invoice, string Product, DateTime Time, DecimalNumber Quantity, DecimalNumber Price, Money Amount)
{
    public long Line { get; init; } = 2;

    public LineKind Kind { get; init; }

    public bool IsNonProduct { get; init; }

    public string Country { get; init; } = "";

    public string Description { get; init; } = "";

    public string Category { get; init; } = "";

    public string Status { get; init; } = "";

    public string DocumentType { get; init; } = "";

    public string Raw { get; init; } = "";

    /// <summary>Whether its table has a column of quantities. Not stored with the row.</summary>
    public bool HasQuantity { get; init; } = true;

    public object Fields => (Customer, Invoice, Product, Time, (Quantity, Price, Amount), (Country, Description, Category, Status, DocumentType));

    /// <summary>A sale, or with an invoice of C and digits a return, of a quantity at a price in whole units.</summary>
    public static TestRow Of(string customer, string invoice, string product, string date, int quantity, int price)
    {
        var amount = new DecimalNumber(quantity, 0);
        return new TestRow(
            customer, invoice, product, DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture), amount, new DecimalNumber(price, 0),
            amount.Times(new DecimalNumber(price, 0)))
        {
            Kind = invoice.StartsWith('C') ? LineKind.Return : LineKind.Sale,
            IsNonProduct = product == "POST",
        };
    }

    /// <summary>The stored form of the rows of one upload.</summary>
    public static async Task<byte[]> StoreAsync(IEnumerable<TestRow> rows, bool keepRaw = true, int drainEvery = 7)
    {
        using var stream = new MemoryStream();
        var writer = new CleanRowFileWriter(stream, keepRaw);
        int added = 0;
        foreach (TestRow row in rows)
        {
            row.AddTo(writer);
            if (++added % drainEvery == 0)
            {
                await writer.DrainAsync(TestContext.Current.CancellationToken);
            }
        }

        await writer.CompleteAsync(TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    public static Task<CleanRowFileReader> OpenAsync(byte[] stored) =>
        CleanRowFileReader.OpenAsync(new MemoryStream(stored), TestContext.Current.CancellationToken);

    private void AddTo(CleanRowFileWriter writer) => writer.Add(new JudgedLine
    {
        Line = Line,
        Kind = Kind,
        Customer = Encoding.UTF8.GetBytes(Customer),
        Invoice = Encoding.UTF8.GetBytes(Invoice),
        Product = Encoding.UTF8.GetBytes(Product),
        Description = Encoding.UTF8.GetBytes(Description),
        Category = Encoding.UTF8.GetBytes(Category),
        Country = Encoding.UTF8.GetBytes(Country),
        Status = Encoding.UTF8.GetBytes(Status),
        DocumentType = Encoding.UTF8.GetBytes(DocumentType),
        Time = Time,
        Quantity = Quantity,
        Price = Price,
        Amount = Amount,
        IsNonProduct = IsNonProduct,
        Raw = Encoding.UTF8.GetBytes(Raw),
    });
}
