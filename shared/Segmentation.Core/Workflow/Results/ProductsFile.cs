using System.Globalization;
using Segmentation.Core.Products;

namespace Segmentation.Core.Workflow.Results;

/// <summary>The file <c>products.csv</c>: one row a product, sorted by what it goes by.</summary>
internal static class ProductsFile
{
    /// <summary>Its name.</summary>
    public const string Name = "products.csv";

    /// <summary>Writes the file.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="products">The products in ordinal order.</param>
    /// <param name="categories">Their categories.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task WriteAsync(
        TextWriter writer, KeyValuePair<string, ProductFigures>[] products, Categorization categories, CancellationToken cancellationToken)
    {
        await writer.WriteLineAsync("product,description,category,lines,revenue,median_price".AsMemory(), cancellationToken);
        for (int i = 0; i < products.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ProductFigures figures = products[i].Value;
            writer.WriteText(products[i].Key);
            writer.Write(',');
            writer.WriteText(figures.Name);
            writer.Write(',');
            writer.WriteText(categories.CategoryOf.Length > 0 ? categories.Categories[categories.CategoryOf[i]].Name : "");
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $",{figures.Sales.Rows},{figures.Sales.Revenue},{figures.MedianPrice?.ToString() ?? ""}\n"));
        }
    }
}
