using System.Globalization;
using Segmentation.Numerics.Clustering;

namespace Segmentation.Core.Products;

/// <summary>Groups products by the words of their descriptions.</summary>
/// <remarks>
/// Groups begin with words, not with chance: again and again the word of the most products that no group has yet. The products are then
/// clustered by all their words (<see cref="SphericalKMeans" />), and a group too small for a category is dissolved. Cost: entries ×
/// categories × iterations; of more than <see cref="MostClustered" /> products those that sell best are clustered, and the others go where
/// their words are.
/// </remarks>
internal static class DescriptionGroups
{
    /// <summary>The most products that are clustered.</summary>
    public const int MostClustered = 20_000;

    private const double LeastShare = 0.015;
    private const int FewestProducts = 10;
    private const int FewestOfCategory = 2;
    private const int FewestCategories = 2;
    private const int WordsOfName = 3;

    /// <summary>Groups the products that have a description; empty where these have too little in common.</summary>
    public static IReadOnlyList<ProductGroup> Form(
        IReadOnlyList<KeyValuePair<string, ProductFigures>> products, int most, CancellationToken cancellationToken)
    {
        string[] names = [.. products.Select(product => product.Value.Name)];
        int[] named = [.. Enumerable.Range(0, names.Length).Where(row => names[row].Length > 0)];
        int[] clustered = named.Length <= MostClustered
            ? named
            : [.. named.OrderByDescending(row => products[row].Value.Sales.Revenue).ThenBy(row => row).Take(MostClustered).Order()];
        if (clustered.Length < FewestProducts)
        {
            return [];
        }

        TermWeights terms = TermWeights.Of([.. clustered.Select(row => names[row])]);
        int fewest = Math.Max(FewestOfCategory, (int)Math.Ceiling(LeastShare * clustered.Length));
        List<IReadOnlyList<int>> seeds = SeedsOf(terms, most, fewest);
        if (seeds.Count < FewestCategories)
        {
            return [];
        }

        SphericalKMeansModel model = Fit(terms, seeds, fewest, cancellationToken);
        ProductGroup[] groups = [.. NamesOf(terms, model).Select(words =>
            new ProductGroup(Capitalised(string.Join(", ", words.Take(WordsOfName))), words, []))];
        for (int i = 0; i < clustered.Length; i++)
        {
            if (model.Labels[i] >= 0)
            {
                groups[model.Labels[i]].Rows.Add(clustered[i]);
            }
        }

        foreach (int row in named.Except(clustered))
        {
            int nearest = terms.Nearest(names[row], model.Centroids);
            if (nearest >= 0)
            {
                groups[nearest].Rows.Add(row);
            }
        }

        return groups;
    }

    private static List<IReadOnlyList<int>> SeedsOf(TermWeights terms, int most, int fewest)
    {
        var seeds = new List<IReadOnlyList<int>>();
        bool[] isCovered = new bool[terms.Weights.Rows];
        while (seeds.Count < most)
        {
            // The first of equals: words are in order of frequency, then of letters.
            IReadOnlyList<int>? best = terms.Products.MaxBy(rows => rows.Count(row => !isCovered[row]));
            int[] seed = best is null ? [] : [.. best.Where(row => !isCovered[row])];
            if (seed.Length < fewest)
            {
                break;
            }

            seeds.Add(seed);
            Array.ForEach(seed, row => isCovered[row] = true);
        }

        return seeds;
    }

    private static SphericalKMeansModel Fit(
        TermWeights terms, List<IReadOnlyList<int>> seeds, int fewest, CancellationToken cancellationToken)
    {
        while (true)
        {
            SphericalKMeansModel model = SphericalKMeans.Fit(terms.Weights, seeds, cancellationToken: cancellationToken);
            int[] sizes = new int[seeds.Count];
            foreach (int label in model.Labels.Where(label => label >= 0))
            {
                sizes[label]++;
            }

            int smallest = Array.IndexOf(sizes, sizes.Min());
            if (sizes[smallest] >= fewest || seeds.Count <= FewestCategories)
            {
                return model;
            }

            seeds = [.. seeds.Where((_, i) => i != smallest)];
        }
    }

    // A name is the heaviest words of the centre that no category before it has: so no two names are equal.
    private static List<IReadOnlyList<string>> NamesOf(TermWeights terms, SphericalKMeansModel model)
    {
        var taken = new HashSet<int>();
        var names = new List<IReadOnlyList<string>>();
        foreach (double[] centroid in model.Centroids)
        {
            int[] columns = [.. Enumerable.Range(0, centroid.Length)
                .Where(column => centroid[column] > 0 && !taken.Contains(column))
                .OrderByDescending(column => centroid[column])
                .ThenBy(column => column)
                .Take(WordsOfName)];
            taken.UnionWith(columns);
            names.Add([.. columns.Select(column => terms.Terms[column])]);
        }

        return names;
    }

    private static string Capitalised(string text) =>
        text.Length == 0 ? text : string.Concat(char.ToUpper(text[0], CultureInfo.InvariantCulture).ToString(), text.AsSpan(1));
}
