using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>A judged line as text, kept beyond the call that handed it over.</summary>
internal sealed record Kept(
    long Line, LineKind Kind, string Customer, string Invoice, string Product, string Description, DateTime Time, DecimalNumber Quantity,
    DecimalNumber Price, Money Amount, bool IsNonProduct, string Raw)
{
    public string Category { get; init; } = "";

    public string Country { get; init; } = "";

    public string Status { get; init; } = "";

    public string DocumentType { get; init; } = "";

    public string Filled { get; init; } = "";
}

/// <summary>A rejected row, kept beyond the call that handed it over.</summary>
internal sealed record Rejected(long Line, string Reason, string Detail, Money Amount, string Raw)
{
    public string Filled { get; init; } = "";
}

/// <summary>Keeps every row.</summary>
internal sealed class CollectingSink : IJudgedLineSink
{
    public List<Kept> Accepted { get; } = [];

    public List<Rejected> Rejected { get; } = [];

    public int Drained { get; private set; }

    public bool KeepsRaw { get; init; } = true;

    public int Rows => Accepted.Count + Rejected.Count;

    public void Accept(in JudgedLine line) => Accepted.Add(new Kept(
        line.Line, line.Kind, Text(line.Customer), Text(line.Invoice), Text(line.Product), Text(line.Description), line.Time, line.Quantity,
        line.Price, line.Amount, line.IsNonProduct, Text(line.Raw))
    {
        Category = Text(line.Category),
        Country = Text(line.Country),
        Status = Text(line.Status),
        DocumentType = Text(line.DocumentType),
        Filled = Text(line.Filled),
    });

    public void Reject(in RejectedLine line) =>
        Rejected.Add(new Rejected(line.Line, line.Reason.Name(), line.Detail, line.Amount, Text(line.Raw)) { Filled = Text(line.Filled) });

    public ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Drained++;
        return ValueTask.CompletedTask;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
