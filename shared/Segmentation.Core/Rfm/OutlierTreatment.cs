using Segmentation.Core.Options;
using Segmentation.Numerics;

namespace Segmentation.Core.Rfm;

/// <summary>What models learn from where a few customers are far above all others.</summary>
/// <remarks>
/// Only the learning is changed: what standardises the features, and the clusters. Figures, scores and named segments are always those of the
/// customers as they are, and every customer is put into a cluster. Recency has no outliers: it ends with the data.
/// </remarks>
internal static class OutlierTreatment
{
    private const int Percent = 100;

    /// <summary>The customers that models learn from: all of them, unless the options say otherwise.</summary>
    /// <remarks>
    /// The limit of frequency and of monetary is the percentile of the options. <see cref="OutlierPolicy.Cap" /> lowers what is above to the
    /// limit; <see cref="OutlierPolicy.LeaveOut" /> leaves out who is above either.
    /// </remarks>
    public static CustomerMeasures Apply(CustomerMeasures customers, SelectionOptions options)
    {
        if (options.Outliers == OutlierPolicy.Keep || customers.Count == 0)
        {
            return customers;
        }

        double orders = LimitOf(customers.Frequency, options.OutlierPercentile);
        double spend = LimitOf(customers.Monetary, options.OutlierPercentile);
        return options.Outliers == OutlierPolicy.Cap
            ? customers.Capped(orders, spend)
            : customers.Where(row => customers.Frequency[row] <= orders && customers.Monetary[row] <= spend);
    }

    private static double LimitOf(double[] values, int percentile)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return Quantiles.Interpolated(sorted, percentile, Percent);
    }
}
