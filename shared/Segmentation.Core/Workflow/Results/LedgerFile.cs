using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow.Results;

/// <summary>The file <c>ledger.json</c>: where every row of every upload went.</summary>
internal static class LedgerFile
{
    /// <summary>Its name.</summary>
    public const string Name = "ledger.json";

    /// <summary>The document.</summary>
    /// <param name="uploads">The uploads in order of precedence.</param>
    /// <param name="total">All of them together.</param>
    /// <param name="nonProducts">Rows by code that is no product, or null where there are too many codes to list.</param>
    public static LedgerDocument Of(
        IReadOnlyList<UploadLedger> uploads, LedgerTally total, IReadOnlyDictionary<string, RowTally>? nonProducts)
    {
        LedgerEntry sum = Entry(total);
        return new LedgerDocument(
            [.. uploads.Select(Entry)], sum, nonProducts?.ToDictionary(code => code.Key, code => code.Value.Rows, StringComparer.Ordinal));
    }

    private static UploadLedgerEntry Entry(UploadLedger upload)
    {
        LedgerEntry entry = Entry(upload.Tally);
        UploadRecord record = upload.Record;
        return new UploadLedgerEntry
        {
            Id = record.Id,
            Name = record.Name,
            Sha256 = record.Sha256,
            Error = record.Error is { } error ? Sentence(error) : null,
            Warnings = record.Reading?.Warnings ?? [],
            Dialect = record.Reading?.Dialect,
            Rows = entry.Rows,
            Kept = entry.Kept,
            Merged = entry.Merged,
            Returned = entry.Returned,
            Superseded = entry.Superseded,
            Rejected = entry.Rejected,
            Revenue = entry.Revenue,
        };
    }

    /// <summary>An error with its advice.</summary>
    public static string Sentence(UploadError error) => error.Advice is null ? error.Message : $"{error.Message} {error.Advice}";

    private static LedgerEntry Entry(LedgerTally tally)
    {
        RowTally rejected = tally.AllRejected();
        return new LedgerEntry
        {
            Rows = tally.All.Rows,
            Kept = tally.Kept.Rows,
            Merged = tally.Merged.Rows,
            Returned = tally.Returned.Rows,
            Superseded = tally.Superseded.Rows,
            Rejected = RejectionReasons.All
                .Where(reason => tally.Rejected[(int)reason].Rows > 0)
                .ToDictionary(reason => reason.Name(), reason => tally.Rejected[(int)reason].Rows, StringComparer.Ordinal),
            Revenue = new LedgerRevenue(
                tally.All.Revenue, tally.Kept.Revenue, tally.Merged.Revenue, tally.Returned.Revenue, tally.Superseded.Revenue,
                rejected.Revenue, tally.ReturnedCounted),
        };
    }
}
