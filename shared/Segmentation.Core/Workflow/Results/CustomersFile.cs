using System.Globalization;
using Segmentation.Core.Segments;

namespace Segmentation.Core.Workflow.Results;

/// <summary>The file <c>customers.csv</c>: one row a customer, sorted by id.</summary>
internal static class CustomersFile
{
    /// <summary>Its name.</summary>
    public const string Name = "customers.csv";

    private const string Header =
        "customer_id,recency_days,frequency,monetary,r,f,m,rfm_segment,cluster,cluster_name,excluded";

    /// <summary>Writes the file.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="assignments">The customers, sorted by id.</param>
    /// <param name="clusterNames">The names of the clusters by id.</param>
    public static async Task WriteAsync(
        TextWriter writer, IAsyncEnumerable<SegmentAssignment> assignments, IReadOnlyDictionary<int, string> clusterNames)
    {
        await writer.WriteLineAsync(Header);
        await foreach (SegmentAssignment customer in assignments)
        {
            Write(writer, customer, clusterNames);
        }
    }

    private static void Write(TextWriter writer, SegmentAssignment customer, IReadOnlyDictionary<int, string> clusterNames)
    {
        writer.WriteText(customer.CustomerId);
        writer.Write(string.Create(
            CultureInfo.InvariantCulture, $",{customer.RecencyDays},{customer.Frequency},{customer.Monetary},"));
        if (customer.Scores is { } scores)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{scores.R},{scores.F},{scores.M},"));
            writer.WriteText(NamedSegment.Of(scores.R, scores.F).Name);
            writer.Write(',');
        }
        else
        {
            writer.Write(",,,,");
        }

        if (customer.Cluster is { } cluster)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{cluster},"));
            writer.WriteText(clusterNames[cluster]);
            writer.Write(',');
        }
        else
        {
            writer.Write(",,");
        }

        writer.Write(customer.Excluded);
        writer.Write('\n');
    }
}
