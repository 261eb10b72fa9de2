using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments;

/// <summary>The least that a customer has to order to be in a better segment.</summary>
/// <param name="Id">The segment that it is in then: the id of a named segment, or of a cluster.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Amount">What they come to in all, at least; null where any amount does.</param>
public sealed record OrderOffer(string Id, long Orders, Money? Amount);
