namespace Segmentation.Numerics.Clustering;

/// <summary>K-means clustering: k centres of least total squared distance, by Lloyd's algorithm (1982) from several starts.</summary>
/// <remarks>
/// <para>For round clusters of like size in features of like scale: standardise first. Not for clusters that are long, nested or of very
/// different
/// spread (a Gaussian mixture sees those), nor for categories.</para>
/// <para>A start ends when no label changes, or when the squared shift of the centres is at most tolerance × mean variance of the features;
/// then the rows are assigned once more, so labels and inertia belong to the centres that are returned. A cluster that loses all its rows
/// takes
/// the row that is farthest from its own centre (the first at ties). Where fewer than k points can be told apart, the model has
/// fewer clusters, inertia 0, and none of them empty.</para>
/// <para>O(starts · iterations · n·k·d) time, about (2d + 6)·8·n bytes a thread. The same bits for any number of threads and on any
/// machine.</para>
/// </remarks>
public static class KMeans
{
    /// <summary>Clusters n points.</summary>
    /// <param name="points">n points by d features, or a matrix, whose rows have weight 1; n is at least k. A weight counts in the
    /// seeding, the means and the inertia; a cluster that loses its points still takes the farthest one.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    /// <exception cref="ArgumentException">The options are wrong, or wrong for so many rows: all faults are in the message.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static KMeansModel Fit(WeightedPoints points, KMeansOptions options, CancellationToken cancellationToken = default)
    {
        var faults = options.Faults(points.Points.Rows);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        var shared = new LloydInput(points, options);
        var best = new BestStart();
        if (options.MaxDegreeOfParallelism == 1 || options.Starts == 1)
        {
            var worker = new Lloyd(shared);
            for (int start = 0; start < options.Starts; start++)
            {
                best.Offer(worker, start, worker.Run(Generator(options, start), cancellationToken));
            }
        }
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
            Parallel.For(
                0,
                options.Starts,
                parallel,
                () => new Lloyd(shared),
                (start, _, worker) =>
                {
                    best.Offer(worker, start, worker.Run(Generator(options, start), cancellationToken));
                    return worker;
                },
                _ => { });
        }

        return best.ToModel(points.Points.Columns);
    }

    /// <summary>Clusters n points beginning with given centres: one start without chance, as when these were found on fewer points.</summary>
    /// <param name="points">n points by d features.</param>
    /// <param name="centroids">k centres by d features; k is at most n.</param>
    /// <param name="options">The limit of iterations and the tolerance; what it says of starts and seeds does not matter.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    /// <exception cref="ArgumentException">The options are wrong, or the centres have other features.</exception>
    public static KMeansModel Refine(WeightedPoints points, FeatureMatrix centroids, KMeansOptions options, CancellationToken cancellationToken = default)
    {
        if (centroids.Columns != points.Points.Columns)
        {
            throw new ArgumentException($"The centres have {centroids.Columns} features; expected {points.Points.Columns}, those of the points.", nameof(centroids));
        }

        KMeansOptions asked = options with { ClusterCount = centroids.Rows };
        var faults = asked.Faults(points.Points.Rows);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        double[] rows = new double[centroids.Rows * centroids.Columns];
        for (int c = 0; c < centroids.Rows; c++)
        {
            centroids.CopyRow(c, rows.AsSpan(c * centroids.Columns, centroids.Columns));
        }

        var worker = new Lloyd(new LloydInput(points, asked));
        var only = new BestStart();
        only.Offer(worker, 0, worker.Run(rows, cancellationToken));
        return only.ToModel(centroids.Columns);
    }

    private static Xoshiro256StarStar Generator(KMeansOptions options, int start) => new([.. options.Seed, (ulong)start]);

    /// <summary>Keeps the start of least inertia, the earliest at equal inertia: in whatever order the starts come in.</summary>
    private sealed class BestStart
    {
        private readonly Lock _gate = new();
        private double _inertia = double.PositiveInfinity;
        private int _start = int.MaxValue;
        private int _iterations;
        private double[] _centroids = [];
        private int[] _labels = [];

        public void Offer(Lloyd worker, int start, double inertia)
        {
            lock (_gate)
            {
                if (inertia < _inertia || (inertia == _inertia && start < _start))
                {
                    _inertia = inertia;
                    _start = start;
                    _iterations = worker.Iterations;
                    _centroids = worker.Centroids.ToArray();
                    _labels = worker.Labels.ToArray();
                }
            }
        }

        public KMeansModel ToModel(int columns)
        {
            // Clusters stay empty only where no row is away from its centre; their labels are closed up.
            int[] counts = new int[_centroids.Length / columns];
            foreach (int label in _labels)
            {
                counts[label]++;
            }

            int[] newLabel = new int[counts.Length];
            var kept = new List<double>(_centroids.Length);
            int clusters = 0;
            for (int c = 0; c < counts.Length; c++)
            {
                newLabel[c] = clusters;
                if (counts[c] > 0)
                {
                    clusters++;
                    kept.AddRange(_centroids.AsSpan(c * columns, columns));
                }
            }

            int[] labels = Array.ConvertAll(_labels, label => newLabel[label]);
            return new KMeansModel(FeatureMatrix.FromRowMajor(kept.ToArray(), columns), labels, _inertia, _iterations);
        }
    }
}
