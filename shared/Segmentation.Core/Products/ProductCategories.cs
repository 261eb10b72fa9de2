using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Products;

/// <summary>Products that go together, before their category has a number.</summary>
/// <param name="Name">The name of the category.</param>
/// <param name="Words">The words that set it apart.</param>
/// <param name="Rows">The numbers of its products.</param>
internal sealed record ProductGroup(string Name, IReadOnlyList<string> Words, List<int> Rows);

/// <summary>Puts products into categories: those that the files say, else groups of products whose descriptions share words.</summary>
/// <remarks>Products come in ordinal order and every tie has a rule, so that the same sales give the same categories everywhere.</remarks>
internal static class ProductCategories
{
    /// <summary>The most categories of the files that are told apart; the rest are everything else.</summary>
    public const int MostSaid = 20;

    // The files' own categories count when the products that have one make at least this part of the sales.
    private const double LeastSaidShare = 0.5;

    /// <summary>Puts products into categories.</summary>
    /// <param name="products">The products with their figures, in ordinal order.</param>
    /// <param name="mostFormed">The most categories that are formed from descriptions.</param>
    /// <param name="language">Of the name of everything else.</param>
    /// <param name="cancellationToken">Stops the clustering.</param>
    public static Categorization Form(
        IReadOnlyList<KeyValuePair<string, ProductFigures>> products, int mostFormed, Language language, CancellationToken cancellationToken)
    {
        string[] said = [.. products.Select(product => product.Value.Category)];
        Money saidRevenue = RevenueOf(Enumerable.Range(0, said.Length).Where(row => said[row].Length > 0), products);
        Money revenue = RevenueOf(Enumerable.Range(0, said.Length), products);
        bool areSaid = saidRevenue > Money.Zero && saidRevenue.ToDouble() >= LeastSaidShare * revenue.ToDouble();
        IReadOnlyList<ProductGroup> groups = areSaid ? FromColumn(products, said) : DescriptionGroups.Form(products, mostFormed, cancellationToken);
        return groups.Count == 0
            ? Categorization.Nothing
            : Number(areSaid ? CategorySource.Column : CategorySource.Descriptions, groups, products, language);
    }

    private static List<ProductGroup> FromColumn(IReadOnlyList<KeyValuePair<string, ProductFigures>> products, string[] said) =>
        [.. Enumerable.Range(0, products.Count)
            .Where(row => said[row].Length > 0)
            .GroupBy(row => said[row].ToUpperInvariant(), StringComparer.Ordinal)
            .Select(group => new ProductGroup(SpellingOf(group, said, products), [], [.. group]))
            .OrderByDescending(group => RevenueOf(group.Rows, products))
            .ThenBy(group => group.Name, StringComparer.Ordinal)
            .Take(MostSaid)];

    // Letter case is no difference to a reader of categories: the spelling that sells most is shown.
    private static string SpellingOf(IEnumerable<int> rows, string[] said, IReadOnlyList<KeyValuePair<string, ProductFigures>> products) =>
        rows.GroupBy(row => said[row], StringComparer.Ordinal)
            .OrderByDescending(spelling => RevenueOf(spelling, products))
            .ThenBy(spelling => spelling.Key, StringComparer.Ordinal)
            .First().Key;

    private static Categorization Number(
        CategorySource source,
        IReadOnlyList<ProductGroup> groups,
        IReadOnlyList<KeyValuePair<string, ProductFigures>> products,
        Language language)
    {
        List<ProductGroup> ordered =
            [.. groups.OrderByDescending(group => RevenueOf(group.Rows, products)).ThenBy(group => group.Name, StringComparer.Ordinal)];
        int[] categoryOf = new int[products.Count];
        Array.Fill(categoryOf, ordered.Count);
        for (int category = 0; category < ordered.Count; category++)
        {
            ordered[category].Rows.ForEach(row => categoryOf[row] = category);
        }

        // Purchases of products that are not told apart go here too, so there is always this category.
        List<int> rest = [.. Enumerable.Range(0, products.Count).Where(row => categoryOf[row] == ordered.Count)];
        ordered.Add(new ProductGroup(NameOfTheRest(ordered, language), [], rest));
        return new Categorization(
            source,
            [.. ordered.Select(group => new ProductCategory(
                group.Name, group.Words, group.Rows.Count, group.Rows.Sum(row => products[row].Value.Sales.Rows), RevenueOf(group.Rows, products)))],
            categoryOf);
    }

    private static string NameOfTheRest(List<ProductGroup> groups, Language language)
    {
        string name = language == Language.Russian ? "Прочее" : "Other";
        while (groups.Exists(group => string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            name += "…";
        }

        return name;
    }

    private static Money RevenueOf(IEnumerable<int> rows, IReadOnlyList<KeyValuePair<string, ProductFigures>> products) =>
        rows.Aggregate(Money.Zero, (sum, row) => sum + products[row].Value.Sales.Revenue);
}
