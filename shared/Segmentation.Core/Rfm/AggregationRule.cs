using Segmentation.Core.Options;

namespace Segmentation.Core.Rfm;

/// <summary>What decides about rows that passed alone: the options of the run, with the as-of date as far as it is known.</summary>
/// <param name="DropDuplicates">Whether a row equal to an earlier one of its upload is merged.</param>
/// <param name="DropNonProducts">Whether codes that are no products are rejected.</param>
/// <param name="Returns">What returned lines do.</param>
/// <param name="AsOf">Rows on or after this date do not count; null while it is still to be found from the data.</param>
/// <param name="AsOfIsGiven">Whether the date was given; when it comes from the data, later returns still count.</param>
/// <param name="WindowDays">Look-back in days, or null for all.</param>
public sealed record AggregationRule(
    bool DropDuplicates, bool DropNonProducts, ReturnsPolicy Returns, DateOnly? AsOf, bool AsOfIsGiven, int? WindowDays)
{
    /// <summary>The first day that counts, as <see cref="DateOnly.DayNumber" />.</summary>
    public int FirstDay => AsOf is { } asOf && WindowDays is { } window ? asOf.DayNumber - window : 0;

    /// <summary>The day before which rows count, as <see cref="DateOnly.DayNumber" />.</summary>
    public int EndDay => AsOf?.DayNumber ?? int.MaxValue;
}
