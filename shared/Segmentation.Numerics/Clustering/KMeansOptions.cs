namespace Segmentation.Numerics.Clustering;

/// <summary>How the first centres of a start are found.</summary>
public enum KMeansInitialization
{
    /// <summary>
    /// Greedy k-means++ (Arthur and Vassilvitskii, 2007): each next centre is the best of 2 + ⌊ln k⌋ rows drawn by squared distance.
    /// </summary>
    KMeansPlusPlus,

    /// <summary>k different rows, each equally likely. Faster to begin, usually worse in the end.</summary>
    Random,
}

/// <summary>What k-means is asked to do. Immutable; checked as a whole by <see cref="KMeans.Fit" />.</summary>
public sealed record KMeansOptions
{
    /// <summary>The default number of starts.</summary>
    public const int DefaultStarts = 20;

    /// <summary>The default limit of iterations of a start.</summary>
    public const int DefaultMaxIterations = 300;

    /// <summary>The default tolerance.</summary>
    public const double DefaultTolerance = 1e-4;

    /// <summary>k: the clusters wanted, from 1 to the number of rows.</summary>
    public required int ClusterCount { get; init; }

    /// <summary>How often the algorithm begins anew; the start of least inertia wins, the earliest one at equal inertia.</summary>
    public int Starts { get; init; } = DefaultStarts;

    /// <summary>How the first centres are found.</summary>
    public KMeansInitialization Initialization { get; init; } = KMeansInitialization.KMeansPlusPlus;

    /// <summary>The most iterations of one start.</summary>
    public int MaxIterations { get; init; } = DefaultMaxIterations;

    /// <summary>
    /// A start ends when the squared shift of all centres together is at most this times the mean variance of the features. 0: only when
    /// no label changes.
    /// </summary>
    public double Tolerance { get; init; } = DefaultTolerance;

    /// <summary>
    /// The parts of the seed (seed, algorithm, k, refit…). Start s draws from the generator of these parts followed by s.
    /// </summary>
    public IReadOnlyList<ulong> Seed { get; init; } = [1];

    /// <summary>The most threads that share the starts. Changes no bit of the result.</summary>
    public int MaxDegreeOfParallelism { get; init; } = 1;

    /// <summary>Every fault of these options for a matrix of so many rows; empty where there is none.</summary>
    public IReadOnlyList<string> Faults(int rows)
    {
        var faults = new List<string>();
        if (ClusterCount < 1 || ClusterCount > rows)
        {
            faults.Add(FormattableString.Invariant($"{nameof(ClusterCount)} is {ClusterCount}; expected 1 to {rows}, the number of rows."));
        }

        if (Starts < 1)
        {
            faults.Add(FormattableString.Invariant($"{nameof(Starts)} is {Starts}; expected at least 1."));
        }

        if (!Enum.IsDefined(Initialization))
        {
            faults.Add($"{nameof(Initialization)} is {Initialization}; expected {nameof(KMeansInitialization.KMeansPlusPlus)} or {nameof(KMeansInitialization.Random)}.");
        }

        if (MaxIterations < 1)
        {
            faults.Add(FormattableString.Invariant($"{nameof(MaxIterations)} is {MaxIterations}; expected at least 1."));
        }

        if (!double.IsFinite(Tolerance) || Tolerance < 0)
        {
            faults.Add(FormattableString.Invariant($"{nameof(Tolerance)} is {Tolerance}; expected a finite number of at least 0."));
        }

        if (Seed is null)
        {
            faults.Add($"{nameof(Seed)} is null; expected a list of parts.");
        }

        if (MaxDegreeOfParallelism < 1)
        {
            faults.Add(FormattableString.Invariant($"{nameof(MaxDegreeOfParallelism)} is {MaxDegreeOfParallelism}; expected at least 1."));
        }

        return faults;
    }
}
