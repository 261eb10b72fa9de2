using System.Globalization;

namespace Segmentation.Core.Segments;

/// <summary>Who went from which segment to which between two runs: counts that add up over shards in any order. Not thread-safe.</summary>
/// <remarks>
/// A customer of both runs whose segment differs was moved by the model if the previous model, given the customer's figures of now,
/// leaves it where it was; else its own figures moved it. Where both happened, its figures are said to be the cause.
/// </remarks>
internal sealed class SegmentTransitions
{
    /// <summary>The segment of customers who are excluded, because returns are worth at least their purchases.</summary>
    public const string Excluded = "excluded";

    private readonly SortedDictionary<(string From, string To), TransitionCell> _cells = new(CellOrder.Instance);

    /// <summary>The counts, in ordinal order of the segments; nobody's segment first.</summary>
    public IReadOnlyList<TransitionCell> Cells => [.. _cells.Values];

    /// <summary>Adds a customer.</summary>
    /// <param name="from">Its segment in the previous run, or null for a new customer.</param>
    /// <param name="to">Its segment in this run, or null for one that is gone.</param>
    /// <param name="byPreviousModel">The segment that the previous model gives its figures of now.</param>
    public void Add(string? from, string? to, string? byPreviousModel)
    {
        bool moved = from is not null && to is not null && from != to;
        bool byModel = moved && byPreviousModel == from;
        Add(new TransitionCell(from, to, 1, moved && !byModel ? 1 : 0, byModel ? 1 : 0));
    }

    /// <summary>Adds counts of others.</summary>
    public void Add(TransitionCell cell)
    {
        (string, string) key = (cell.From ?? "", cell.To ?? "");
        _cells[key] = _cells.TryGetValue(key, out TransitionCell? known)
            ? known with
            {
                Customers = known.Customers + cell.Customers,
                ByCustomer = known.ByCustomer + cell.ByCustomer,
                ByModel = known.ByModel + cell.ByModel,
            }
            : cell;
    }

    /// <summary>The id of a cluster as text.</summary>
    public static string? IdOf(int? cluster) => cluster?.ToString(CultureInfo.InvariantCulture);

    private sealed class CellOrder : IComparer<(string From, string To)>
    {
        public static readonly CellOrder Instance = new();

        public int Compare((string From, string To) x, (string From, string To) y)
        {
            int from = string.CompareOrdinal(x.From, y.From);
            return from != 0 ? from : string.CompareOrdinal(x.To, y.To);
        }
    }
}

/// <summary>Customers who were in one segment and are in another, or in the same.</summary>
/// <param name="From">The segment of the previous run: an id, <c>excluded</c>, or null for new customers.</param>
/// <param name="To">The segment of this run: an id, <c>excluded</c>, or null for customers who are gone.</param>
/// <param name="Customers">How many.</param>
/// <param name="ByCustomer">Those of them whose own figures moved them.</param>
/// <param name="ByModel">Those of them whom the new model moved; both are 0 where the segment is the same, and for the new and the gone.</param>
public sealed record TransitionCell(string? From, string? To, long Customers, long ByCustomer, long ByModel);
