namespace Segmentation.Numerics.Clustering;

/// <summary>The first centres of a start of k-means, with the buffers of one thread.</summary>
/// <remarks>
/// Greedy k-means++ of Arthur and Vassilvitskii (2007): of 2 + ⌊ln k⌋ rows drawn with probability in proportion to the squared distance to
/// the
/// nearest centre so far, the one that leaves the least sum of squared distances. O(n·k·d·ln k). The sums are kept by blocks of rows,
/// each in a fixed order; a draw walks the blocks, then the rows of one.
/// </remarks>
internal sealed class KMeansSeeding
{
    internal const int Block = 256;

    private readonly WeightedPoints _weighted;
    private readonly FeatureMatrix _points;
    private readonly int _clusters;
    private readonly int _trials;
    private readonly double[] _candidate;
    private Distances _closest;
    private Distances _best;
    private Distances _trial;

    internal KMeansSeeding(WeightedPoints weighted, int clusters)
    {
        FeatureMatrix points = weighted.Points;
        _weighted = weighted;
        _points = points;
        _clusters = clusters;
        _trials = 2 + (int)DeterministicMath.Log(clusters);
        _candidate = new double[points.Columns];
        _closest = new Distances(weighted);
        _best = new Distances(weighted);
        _trial = new Distances(weighted);
    }

    /// <summary>Writes k centres, row by row.</summary>
    internal void Choose(KMeansInitialization initialization, Xoshiro256StarStar generator, Span<double> centroids)
    {
        if (initialization == KMeansInitialization.Random)
        {
            ChooseRows(generator, centroids);
        }
        else
        {
            ChoosePlusPlus(generator, centroids);
        }
    }

    private void ChooseRows(Xoshiro256StarStar generator, Span<double> centroids)
    {
        var chosen = new HashSet<int>();
        while (chosen.Count < _clusters)
        {
            int row = AnyRow(generator);
            if (chosen.Add(row))
            {
                _points.CopyRow(row, centroids.Slice((chosen.Count - 1) * _points.Columns, _points.Columns));
            }
        }
    }

    private void ChoosePlusPlus(Xoshiro256StarStar generator, Span<double> centroids)
    {
        int columns = _points.Columns;
        _points.CopyRow(AnyRow(generator), centroids[..columns]);
        _best.Values.AsSpan().Fill(double.PositiveInfinity);
        _closest.Update(_points, centroids[..columns], _best);
        for (int c = 1; c < _clusters; c++)
        {
            var centre = centroids.Slice(c * columns, columns);
            double least = double.PositiveInfinity;
            for (int t = 0; t < _trials; t++)
            {
                double target = generator.NextDouble() * _closest.Total;
                _points.CopyRow(_closest.RowAt(target, _points.Rows), _candidate);
                _trial.Update(_points, _candidate, _closest);
                if (_trial.Total < least)
                {
                    least = _trial.Total;
                    _candidate.CopyTo(centre);
                    (_best, _trial) = (_trial, _best);
                }
            }

            (_closest, _best) = (_best, _closest);
        }
    }

    /// <summary>A row drawn by its weight.</summary>
    private int AnyRow(Xoshiro256StarStar generator)
    {
        if (!_weighted.IsWeighted)
        {
            return generator.NextInt32(_points.Rows);
        }

        long target = generator.NextInt32((int)_weighted.Total);
        int row = 0;
        while (target >= _weighted.Weight(row))
        {
            target -= _weighted.Weight(row++);
        }

        return row;
    }

    /// <summary>Each row's squared distance to its nearest centre, and their sums, by weight, in blocks.</summary>
    private sealed class Distances(WeightedPoints weighted)
    {
        private readonly double[] _blockSums = new double[(weighted.Points.Rows + Block - 1) / Block];
        private readonly double[] _block = new double[Block];

        public double[] Values { get; } = new double[weighted.Points.Stride];

        public double Total { get; private set; }

        public void Update(FeatureMatrix points, ReadOnlySpan<double> centre, Distances before)
        {
            for (int block = 0; block < _blockSums.Length; block++)
            {
                int from = block * Block;
                CentroidDistances.Nearer(points, centre, before.Values, Values, from, Math.Min(from + Block, points.Stride));
                var values = Values.AsSpan(from, Math.Min(Block, points.Rows - from));
                _blockSums[block] = FixedOrderSum.Of(weighted.IsWeighted ? TimesWeights(values, from) : values);
            }

            Total = FixedOrderSum.Of(_blockSums);
        }

        /// <summary>
        /// The first row at which the running sum exceeds the target; where rounding leaves none, the last row of a positive distance (or
        /// row 0).
        /// </summary>
        public int RowAt(double target, int rows)
        {
            int block = 0;
            int candidate = 0;
            for (int b = 0; b < _blockSums.Length; b++)
            {
                if (_blockSums[b] > 0)
                {
                    block = b;
                    if (target < _blockSums[b])
                    {
                        break;
                    }

                    target -= _blockSums[b];
                }
            }

            int end = Math.Min((block + 1) * Block, rows);
            for (int i = block * Block; i < end; i++)
            {
                if (Values[i] > 0)
                {
                    candidate = i;
                    double share = weighted.IsWeighted ? weighted.PaddedWeights[i] * Values[i] : Values[i];
                    if (target < share)
                    {
                        break;
                    }

                    target -= share;
                }
            }

            return candidate;
        }

        private ReadOnlySpan<double> TimesWeights(ReadOnlySpan<double> values, int from)
        {
            var weights = weighted.PaddedWeights.Slice(from, values.Length);
            var into = _block.AsSpan(0, values.Length);
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = weights[i] * values[i];
            }

            return into;
        }
    }
}
