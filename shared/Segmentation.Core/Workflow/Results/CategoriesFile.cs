using Segmentation.Core.Products;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow.Results;

/// <summary>The file <c>categories.json</c>.</summary>
/// <param name="Source">Where the categories come from: <c>column</c> or <c>descriptions</c>.</param>
/// <param name="Categories">The categories by falling revenue; the last is the one of everything else.</param>
/// <param name="Segments">What the customers of each segment buy.</param>
public sealed record CategoriesDocument(
    string Source, IReadOnlyList<CategoryEntry> Categories, IReadOnlyList<SegmentInterestsEntry> Segments);

/// <summary>A product category.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Words">The words that set its products apart; empty where the files say the category.</param>
/// <param name="Products">How many products it holds.</param>
/// <param name="Lines">Their kept lines.</param>
/// <param name="Revenue">The sum of these.</param>
/// <param name="Share">Their part of all such sales, 0…1.</param>
/// <param name="Customers">How many customers bought from it.</param>
public sealed record CategoryEntry(
    string Name, IReadOnlyList<string> Words, int Products, long Lines, Money Revenue, double Share, int Customers);

/// <summary>What the customers of a segment buy.</summary>
/// <param name="Kind"><c>cluster</c> or <c>rfm</c>.</param>
/// <param name="Id">The id of the segment.</param>
/// <param name="Name">Its name.</param>
/// <param name="Shares">The part of its spend in each category, in the order of the categories; null where there is none.</param>
/// <param name="Typical">The category whose part is largest against its part of all sales, and at least a twentieth of the spend; or null.</param>
public sealed record SegmentInterestsEntry(string Kind, string Id, string Name, IReadOnlyList<double>? Shares, string? Typical);

/// <summary>Makes the file <c>categories.json</c>.</summary>
internal static class CategoriesFile
{
    /// <summary>Its name.</summary>
    public const string Name = "categories.json";

    private const double LeastTypicalShare = 0.05;

    /// <summary>The document.</summary>
    public static CategoriesDocument Of(CategorizedProducts products, SegmentInterests interests, IReadOnlyList<SegmentProfile> profiles)
    {
        Money total = products.Categories.Aggregate(Money.Zero, (sum, category) => sum + category.Revenue);
        CategoryEntry[] categories = [.. products.Categories.Select((category, i) => new CategoryEntry(
            category.Name,
            category.Words,
            category.Products,
            category.Lines,
            category.Revenue,
            total > Money.Zero ? category.Revenue.ToDouble() / total.ToDouble() : 0,
            interests.Customers[i]))];
        return new CategoriesDocument(
            products.Source == CategorySource.Column ? "column" : "descriptions",
            categories,
            [.. profiles.Select(profile => Entry(profile, interests.SharesOf(profile.Kind, profile.Id), categories))]);
    }

    private static SegmentInterestsEntry Entry(SegmentProfile profile, IReadOnlyList<double>? shares, CategoryEntry[] categories)
    {
        // Everything else is not an interest.
        int? typical = shares is null
            ? null
            : Enumerable.Range(0, categories.Length - 1)
                .Where(category => shares[category] >= LeastTypicalShare && categories[category].Share > 0)
                .Select(category => (int?)category)
                .MaxBy(category => shares[category!.Value] / categories[category.Value].Share);
        return new SegmentInterestsEntry(profile.Kind, profile.Id, profile.Name, shares, typical is { } one ? categories[one].Name : null);
    }
}
