using System.Globalization;

namespace Segmentation.Numerics;

/// <summary>Points that each stand for a whole number of equal rows: a point of weight w counts like w copies of it.</summary>
/// <remarks>
/// A <see cref="FeatureMatrix" /> is a set of points of weight 1 and converts by itself; weights that are all 1 are the same as none, to
/// the last bit. Immutable and thread-safe.
/// </remarks>
public sealed class WeightedPoints
{
    /// <summary>The greatest total weight: counts of pairs and their products are then exact in integers of 128 bits.</summary>
    public const int MaxTotal = int.MaxValue;

    private readonly long[]? _weights;
    private readonly double[]? _padded;

    /// <summary>The rows of a matrix with a weight each.</summary>
    /// <param name="points">n rows by d features.</param>
    /// <param name="weights">n whole numbers of at least 1, together at most <see cref="MaxTotal" />.</param>
    /// <exception cref="ArgumentException">There are more or fewer weights than rows, a weight is below 1 (so also where all are 0), or
    /// their sum is too large: the message says which and what.</exception>
    public WeightedPoints(FeatureMatrix points, IReadOnlyList<long> weights)
    {
        if (weights.Count != points.Rows)
        {
            throw new ArgumentException($"{weights.Count} weights were given; expected {points.Rows}, one a row.", nameof(weights));
        }

        Points = points;
        bool allOne = true;
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] < 1 || weights[i] > MaxTotal - Total)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The weight of row {i} is {weights[i]}; expected a whole number of at least 1, and a sum of all weights of at most {MaxTotal}."), nameof(weights));
            }

            Total += weights[i];
            allOne &= weights[i] == 1;
        }

        if (!allOne)
        {
            _weights = [.. weights];
            _padded = new double[points.Stride];
            for (int i = 0; i < _weights.Length; i++)
            {
                _padded[i] = _weights[i];
            }
        }
    }

    private WeightedPoints(FeatureMatrix points)
    {
        Points = points;
        Total = points.Rows;
    }

    /// <summary>The points, n × d.</summary>
    public FeatureMatrix Points { get; }

    /// <summary>The sum of the weights: the number of rows that the points stand for.</summary>
    public long Total { get; }

    /// <summary>Whether any weight is more than 1.</summary>
    public bool IsWeighted => _weights is not null;

    /// <summary>The weights as doubles, followed by zeros to the length of a padded column; empty where all are 1.</summary>
    internal ReadOnlySpan<double> PaddedWeights => _padded;

    /// <summary>The weight of a point.</summary>
    public long Weight(int point) => _weights is null ? 1 : _weights[point];

    /// <summary>The rows of a matrix, each of weight 1.</summary>
    public static WeightedPoints Of(FeatureMatrix points) => new(points);

    /// <inheritdoc cref="Of" />
    public static implicit operator WeightedPoints(FeatureMatrix points) => Of(points);

    /// <summary>The same points with equal rows made one, in ascending order of their features (the first feature first). O(d·n log n).</summary>
    /// <param name="points">Points, some of which may be equal.</param>
    /// <param name="places">For each point its row in the result.</param>
    public static WeightedPoints Distinct(WeightedPoints points, out int[] places)
    {
        var matrix = points.Points;
        int[] order = [.. Enumerable.Range(0, matrix.Rows)];
        Array.Sort(order, (a, b) => Compare(matrix, a, b));
        places = new int[matrix.Rows];
        var firsts = new List<int>();
        var weights = new List<long>();
        for (int i = 0; i < order.Length; i++)
        {
            if (i == 0 || Compare(matrix, order[i - 1], order[i]) != 0)
            {
                firsts.Add(order[i]);
                weights.Add(0);
            }

            weights[^1] += points.Weight(order[i]);
            places[order[i]] = firsts.Count - 1;
        }

        return new WeightedPoints(matrix.SelectRows([.. firsts]), weights);
    }

    /// <summary>The weights as doubles, also where all are 1, followed by zeros to the length of a padded column.</summary>
    internal double[] ToPaddedWeights()
    {
        double[] padded = new double[Points.Stride];
        if (_padded is null)
        {
            padded.AsSpan(0, Points.Rows).Fill(1);
        }
        else
        {
            _padded.CopyTo(padded, 0);
        }

        return padded;
    }

    private static int Compare(FeatureMatrix matrix, int a, int b)
    {
        for (int j = 0; j < matrix.Columns; j++)
        {
            int order = matrix[a, j].CompareTo(matrix[b, j]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
