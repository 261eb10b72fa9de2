using System.Buffers.Binary;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Rfm;

/// <summary>Recency, frequency and monetary of all customers that take part in statistics, in ordinal order of their ids.</summary>
/// <remarks>The order is that of the ids, not of the shards, so that sums and models do not depend on the sharding. 32 bytes a customer.</remarks>
internal sealed class CustomerMeasures
{
    private const int RecordLength = 32;

    private CustomerMeasures(double[] recency, double[] frequency, double[] monetary, Money[] exact)
    {
        Recency = recency;
        Frequency = frequency;
        Monetary = monetary;
        Exact = exact;
    }

    /// <summary>Names of the features of the model.</summary>
    public static IReadOnlyList<string> Names { get; } = ["recency", "frequency", "monetary"];

    /// <summary>Number of customers.</summary>
    public int Count => Recency.Length;

    /// <summary>Days.</summary>
    public double[] Recency { get; }

    /// <summary>Invoices.</summary>
    public double[] Frequency { get; }

    /// <summary>Money, as the nearest double.</summary>
    public double[] Monetary { get; }

    /// <summary>Money, exactly.</summary>
    public Money[] Exact { get; }

    /// <summary>Writes one customer.</summary>
    public static void Write(Span<byte> into, int recency, long frequency, Money monetary)
    {
        BinaryPrimitives.WriteInt64LittleEndian(into, recency);
        BinaryPrimitives.WriteInt64LittleEndian(into[8..], frequency);
        BinaryPrimitives.WriteInt128LittleEndian(into[16..], monetary.Micros);
    }

    /// <summary>Bytes of one customer.</summary>
    public static int BytesOfOne => RecordLength;

    /// <summary>Reads all customers.</summary>
    public static async Task<CustomerMeasures> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        int count = checked((int)(stream.Length / RecordLength));
        var measures = new CustomerMeasures(new double[count], new double[count], new double[count], new Money[count]);
        byte[] block = new byte[RecordLength * 4096];
        for (int i = 0; i < count;)
        {
            int customers = Math.Min(4096, count - i);
            await stream.ReadExactlyAsync(block.AsMemory(0, customers * RecordLength), cancellationToken);
            for (int j = 0; j < customers; j++, i++)
            {
                ReadOnlySpan<byte> record = block.AsSpan(j * RecordLength, RecordLength);
                measures.Recency[i] = BinaryPrimitives.ReadInt64LittleEndian(record);
                measures.Frequency[i] = BinaryPrimitives.ReadInt64LittleEndian(record[8..]);
                var money = new Money(BinaryPrimitives.ReadInt128LittleEndian(record[16..]));
                measures.Exact[i] = money;
                measures.Monetary[i] = money.ToDouble();
            }
        }

        return measures;
    }

    /// <summary>The same customers with no more orders and spend than the limits; exact spend stays as it is.</summary>
    public CustomerMeasures Capped(double orders, double spend) => new(
        Recency, [.. Frequency.Select(value => Math.Min(value, orders))], [.. Monetary.Select(value => Math.Min(value, spend))], Exact);

    /// <summary>The customers of some rows.</summary>
    public CustomerMeasures Where(Predicate<int> isWanted)
    {
        int[] rows = [.. Enumerable.Range(0, Count).Where(row => isWanted(row))];
        return new CustomerMeasures(
            [.. rows.Select(row => Recency[row])], [.. rows.Select(row => Frequency[row])], [.. rows.Select(row => Monetary[row])],
            [.. rows.Select(row => Exact[row])]);
    }

    /// <summary>ln(1 + x) of each measure, one row a customer.</summary>
    public FeatureMatrix LogFeatures() => FeatureMatrix.FromColumns(Log(Recency), Log(Frequency), Log(Monetary));

    /// <summary>The figures of a group of customers, or of all with a null group.</summary>
    /// <param name="group">The rows of the group, ascending; null for all.</param>
    /// <param name="total">The spend of all customers.</param>
    public SegmentFigures FiguresOf(int[]? group, Money total)
    {
        int size = group?.Length ?? Count;
        if (size == 0)
        {
            return new SegmentFigures(0, 0, 0, default, default);
        }

        Money spend = Money.Zero;
        double days = 0;
        double orders = 0;
        for (int i = 0; i < size; i++)
        {
            int row = group?[i] ?? i;
            spend += Exact[row];

            // Whole numbers below 2⁵³ add up exactly.
            days += Recency[row];
            orders += Frequency[row];
        }

        return new SegmentFigures(
            size,
            (double)size / Count,
            spend.ToDouble() / total.ToDouble(),
            new RfmTriple(days / size, orders / size, spend.ToDouble() / size),
            new RfmTriple(Median(Recency, group), Median(Frequency, group), Median(Monetary, group)))
        {
            OneOrderShare = (double)(group ?? [.. Enumerable.Range(0, Count)]).Count(row => Frequency[row] <= 1) / size,
            TypicalOrder = Median([.. Monetary.Zip(Frequency, (money, invoices) => money / invoices)], group),
        };
    }

    /// <summary>The number of distinct customers in the space of the features, counted no further than a limit.</summary>
    public int CountDistinct(int limit)
    {
        var seen = new HashSet<(double, double, double)>();
        for (int i = 0; i < Count && seen.Count < limit; i++)
        {
            seen.Add((Recency[i], Frequency[i], Monetary[i]));
        }

        return seen.Count;
    }

    /// <summary>The spend of all customers.</summary>
    public Money Total() => Exact.Aggregate(Money.Zero, (sum, one) => sum + one);

    private static double[] Log(double[] values) => [.. values.Select(DeterministicMath.Log1P)];

    private static double Median(double[] values, int[]? group)
    {
        double[] sorted = group is null ? [.. values] : [.. group.Select(row => values[row])];
        Array.Sort(sorted);
        return Quantiles.Interpolated(sorted, 1, 2);
    }
}
