using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>Kept sales by day and by country: exact sums that merge in any order.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class SalesSummary
{
    /// <summary>With more distinct values than this the column holds no countries, and sales by country are left out.</summary>
    public const int MaxCountries = 1_000;

    /// <summary>Kept lines and their money by date.</summary>
    public SortedDictionary<DateOnly, RowTally> ByDay { get; init; } = [];

    /// <summary>Kept lines and their money by country as written; null when there are more than <see cref="MaxCountries" />.</summary>
    public SortedDictionary<string, RowTally>? ByCountry { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Adds sales of one day.</summary>
    public void AddDay(DateOnly day, RowTally tally) => ByDay[day] = ByDay.GetValueOrDefault(day) + tally;

    /// <summary>Adds sales of one country.</summary>
    public void AddCountry(string country, RowTally tally)
    {
        if (ByCountry is null)
        {
            return;
        }

        ByCountry[country] = ByCountry.GetValueOrDefault(country) + tally;

        // A set that outgrows the limit in one shard outgrows it in the whole, so this does not depend on the sharding.
        if (ByCountry.Count > MaxCountries)
        {
            ByCountry = null;
        }
    }

    /// <summary>Adds another summary.</summary>
    public void Add(SalesSummary other)
    {
        foreach ((DateOnly day, RowTally tally) in other.ByDay)
        {
            AddDay(day, tally);
        }

        if (other.ByCountry is null)
        {
            ByCountry = null;
            return;
        }

        foreach ((string country, RowTally tally) in other.ByCountry)
        {
            AddCountry(country, tally);
        }
    }
}
