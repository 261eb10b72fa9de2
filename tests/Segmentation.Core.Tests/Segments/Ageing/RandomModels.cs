using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Ageing;

/// <summary>Models with random centres; some share a coordinate, and some features are constant.</summary>
internal static class RandomModels
{
    public static SegmentModel Of(Xoshiro256StarStar random)
    {
        int clusters = 2 + random.NextInt32(6);
        double shared = (random.NextDouble() * 4) - 2;
        bool isShared = random.NextInt32(4) == 0;
        double[][] centroids =
        [
            .. Enumerable.Range(0, clusters).Select(cluster => new[]
            {
                isShared && cluster < 2 ? shared : (random.NextDouble() * 4) - 2, (random.NextDouble() * 4) - 2, (random.NextDouble() * 4) - 2,
            }),
        ];
        int constant = random.NextInt32(12);
        double[] deviations = [.. Enumerable.Range(0, 3).Select(feature => feature == constant ? 0 : 0.5 + random.NextDouble())];
        return new SegmentModel(
            new ScoreEdges([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]),
            new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [3, 1, 4], deviations),
            centroids)
        { ClusterIds = [.. Enumerable.Range(0, clusters).Select(cluster => 10 - cluster)] };
    }

    /// <summary>The same with full covariances, and now and then a component that has lost its customers.</summary>
    public static SegmentModel MixtureOf(Xoshiro256StarStar random)
    {
        SegmentModel model = Of(random);
        double[] weights = [.. model.Centroids!.Select((_, cluster) => cluster > 0 && random.NextInt32(8) == 0 ? 0 : 0.1 + random.NextDouble())];
        return model with { Mixture = [.. weights.Select(weight => new MixtureComponent(weight / weights.Sum(), Covariance(random)))] };
    }

    // L·Lᵀ of a lower triangle.
    private static double[] Covariance(Xoshiro256StarStar random)
    {
        double[] factor = new double[9];
        double[] covariance = new double[9];
        for (int a = 0; a < 3; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                factor[(a * 3) + b] = a == b ? 0.1 + random.NextDouble() : (random.NextDouble() * 2) - 1;
            }
        }

        for (int cell = 0; cell < 9; cell++)
        {
            covariance[cell] = Enumerable.Range(0, 3).Sum(c => factor[(cell / 3 * 3) + c] * factor[(cell % 3 * 3) + c]);
        }

        return covariance;
    }
}
