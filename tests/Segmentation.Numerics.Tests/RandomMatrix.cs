namespace Segmentation.Numerics.Tests;

/// <summary>Matrices for properties that must hold on any input; the seed goes into the message of a failed assertion.</summary>
internal static class RandomMatrix
{
    /// <summary>Rows around a few random centres, with a little noise: data that have clusters.</summary>
    public static FeatureMatrix Blobs(ulong seed, int rows, int columns, int blobs, double noise = 0.3)
    {
        var generator = new Xoshiro256StarStar(seed, 77);
        double[][] centres = [.. Enumerable.Range(0, blobs).Select(_ => Row(generator, columns, 5))];
        double[][] points = new double[rows][];
        for (int i = 0; i < rows; i++)
        {
            double[] centre = centres[generator.NextInt32(blobs)];
            double[] offset = Row(generator, columns, noise);
            points[i] = [.. centre.Zip(offset, (a, b) => a + b)];
        }

        return FeatureMatrix.FromRows(points);
    }

    /// <summary>Small whole numbers: many rows are equal, and many distances tie.</summary>
    public static FeatureMatrix Grid(ulong seed, int rows, int columns, int values)
    {
        var generator = new Xoshiro256StarStar(seed, 78);
        return FeatureMatrix.FromRows([.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (double)generator.NextInt32(values)).ToArray())]);
    }

    public static int[] Labels(ulong seed, int rows, int clusters)
    {
        var generator = new Xoshiro256StarStar(seed, 79);
        return [.. Enumerable.Range(0, rows).Select(_ => generator.NextInt32(clusters))];
    }

    public static int[] Permutation(ulong seed, int rows)
    {
        var generator = new Xoshiro256StarStar(seed, 80);
        int[] order = [.. Enumerable.Range(0, rows)];
        for (int i = rows - 1; i > 0; i--)
        {
            int other = generator.NextInt32(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    public static FeatureMatrix Map(FeatureMatrix matrix, Func<double, double> f) =>
        FeatureMatrix.FromColumns([.. Enumerable.Range(0, matrix.Columns).Select(j => Array.ConvertAll(matrix.Column(j).ToArray(), value => f(value)))]);

    public static double[] Row(FeatureMatrix matrix, int i)
    {
        double[] row = new double[matrix.Columns];
        matrix.CopyRow(i, row);
        return row;
    }

    /// <summary>
    /// A sum in the shape that the library documents: eight lanes in blocks of 1,024, and pairs of halves above; in plain scalars.
    /// </summary>
    public static double PlainSum(ReadOnlySpan<double> values)
    {
        if (values.Length > 1024)
        {
            int half = ((values.Length / 2) + 1023) / 1024 * 1024;
            return PlainSum(values[..half]) + PlainSum(values[half..]);
        }

        double[] lanes = new double[8];
        for (int i = 0; i < values.Length; i++)
        {
            lanes[i % 8] += values[i];
        }

        return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    }

    private static double[] Row(Xoshiro256StarStar generator, int columns, double scale) =>
        [.. Enumerable.Range(0, columns).Select(_ => (generator.NextDouble() + generator.NextDouble() + generator.NextDouble() - 1.5) * scale)];
}
