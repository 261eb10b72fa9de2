using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>Kept sales by day and by country, and what was left out as no product: exact sums that merge in any order.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class SalesSummary
{
    /// <summary>With more distinct values than this the column holds no countries, and sales by country are left out.</summary>
    public const int MaxCountries = 1_000;

    /// <summary>More distinct codes of no product than this are not listed.</summary>
    public const int MaxNonProducts = 200;

    /// <summary>Kept lines and their money by date.</summary>
    public SortedDictionary<DateOnly, RowTally> ByDay { get; init; } = [];

    /// <summary>Kept lines and their money by country as written; null when there are more than <see cref="MaxCountries" />.</summary>
    public SortedDictionary<string, RowTally>? ByCountry { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Rows whose code stands for no product and their money, by code in upper case; null when there are more than <see cref="MaxNonProducts" />.</summary>
    public SortedDictionary<string, RowTally>? ByNonProduct { get; set; } = new(StringComparer.Ordinal);

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

    /// <summary>Adds rows of one code that stands for no product.</summary>
    public void AddNonProduct(string code, RowTally tally)
    {
        if (ByNonProduct is null)
        {
            return;
        }

        ByNonProduct[code] = ByNonProduct.GetValueOrDefault(code) + tally;
        if (ByNonProduct.Count > MaxNonProducts)
        {
            ByNonProduct = null;
        }
    }

    /// <summary>Adds another summary.</summary>
    public void Add(SalesSummary other)
    {
        foreach ((DateOnly day, RowTally tally) in other.ByDay)
        {
            AddDay(day, tally);
        }

        ByCountry = other.ByCountry is null ? null : ByCountry;
        foreach ((string country, RowTally tally) in other.ByCountry ?? [])
        {
            AddCountry(country, tally);
        }

        ByNonProduct = other.ByNonProduct is null ? null : ByNonProduct;
        foreach ((string code, RowTally tally) in other.ByNonProduct ?? [])
        {
            AddNonProduct(code, tally);
        }
    }
}
