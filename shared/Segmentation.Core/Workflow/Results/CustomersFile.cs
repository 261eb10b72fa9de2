using System.Globalization;
using Segmentation.Core.Products;
using Segmentation.Core.Segments;

namespace Segmentation.Core.Workflow.Results;

/// <summary>The file <c>customers.csv</c>: one row a customer, sorted by id.</summary>
internal static class CustomersFile
{
    /// <summary>Its name.</summary>
    public const string Name = "customers.csv";

    /// <summary>What the names of the columns with a category's share start with.</summary>
    public const string SharePrefix = "share: ";

    private const string Header =
        "customer_id,recency_days,frequency,monetary,r,f,m,rfm_segment,cluster,cluster_name,excluded";

    /// <summary>Writes the file.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="customers">The customers, sorted by id, with what they spent by category where that is known.</param>
    /// <param name="clusterNames">The names of the clusters by id.</param>
    /// <param name="categories">The product categories; empty where there are none, and then no columns for them.</param>
    public static async Task WriteAsync(
        TextWriter writer,
        IAsyncEnumerable<(SegmentAssignment Assignment, CustomerInterests? Interests)> customers,
        IReadOnlyDictionary<int, string> clusterNames,
        IReadOnlyList<ProductCategory> categories)
    {
        await writer.WriteAsync(Header);
        if (categories.Count > 0)
        {
            await writer.WriteAsync(",top_category");
            foreach (ProductCategory category in categories)
            {
                await writer.WriteAsync(',');
                writer.WriteText(SharePrefix + category.Name);
            }
        }

        await writer.WriteAsync('\n');
        await foreach ((SegmentAssignment assignment, CustomerInterests? interests) in customers)
        {
            Write(writer, assignment, clusterNames);
            if (categories.Count > 0)
            {
                Write(writer, interests, categories);
            }

            writer.Write('\n');
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
    }

    private static void Write(TextWriter writer, CustomerInterests? interests, IReadOnlyList<ProductCategory> categories)
    {
        writer.Write(',');
        writer.WriteText(interests?.Top is { } top ? categories[top].Name : "");
        for (int category = 0; category < categories.Count; category++)
        {
            writer.Write(',');
            writer.Write(interests?.Share(category) ?? "");
        }
    }
}
