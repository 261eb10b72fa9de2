using Segmentation.Core.Rfm;

namespace Segmentation.Core.Segments;

/// <summary>What sets a segment apart from all other customers, in a few conditions that all have to hold.</summary>
/// <param name="Text">The conditions in words.</param>
/// <param name="Conditions">At most one a measure, in the order recency, frequency, monetary.</param>
/// <param name="Precision">Of the customers who meet the conditions, the part that is in the segment, 0…1.</param>
/// <param name="Coverage">Of the customers of the segment, the part that meets the conditions, 0…1.</param>
/// <param name="Fidelity">The part of all customers whom the conditions place rightly, in the segment or out of it, 0…1.</param>
public sealed record SegmentRule(string Text, IReadOnlyList<RuleCondition> Conditions, double Precision, double Coverage, double Fidelity)
{
    /// <summary>The rule of some conditions with its figures.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <param name="measures">All customers.</param>
    /// <param name="isInside">Whether a customer is in the segment.</param>
    /// <param name="language">The language of the text.</param>
    internal static SegmentRule Measure(
        IReadOnlyList<RuleCondition> conditions, CustomerMeasures measures, Func<int, bool> isInside, Language language)
    {
        long both = 0;
        long meeting = 0;
        long inside = 0;
        for (int row = 0; row < measures.Count; row++)
        {
            bool meets = conditions.All(condition => condition.IsMet(measures, row));
            bool isIn = isInside(row);
            both += meets && isIn ? 1 : 0;
            meeting += meets ? 1 : 0;
            inside += isIn ? 1 : 0;
        }

        long right = measures.Count - meeting - inside + (2 * both);
        return new SegmentRule(
            RuleWords.Text(conditions, language), conditions, Part(both, meeting), Part(both, inside), Part(right, measures.Count));
    }

    private static double Part(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>A range of a measure; at least one end is given, and both ends belong to it.</summary>
/// <param name="Measure"><c>recency</c> (days), <c>frequency</c> (orders) or <c>monetary</c>.</param>
/// <param name="AtLeast">The least value, or null.</param>
/// <param name="AtMost">The largest value, or null.</param>
public sealed record RuleCondition(string Measure, double? AtLeast, double? AtMost)
{
    internal bool IsMet(CustomerMeasures measures, int row)
    {
        double value = Measure switch
        {
            "recency" => measures.Recency[row],
            "frequency" => measures.Frequency[row],
            _ => measures.Monetary[row],
        };
        return (AtLeast is not { } least || value >= least) && (AtMost is not { } most || value <= most);
    }
}
