namespace Segmentation.Core.Segments;

/// <summary>Which cluster of the previous run a cluster continues.</summary>
/// <param name="Id">The cluster.</param>
/// <param name="Name">Its name.</param>
/// <param name="PreviousId">The cluster that it continues, with the same id; null for a new one.</param>
/// <param name="PreviousName">The name that it had.</param>
/// <param name="Distance">How far its centre moved, in standardised units of this run; null for a new one.</param>
public sealed record ClusterMatch(int Id, string Name, int? PreviousId, string? PreviousName, double? Distance);
