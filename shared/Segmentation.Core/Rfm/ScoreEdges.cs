using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Rfm;

/// <summary>The four edges of each measure that divide customers into scores 1…5.</summary>
/// <param name="Recency">Edges of recency in days, ascending.</param>
/// <param name="Frequency">Edges of frequency, ascending.</param>
/// <param name="Monetary">Edges of monetary, ascending.</param>
/// <remarks>Equal values always share a score, so the five groups need not be equally large.</remarks>
public sealed record ScoreEdges(IReadOnlyList<double> Recency, IReadOnlyList<double> Frequency, IReadOnlyList<double> Monetary)
{
    private const int Scores = 5;

    /// <summary>The 20th, 40th, 60th and 80th percentiles of each measure, interpolated linearly. Sorts its inputs.</summary>
    public static ScoreEdges Quintiles(double[] recency, double[] frequency, double[] monetary) =>
        new(Percentiles(recency), Percentiles(frequency), Percentiles(monetary));

    /// <summary>The edges that the options give.</summary>
    public static ScoreEdges Thresholds(RfmOptions options) =>
        new(options.RecencyThresholds, options.FrequencyThresholds, options.MonetaryThresholds);

    /// <summary>The scores of a customer: 1 + the edges strictly below the value; for recency 5 − them, so that recent is 5.</summary>
    public RfmScores Score(double recency, double frequency, double monetary) =>
        new(RecencyScore(recency), 1 + Below(Frequency, frequency), 1 + Below(Monetary, monetary));

    /// <summary>The score of a recency in days.</summary>
    public int RecencyScore(double recency) => Scores - Below(Recency, recency);

    private static double[] Percentiles(double[] values)
    {
        Array.Sort(values);
        return [.. Enumerable.Range(1, Scores - 1).Select(fifth => Quantiles.Interpolated(values, fifth, Scores))];
    }

    private static int Below(IReadOnlyList<double> edges, double value)
    {
        int below = 0;
        foreach (double edge in edges)
        {
            below += edge < value ? 1 : 0;
        }

        return below;
    }
}
