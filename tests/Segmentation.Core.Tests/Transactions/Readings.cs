using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>What reading an upload said, made up.</summary>
internal static class Readings
{
    /// <summary>The lines with a quantity of an upload of these tables; of a file of text that is one table where there is one.</summary>
    public static QuantityLines QuantitiesOf(params (long FirstLine, bool HasQuantities)[] tables) => tables.Length == 0
        ? QuantityLines.Of(null)
        : QuantityLines.Of(new UploadReading
        {
            Dialect = DialectOf(tables[0].HasQuantities),
            Warnings = [],
            Header = null,
            Tables = tables.Length == 1 ? [] :
                [.. tables.Select(table => new TableReading { Name = "", FirstLine = table.FirstLine, Dialect = DialectOf(table.HasQuantities), Header = null })],
        });

    private static Dialect DialectOf(bool hasQuantities) => new()
    {
        Encoding = "utf-8",
        Delimiter = ",",
        DecimalSeparator = ".",
        DateFormat = "yyyy-MM-dd",
        Header = true,
        Columns = new Dictionary<string, string>(StringComparer.Ordinal) { ["customer"] = "id", [hasQuantities ? "quantity" : "amount"] = "n" },
    };
}
