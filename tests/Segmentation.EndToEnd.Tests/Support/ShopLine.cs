using System.Globalization;

namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>One line of a small shop's file, in the eight columns of Online Retail.</summary>
internal sealed record ShopLine(
    string Invoice, string Product, string Description, int Quantity, DateTime Date, decimal Price, string Customer, string Country)
{
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    /// <summary>Whether the invoice cancels another.</summary>
    public bool IsReturn => Invoice.StartsWith('C');

    /// <summary>Lines as a file.</summary>
    public static string Csv(IEnumerable<ShopLine> lines) => $"{Header}\n{string.Concat(lines.Select(line => line + "\n"))}";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Invoice},{Product},{Description},{Quantity},{Date:yyyy-MM-dd HH:mm:ss},{Price},{Customer},{Country}");
}
