namespace Segmentation.Core.Segments;

/// <summary>What becomes of a customer's cluster if nothing is bought.</summary>
/// <param name="Fall">The first date after the as-of date and after today on which the customer comes to a cluster that is neither the one that is
/// told nor a better one, and that cluster; null if there is none.</param>
/// <param name="Reached">The other clusters that the customer comes to in time.</param>
internal sealed record ClusterProspect((DateOnly Date, int Cluster)? Fall, IReadOnlySet<int> Reached)
{
    /// <summary>Of a customer without a cluster.</summary>
    public static ClusterProspect None { get; } = new(null, new HashSet<int>());
}
