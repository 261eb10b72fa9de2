namespace Segmentation.Numerics.Selection;

/// <summary>The sums of the distances of points to each cluster, over blocks of points of one cluster each.</summary>
/// <remarks>
/// A pair of blocks is gone through once, for the points of both. In round r the blocks p and r − p (modulo their number) meet: no block
/// is in two pairs of a round, and each pair is in one round. So threads that share a round never write to the same sum, and each
/// sum grows in one order, whatever their number.
/// </remarks>
internal sealed class DistanceBlocks
{
    /// <summary>The points of a block; fewer where there are few, so that a round has pairs for several threads.</summary>
    private const int LargeBlock = 1_024;
    private const int SmallBlock = 512;
    private const int FewPoints = 16_384;

    /// <summary>The rows whose distances to a point are added up in single precision, four at a time.</summary>
    private const int RowsOfStretch = 64;

    private readonly Block[] _blocks;
    private readonly int _clusterCount;

    internal DistanceBlocks(Partition partition)
    {
        _clusterCount = partition.ClusterCount;
        int[] starts = new int[_clusterCount];
        Places = new int[partition.Order.Length];
        var blocks = new List<Block>();
        int size = partition.Order.Length <= FewPoints ? SmallBlock : LargeBlock;
        int next = 0;
        for (int c = 0; c < _clusterCount; c++)
        {
            starts[c] = next;
            for (int i = 0; i < partition.Size(c); i += size)
            {
                blocks.Add(new Block(c, next + i, next + Math.Min(i + size, partition.Size(c))));
            }

            for (int i = 0; i < partition.Size(c); i++)
            {
                Places[partition.Starts[c] + i] = next + i;
            }

            next = checked(next + DistanceTile.WholeVectors(partition.Size(c)));
        }

        _blocks = [.. blocks];
        Points = SinglePoints.Of(partition, starts, next);
    }

    /// <summary>The points in single precision, cluster after cluster.</summary>
    internal SinglePoints Points { get; }

    /// <summary>For each place of the partition's order its place in <see cref="Points" />.</summary>
    internal int[] Places { get; }

    /// <summary>The sums of all points: those to cluster c from c × <see cref="SinglePoints.Stride" /> on, each at its place.</summary>
    internal double[] SumsOfAll(int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        double[] sums = new double[checked(_clusterCount * Points.Stride)];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken };
        for (int round = 0; round < _blocks.Length; round++)
        {
            if (maxDegreeOfParallelism > 1)
            {
                int current = round;
                Parallel.For(0, _blocks.Length, parallel, one => Meet(one, current, sums));
                continue;
            }

            for (int one = 0; one < _blocks.Length; one++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Meet(one, round, sums);
            }
        }

        return sums;
    }

    /// <summary>The sums of some of the points: those of row i to cluster c at c × the stride of the rows + i.</summary>
    internal double[] SumsOf(SinglePoints rows)
    {
        double[] sums = new double[_clusterCount * rows.Stride];
        Span<float> unused = stackalloc float[LargeBlock];
        unused.Clear();
        foreach (Block block in _blocks)
        {
            for (int row = 0; row < rows.Stride; row += DistanceTile.RowsAtOnce)
            {
                var rowSums = sums.AsSpan((block.Cluster * rows.Stride) + row, DistanceTile.RowsAtOnce);
                DistanceTile.Add(rows, row, Points, block.From, block.To, rowSums, unused);
            }
        }

        return sums;
    }

    private void Meet(int one, int round, double[] sums)
    {
        int other = (round - one + _blocks.Length) % _blocks.Length;
        if (other < one)
        {
            return;
        }

        var (rows, points) = (_blocks[one], _blocks[other]);
        Span<float> pointSums = stackalloc float[LargeBlock];
        for (int from = rows.From; from < rows.To; from += RowsOfStretch)
        {
            int to = Math.Min(rows.To, from + RowsOfStretch);
            if (one == other)
            {
                // What a block has with itself: the square of a stretch from one side only, and what follows it from both.
                AddStretch(from, to, points with { From = from, To = to }, sums, pointSums);
                points = points with { From = to };
            }

            pointSums.Clear();
            AddStretch(from, to, points, sums, pointSums);
            Span<double> gaining = sums.AsSpan((rows.Cluster * Points.Stride) + points.From, points.To - points.From);
            for (int i = 0; i < gaining.Length; i++)
            {
                gaining[i] += pointSums[i];
            }
        }
    }

    private void AddStretch(int from, int to, Block points, double[] sums, Span<float> pointSums)
    {
        for (int row = from; row < to; row += DistanceTile.RowsAtOnce)
        {
            var rowSums = sums.AsSpan((points.Cluster * Points.Stride) + row, DistanceTile.RowsAtOnce);
            DistanceTile.Add(Points, row, Points, points.From, points.To, rowSums, pointSums);
        }
    }

    private readonly record struct Block(int Cluster, int From, int To);
}
