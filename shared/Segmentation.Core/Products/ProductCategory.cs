using Segmentation.Core.Transactions;

namespace Segmentation.Core.Products;

/// <summary>Where categories come from.</summary>
public enum CategorySource
{
    /// <summary>Nothing tells products apart: there are no categories.</summary>
    None,

    /// <summary>The category column of the files.</summary>
    Column,

    /// <summary>The words of the descriptions.</summary>
    Descriptions,
}

/// <summary>A group of products that customers see as one sort of thing.</summary>
/// <param name="Name">A unique name: as the files say, or the words that set its products apart.</param>
/// <param name="Words">The words that set its products apart, most telling first; empty where the files say the category.</param>
/// <param name="Products">How many products it holds.</param>
/// <param name="Lines">Their kept lines.</param>
/// <param name="Revenue">The sum of these.</param>
public sealed record ProductCategory(string Name, IReadOnlyList<string> Words, int Products, long Lines, Money Revenue);

/// <summary>The products put into categories.</summary>
/// <param name="Source">Where the categories come from.</param>
/// <param name="Categories">By falling revenue; last, where there is need for it, the one of everything else.</param>
/// <param name="CategoryOf">The number, from 0, of each product's category, in the order of the products.</param>
internal sealed record Categorization(CategorySource Source, IReadOnlyList<ProductCategory> Categories, int[] CategoryOf)
{
    /// <summary>Without categories.</summary>
    public static Categorization Nothing { get; } = new(CategorySource.None, [], []);
}
