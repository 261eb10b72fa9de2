using Segmentation.Core.Segments.Lookup;

namespace Segmentation.Core.Segments.Scoring;

/// <summary>Which segments a customer would be in, by a published run.</summary>
/// <param name="RunId">The run whose model was used.</param>
/// <param name="AsOf">The date that recency counts back from: the run's, or a later one where purchases are later.</param>
/// <param name="Rfm">The customer's measures and scores.</param>
/// <param name="Segment">The named segment; null for an excluded customer.</param>
/// <param name="Cluster">The nearest cluster; null where no model was chosen, and for an excluded customer.</param>
/// <param name="Strategy">What to do; null for an excluded customer.</param>
/// <param name="Distances">Distances to the clusters by ascending id; empty where there is no cluster.</param>
/// <param name="Excluded">Why the customer is in no segment, or null.</param>
/// <param name="Rejected">Transactions that do not count, in the order given.</param>
public sealed record CustomerScore(
    string RunId,
    DateOnly AsOf,
    RfmAnswer Rfm,
    SegmentName? Segment,
    SegmentName? Cluster,
    string? Strategy,
    IReadOnlyList<ClusterDistance> Distances,
    string? Excluded,
    IReadOnlyList<RejectedTransaction> Rejected);

/// <summary>How far a customer is from the centre of a cluster.</summary>
/// <param name="Id">The cluster.</param>
/// <param name="Name">Its name.</param>
/// <param name="Distance">Euclidean distance in standardised units.</param>
/// <param name="Probability">
/// The probability that the customer belongs to the cluster, 0…1, where the model is one of probabilities (a Gaussian mixture); else null.
/// </param>
public sealed record ClusterDistance(string Id, string Name, double Distance, double? Probability);

/// <summary>What scoring a file of transactions came to.</summary>
/// <param name="Customers">Customers with a purchase that counts.</param>
/// <param name="Score">The score; null where there is not exactly one customer.</param>
/// <param name="Rejected">Rows that do not count, in the order of the file.</param>
public sealed record FileScore(int Customers, CustomerScore? Score, IReadOnlyList<RejectedTransaction> Rejected);

/// <summary>What scoring transactions came to.</summary>
/// <param name="Score">The score; null where no purchase counts.</param>
/// <param name="Rejected">Transactions that do not count, in the order given.</param>
public sealed record TransactionScore(CustomerScore? Score, IReadOnlyList<RejectedTransaction> Rejected);
