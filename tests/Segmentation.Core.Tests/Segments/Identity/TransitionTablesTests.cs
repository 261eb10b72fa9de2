using Segmentation.Core.Segments;

namespace Segmentation.Core.Tests.Segments.Identity;

public sealed class TransitionTablesTests
{
    [Fact]
    public void Those_who_are_in_no_group_in_both_runs_stayed_in_none()
    {
        var transitions = new SegmentTransitions();
        transitions.Add("champions", "champions", "champions");
        transitions.Add(SegmentTransitions.Excluded, SegmentTransitions.Excluded, SegmentTransitions.Excluded);
        transitions.Add(SegmentTransitions.Excluded, SegmentTransitions.Excluded, SegmentTransitions.Excluded);
        transitions.Add(SegmentTransitions.Excluded, "champions", "champions");
        TransitionTable table = TransitionTables.Of(transitions, [], [], SegmentProfile.NamedKind, Language.English);
        Assert.Equal((1, 2, 1, 0), (table.Stayed, table.StayedExcluded, table.ByCustomer, table.ByModel));
        Assert.Equal(3, Assert.Single(table.Before).Customers);
    }
}
