using System.Runtime.Intrinsics;
using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests;

public class VectorMathTests
{
    [Fact]
    public void Exponentials_and_logarithms_are_those_of_the_plain_functions_to_a_unit_in_the_last_place()
    {
        var generator = new Xoshiro256StarStar(3);
        for (int i = 0; i < 20_000; i++)
        {
            double x = -generator.NextDouble() * (i % 2 == 0 ? 5 : 707);
            Near(DeterministicMath.Exp(x), VectorMath.Exp(Vector512.Create(x))[i % 8]);
            double y = 1 + (generator.NextDouble() * (i % 2 == 0 ? 1 : 63));
            Near(DeterministicMath.Log(y), VectorMath.Log(Vector512.Create(y))[i % 8]);
        }
    }

    [Fact]
    public void Plain_numbers_give_the_same_bits_as_lanes()
    {
        var generator = new Xoshiro256StarStar(5);
        for (int i = 0; i < 20_000; i++)
        {
            double x = -generator.NextDouble() * (i % 2 == 0 ? 5 : 720);
            Assert.Equal(VectorMath.Exp(Vector512.Create(x))[3], VectorMath.Exp(x));
            double y = 1 + (generator.NextDouble() * 63);
            Assert.Equal(VectorMath.Log(Vector512.Create(y))[3], VectorMath.Log(y));
        }

        Assert.Equal(0, VectorMath.Exp(double.NegativeInfinity));
    }

    [Theory]
    [InlineData(1, 37)]
    [InlineData(2, 300)]
    public void Loops_in_plain_numbers_give_the_same_bits_as_in_vectors(ulong seed, int rows)
    {
        FeatureMatrix points = RandomMatrix.Blobs(seed, rows, 3, 3);
        double[] weights = new WeightedPoints(points, [.. Enumerable.Range(0, rows).Select(i => 1L + (i % 3))]).ToPaddedWeights();
        MixtureDensity[] densities = [new(0.4, [1, 2, 3], [2, 0.5, 0, 0.5, 1, 0, 0, 0, 3]), new(0.6, [-1, 0, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1])];
        double[][] vectors = [.. densities.Select(_ => new double[points.Stride])];
        double[][] plain = [.. densities.Select(_ => new double[points.Stride])];
        for (int c = 0; c < densities.Length; c++)
        {
            densities[c].LogOf(points, vectors[c]);
            densities[c].LogOfPlain(points, plain[c]);
            Assert.Equal(vectors[c], plain[c]);
        }

        double[] centres = [1, 2, 3, -1, 0, 1, 1, 2, 3];
        (int[] labels, int[] plainLabels) = (new int[points.Stride], new int[points.Stride]);
        (double[] distances, double[] plainDistances) = (new double[points.Stride], new double[points.Stride]);
        Assert.True(CentroidDistances.Assign(points, centres, labels, distances));
        Assert.True(CentroidDistances.AssignPlain(points, centres, plainLabels, plainDistances));
        Assert.Equal(labels, plainLabels);
        Assert.Equal(distances, plainDistances);
        Assert.False(CentroidDistances.AssignPlain(points, centres, plainLabels, plainDistances));
        var active = new ActiveClusters(points);
        Assert.All(Enumerable.Range(0, rows), place => Assert.Equal(active.NearestPlain(place), active.Nearest(place)));

        double[] likelihood = new double[points.Stride];
        double[] plainLikelihood = new double[points.Stride];
        MixtureKernels.Normalise(vectors, weights, likelihood);
        MixtureKernels.NormalisePlain(plain, weights, plainLikelihood);
        Assert.Equal(likelihood, plainLikelihood);
        Assert.Equal(vectors[0], plain[0]);
        Assert.Equal(MixtureKernels.Sum(vectors[0], points, (1, 0.5), null), MixtureKernels.SumPlain(plain[0], points, (1, 0.5), null));
        Assert.Equal(MixtureKernels.Sum(vectors[0], points, (1, 0.5), (2, 0.1)), MixtureKernels.SumPlain(plain[0], points, (1, 0.5), (2, 0.1)));
        double[] row = [1, 2, 3];
        Assert.Equal(
            DoubleSilhouette.SumOfDistances(points, weights, row, 3, rows - 2), DoubleSilhouette.PlainSumOfDistances(points, weights, row, 3, rows - 2));
        Assert.Equal(DoubleSilhouette.SumOfDistances(points, default, row, 3, rows - 2), DoubleSilhouette.PlainSumOfDistances(points, default, row, 3, rows - 2));
    }

    [Fact]
    public void Their_ends_are_exact()
    {
        Assert.Equal(1, VectorMath.Exp(Vector512<double>.Zero)[0]);
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(-709.0))[0]);
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(-1e300))[0]);
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(double.NegativeInfinity))[0]);
        Assert.Equal(0, VectorMath.Log(Vector512<double>.One)[0]);
    }

    private static void Near(double expected, double found) =>
        Assert.InRange(Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(found)), 0, 1);
}
