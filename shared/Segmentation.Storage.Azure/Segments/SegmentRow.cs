using System.Globalization;
using System.Text;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Storage.Azure.Tables;

namespace Segmentation.Storage.Azure.Segments;

/// <summary>One customer as a row of table <c>Segments</c>. What a customer does not have, its row does not have.</summary>
internal static class SegmentRow
{
    /// <summary>Version of this form.</summary>
    public const int Format = 1;

    private const string FormatName = "Format";
    private const string CustomerId = "CustomerId";
    private const string RecencyDays = "RecencyDays";
    private const string Frequency = "Frequency";
    private const string Monetary = "Monetary";
    private const string R = "R";
    private const string F = "F";
    private const string M = "M";
    private const string Cluster = "Cluster";
    private const string Excluded = "Excluded";

    // Addresses, headers and the names and values of the short properties, generously.
    private const int FixedBytes = 2_500;

    /// <summary>The properties that hold the customer's id.</summary>
    public static string[] IdProperties { get; } = ["PartitionKey", "RowKey", .. StoredText.Properties(CustomerId)];

    /// <summary>The row of a customer.</summary>
    public static TableEntity Of(string partition, SegmentAssignment customer)
    {
        var row = new TableEntity(partition, SegmentKeys.Encode(customer.CustomerId)) { [FormatName] = Format };
        StoredText.Write(row, CustomerId, customer.CustomerId);
        row[RecencyDays] = customer.RecencyDays;
        row[Frequency] = customer.Frequency;
        row[Monetary] = customer.Monetary.ToString();
        row[R] = customer.Scores?.R;
        row[F] = customer.Scores?.F;
        row[M] = customer.Scores?.M;
        row[Cluster] = customer.Cluster;
        row[Excluded] = customer.Excluded;
        return row;
    }

    /// <summary>At least as many bytes as the row of a customer takes in a transaction: of an id, each byte becomes two at most.</summary>
    public static int MostBytes(SegmentAssignment customer) => FixedBytes + (2 * Encoding.UTF8.GetByteCount(customer.CustomerId));

    /// <summary>The id of the customer of a row.</summary>
    public static string IdOf(TableEntity row) => StoredText.Read(row, CustomerId);

    /// <summary>The customer of a row.</summary>
    /// <exception cref="InvalidDataException">The row is damaged or of an unknown version; the message names it.</exception>
    public static SegmentAssignment Read(TableEntity row)
    {
        int format = row.GetInt32(FormatName) ?? throw Missing(row, FormatName);
        if (format != Format)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"The stored row '{row.RowKey}' in partition '{row.PartitionKey}' has format {format}; expected {Format}."));
        }

        return new SegmentAssignment
        {
            CustomerId = IdOf(row),
            RecencyDays = row.GetInt32(RecencyDays) ?? throw Missing(row, RecencyDays),
            Frequency = row.GetInt64(Frequency) ?? throw Missing(row, Frequency),
            Monetary = ReadMoney(row),
            Scores = row.GetInt32(R) is { } r
                ? new RfmScores(r, row.GetInt32(F) ?? throw Missing(row, F), row.GetInt32(M) ?? throw Missing(row, M))
                : null,
            Cluster = row.GetInt32(Cluster),
            Excluded = row.GetString(Excluded),
        };
    }

    private static Money ReadMoney(TableEntity row)
    {
        try
        {
            return Money.Parse(row.GetString(Monetary) ?? throw Missing(row, Monetary));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The stored row '{row.RowKey}' in partition '{row.PartitionKey}' is damaged: {fault.Message}", fault);
        }
    }

    private static InvalidDataException Missing(TableEntity row, string name) =>
        new($"The stored row '{row.RowKey}' in partition '{row.PartitionKey}' is damaged: it has no {name}.");
}
