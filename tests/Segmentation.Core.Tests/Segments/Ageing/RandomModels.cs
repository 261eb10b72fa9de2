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
}
