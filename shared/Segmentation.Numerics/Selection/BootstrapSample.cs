namespace Segmentation.Numerics.Selection;

/// <summary>As many rows as the points stand for, drawn from them with replacement.</summary>
public sealed class BootstrapSample
{
    private readonly WeightedPoints _source;
    private readonly int[] _rows;
    private readonly long[] _weights;

    internal BootstrapSample(WeightedPoints source, Xoshiro256StarStar generator)
    {
        _source = source;
        if (source.IsWeighted)
        {
            long[] counts = Binomial.Multinomial(source, generator);
            _rows = [.. Enumerable.Range(0, counts.Length).Where(point => counts[point] > 0)];
            _weights = Array.ConvertAll(_rows, point => counts[point]);
            return;
        }

        _weights = [];
        _rows = new int[source.Points.Rows];
        for (int i = 0; i < _rows.Length; i++)
        {
            _rows[i] = generator.NextInt32(_rows.Length);
        }

        // In order of rows: the same sample, read from memory without jumps.
        Array.Sort(_rows);
    }

    /// <summary>Each drawn row, as often as it was drawn; where the points have weights, the same as <see cref="Distinct" />.</summary>
    public WeightedPoints Rows => _source.IsWeighted ? Distinct : _source.Points.SelectRows(_rows);

    /// <summary>Each point that was drawn, weighted by how often: fewer points, and the same sample.</summary>
    public WeightedPoints Distinct
    {
        get
        {
            if (_source.IsWeighted)
            {
                return new WeightedPoints(_source.Points.SelectRows(_rows), _weights);
            }

            var rows = new List<int>();
            var weights = new List<long>();
            for (int i = 0; i < _rows.Length; i++)
            {
                if (i == 0 || _rows[i] != _rows[i - 1])
                {
                    rows.Add(_rows[i]);
                    weights.Add(0);
                }

                weights[^1]++;
            }

            return new WeightedPoints(_source.Points.SelectRows([.. rows]), weights);
        }
    }
}
