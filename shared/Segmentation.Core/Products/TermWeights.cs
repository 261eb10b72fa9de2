using Segmentation.Numerics;

namespace Segmentation.Core.Products;

/// <summary>The words of all products and what each weighs in a product: rows of unit length, as text clustering wants them.</summary>
/// <param name="Terms">The words as they are shown, by column.</param>
/// <param name="Products">The rows of the products that hold each word, by column.</param>
/// <param name="Weights">A row a product: ln(products ÷ products with the word) of each of its words, scaled to length 1.</param>
/// <remarks>
/// Term frequency is not counted: a name says a word once. Words of a single product join nothing and are left out, as are words of more
/// than half of the products; of the rest the <see cref="MostTerms" /> most frequent are kept.
/// </remarks>
internal sealed record TermWeights(IReadOnlyList<string> Terms, IReadOnlyList<IReadOnlyList<int>> Products, SparseMatrix Weights)
{
    private Dictionary<string, int> _columns = [];
    private double[] _weights = [];

    /// <summary>The most words.</summary>
    public const int MostTerms = 5_000;

    private const int FewestProducts = 2;
    private const double LargestShare = 0.5;

    /// <summary>Weighs the words of names.</summary>
    /// <param name="names">The names of the products, in an order that does not depend on the sharding.</param>
    public static TermWeights Of(IReadOnlyList<string> names)
    {
        IReadOnlyList<(string Stem, string Word)>[] words = [.. names.Select(ProductWords.Of)];
        var stems = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach ((string stem, string word) in words.SelectMany(all => all))
        {
            if (!stems.TryGetValue(stem, out Dictionary<string, int>? forms))
            {
                stems[stem] = forms = new Dictionary<string, int>(StringComparer.Ordinal);
            }

            forms[word] = forms.GetValueOrDefault(word) + 1;
        }

        (string Stem, int Products, string Word)[] terms = [.. stems
            .Select(stem => (stem.Key, Products: stem.Value.Values.Sum(), Word: MostFrequent(stem.Value)))
            .Where(term => term.Products >= FewestProducts && term.Products <= LargestShare * names.Count)
            .OrderByDescending(term => term.Products)
            .ThenBy(term => term.Key, StringComparer.Ordinal)
            .Take(MostTerms)];
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int column = 0; column < terms.Length; column++)
        {
            columns[terms[column].Stem] = column;
        }

        double[] weights = [.. terms.Select(term => DeterministicMath.Log((double)names.Count / term.Products))];
        var products = terms.Select(_ => new List<int>()).ToArray();
        var rows = new (int Column, double Value)[names.Count][];
        for (int row = 0; row < rows.Length; row++)
        {
            int[] found = [.. words[row].Where(word => columns.ContainsKey(word.Stem)).Select(word => columns[word.Stem]).Order()];
            double length = Math.Sqrt(found.Sum(column => weights[column] * weights[column]));
            rows[row] = [.. found.Select(column => (column, weights[column] / length))];
            foreach (int column in found)
            {
                products[column].Add(row);
            }
        }

        return new TermWeights([.. terms.Select(term => term.Word)], products, SparseMatrix.FromRows(terms.Length, rows))
        {
            _columns = columns,
            _weights = weights,
        };
    }

    /// <summary>The centre of the largest cosine to a name that was not weighed, or −1 where they have no word in common.</summary>
    public int Nearest(string name, IReadOnlyList<double[]> centroids)
    {
        int nearest = -1;
        double best = 0;
        int[] found = [.. ProductWords.Of(name).Where(word => _columns.ContainsKey(word.Stem)).Select(word => _columns[word.Stem]).Order()];
        for (int cluster = 0; cluster < centroids.Count; cluster++)
        {
            double product = found.Sum(column => _weights[column] * centroids[cluster][column]);
            if (product > best)
            {
                (nearest, best) = (cluster, product);
            }
        }

        return nearest;
    }

    private static string MostFrequent(Dictionary<string, int> forms) =>
        forms.OrderByDescending(form => form.Value).ThenBy(form => form.Key, StringComparer.Ordinal).First().Key;
}
