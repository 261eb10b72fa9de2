namespace Segmentation.Core.Segments;

/// <summary>Which cluster of the previous run a cluster continues, or which earlier one has come back in it.</summary>
/// <param name="Id">The cluster.</param>
/// <param name="Name">Its name.</param>
/// <param name="PreviousId">The cluster of the previous run that it continues, with the same id; null for a new or a returned one.</param>
/// <param name="PreviousName">The name that it had.</param>
/// <param name="Distance">How far its centre moved, in standardised units of this run; null for a new one.</param>
/// <param name="Basis">What tells that it is the same cluster; null for a new one, and in what earlier versions stored.</param>
public sealed record ClusterMatch(int Id, string Name, int? PreviousId, string? PreviousName, double? Distance, string? Basis = null)
{
    /// <summary><see cref="Basis" />: most customers of the one are in the other, and the name still holds.</summary>
    public const string ByCustomers = "customers";

    /// <summary><see cref="Basis" />: the centres are near.</summary>
    public const string ByCentre = "centre";

    /// <summary><see cref="Basis" />: the name of a cluster that nothing else continues still holds.</summary>
    public const string ByName = "name";

    /// <summary><see cref="Basis" />: a cluster that ended some runs ago, near enough to be the same.</summary>
    public const string Returned = "returned";
}
