namespace Segmentation.Core.Rfm;

/// <summary>The large buffers of an aggregation, kept from one shard to the next so that memory follows the largest bucket and not their number.</summary>
/// <remarks>For one aggregator at a time.</remarks>
internal sealed class AggregationBuffers
{
    /// <summary>The rows of a bucket.</summary>
    public BucketRows Rows { get; } = new();

    /// <summary>Distinct customers.</summary>
    public RowKeyTable Customers { get; } = new();

    /// <summary>Distinct invoices.</summary>
    public RowKeyTable Invoices { get; } = new();

    /// <summary>Distinct countries.</summary>
    public RowKeyTable Countries { get; } = new();

    /// <summary>Distinct units of supersession.</summary>
    public RowKeyTable Units { get; } = new();

    /// <summary>Distinct rows without an invoice.</summary>
    public RowKeyTable Loose { get; } = new();

    /// <summary>Distinct rows of units that corrections hold.</summary>
    public RowKeyTable Lines { get; } = new();

    /// <summary>Rows seen in their upload.</summary>
    public RowKeyTable Seen { get; } = new();

    /// <summary>The number of the customer of each row.</summary>
    public int[] CustomerOfRow { get; private set; } = [];

    /// <summary>The number of the unit of each row, or the complement of that of the distinct row where it has no invoice.</summary>
    public int[] KeyOfRow { get; private set; } = [];

    /// <summary>Where each row goes.</summary>
    public RowFate[] Fates { get; private set; } = [];

    /// <summary>Makes room for so many rows; what was there is lost.</summary>
    public void ReserveRows(int rows)
    {
        if (Fates.Length < rows)
        {
            int room = Math.Max(rows, Fates.Length * 2);
            CustomerOfRow = new int[room];
            KeyOfRow = new int[room];
            Fates = new RowFate[room];
        }
    }
}
