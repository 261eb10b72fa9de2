namespace Segmentation.Core.Segments;

/// <summary>Makes the table of one kind of segment from its counts.</summary>
internal static class TransitionTables
{
    /// <summary>The table, with every segment of either run, also those that nobody is in.</summary>
    /// <param name="transitions">The counts.</param>
    /// <param name="before">The profiles of the previous run.</param>
    /// <param name="after">The profiles of this run.</param>
    /// <param name="kind">The kind of segment.</param>
    /// <param name="language">The language of the name of those who are excluded.</param>
    public static TransitionTable Of(
        SegmentTransitions transitions,
        IReadOnlyList<SegmentProfile> before,
        IReadOnlyList<SegmentProfile> after,
        string kind,
        Language language)
    {
        IReadOnlyList<TransitionCell> cells = transitions.Cells;
        return new TransitionTable(
            cells.Where(cell => cell.From is not null && cell.From == cell.To && !StayedExcluded(cell)).Sum(cell => cell.Customers),
            cells.Sum(cell => cell.ByCustomer),
            cells.Sum(cell => cell.ByModel),
            Segments(before, cell => cell.From),
            Segments(after, cell => cell.To),
            cells)
        {
            StayedExcluded = cells.Where(StayedExcluded).Sum(cell => cell.Customers),
        };

        static bool StayedExcluded(TransitionCell cell) => cell is { From: SegmentTransitions.Excluded, To: SegmentTransitions.Excluded };

        TransitionSegment[] Segments(IReadOnlyList<SegmentProfile> profiles, Func<TransitionCell, string?> segmentOf)
        {
            Dictionary<string, long> sizes = cells.Where(cell => segmentOf(cell) is not null)
                .GroupBy(cell => segmentOf(cell)!, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Sum(cell => cell.Customers), StringComparer.Ordinal);
            IEnumerable<(string Id, string Name)> names = profiles.Where(profile => profile.Kind == kind)
                .Select(profile => (profile.Id, profile.Name));
            if (sizes.ContainsKey(SegmentTransitions.Excluded))
            {
                names = names.Append((
                    SegmentTransitions.Excluded, language.Pick("Excluded: nothing left after returns", "Исключены: после возвратов ничего не осталось")));
            }

            return [.. names.Select(segment => new TransitionSegment(segment.Id, segment.Name, sizes.GetValueOrDefault(segment.Id)))];
        }
    }
}
