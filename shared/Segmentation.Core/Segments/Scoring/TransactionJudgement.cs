using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments.Scoring;

/// <summary>What transactions came to.</summary>
/// <param name="Customers">The customers with a purchase that counts.</param>
/// <param name="AsOf">The run's as-of date, or the day after the last kept purchase where that is later.</param>
/// <param name="Rejected">Transactions that do not count, in the order given.</param>
internal sealed record JudgedPurchases(IReadOnlyList<RfmRecord> Customers, DateOnly AsOf, IReadOnlyList<RejectedTransaction> Rejected);

/// <summary>Judges transactions in memory with the same cleaning and aggregation as uploads.</summary>
internal static class TransactionJudgement
{
    /// <summary>Judges the lines of one customer.</summary>
    public static Task<JudgedPurchases> JudgeAsync(
        IReadOnlyList<ScoringTransaction> transactions,
        SegmentationOptions options,
        DateOnly runAsOf,
        DateTime now,
        CancellationToken cancellationToken)
    {
        byte[] table = TransactionTable.Write(transactions);
        return JudgeAsync(
            _ => Task.FromResult<Stream>(new MemoryStream(table, writable: false)),
            TransactionTable.Import(transactions, options.Import), options, runAsOf, now, cancellationToken);
    }

    /// <summary>Judges the rows of a file. Memory grows with the file.</summary>
    public static async Task<JudgedPurchases> JudgeAsync(
        Func<CancellationToken, Task<Stream>> open,
        ImportOptions import,
        SegmentationOptions options,
        DateOnly runAsOf,
        DateTime now,
        CancellationToken cancellationToken)
    {
        var cleaned = new MemoryStream();
        var sink = new NumberingSink(new CleanRowFileWriter(cleaned, keepRaw: false));
        await UploadCleaning.ReadAsync(open, now, import, options.Cleaning, sink, cancellationToken);
        await sink.CompleteAsync(cancellationToken);

        // As for a run with a window, the date comes first: it decides which rows lie in the window.
        IReadOnlyList<RfmRecord> undated = await AggregateAsync(cleaned, Rule(options, null), null, cancellationToken);
        DateOnly asOf = undated.Select(customer => customer.LastPurchase.AddDays(1)).Append(runAsOf).Max();
        var late = new List<LateReject>();
        IReadOnlyList<RfmRecord> customers = await AggregateAsync(cleaned, Rule(options, asOf), late, cancellationToken);
        IEnumerable<RejectedTransaction> lateRejects = late.Select(
            reject => new RejectedTransaction(sink.IndexOf(reject.Line), reject.Reason.Name(), reject.Detail));
        return new JudgedPurchases(customers, asOf, [.. sink.Rejected.Concat(lateRejects).OrderBy(reject => reject.Index)]);
    }

    private static AggregationRule Rule(SegmentationOptions options, DateOnly? asOf) => new(
        options.Cleaning.DropDuplicates,
        options.Cleaning.DropNonProducts,
        options.Cleaning.Returns,
        asOf,
        AsOfIsGiven: options.Rfm.AsOf != AsOfKind.Data,
        options.Rfm.WindowDays);

    private static async Task<IReadOnlyList<RfmRecord>> AggregateAsync(
        MemoryStream cleaned, AggregationRule rule, List<LateReject>? late, CancellationToken cancellationToken)
    {
        var aggregator = new RfmAggregator(rule, UploadPart.EachAlone(1), new AggregationBuffers())
        {
            WriteLateReject = late is null ? null : (record, _) =>
            {
                late.Add(LateReject.Read(record.Span));
                return ValueTask.CompletedTask;
            },
        };
        CleanRowFileReader reader = await CleanRowFileReader.OpenAsync(cleaned, cancellationToken);
        for (int bucket = 0; bucket < CustomerBuckets.Count; bucket++)
        {
            await aggregator.AddBucketAsync([reader], bucket, cancellationToken);
        }

        aggregator.Complete();
        return aggregator.Customers;
    }

    /// <summary>Remembers which transaction stands on which line: every record goes to the sink once, in order.</summary>
    private sealed class NumberingSink(CleanRowFileWriter rows) : IJudgedLineSink
    {
        private readonly Dictionary<long, int> _indexes = [];

        public List<RejectedTransaction> Rejected { get; } = [];

        public bool KeepsRaw => rows.KeepsRaw;

        public int IndexOf(long line) => _indexes[line];

        public void Accept(in JudgedLine line)
        {
            _indexes.Add(line.Line, _indexes.Count);
            rows.Add(line);
        }

        public void Reject(in RejectedLine line)
        {
            Rejected.Add(new RejectedTransaction(_indexes.Count, line.Reason.Name(), line.Detail));
            _indexes.Add(line.Line, _indexes.Count);
        }

        public ValueTask DrainAsync(CancellationToken cancellationToken) => rows.DrainAsync(cancellationToken);

        public Task CompleteAsync(CancellationToken cancellationToken) => rows.CompleteAsync(cancellationToken);
    }
}
