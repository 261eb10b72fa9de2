using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>
/// Turns rows of erased customers, whatever they were judged to be, into rejections that hold nothing of them but the line and the money.
/// </summary>
/// <remarks>
/// The money is that of the judgement, so that a row counts the same whether it came before the erasure or after. In a row that is
/// rejected the customer may stand in any field: columns may be shifted, quotes may be broken.
/// </remarks>
internal sealed class ErasedRowSink(IJudgedLineSink inner, IErasedSet erased, byte delimiter) : IJudgedLineSink
{
    private const string Detail = "The customer was erased";

    private readonly ErasedCheck _erased = new(erased);

    /// <inheritdoc />
    public bool KeepsRaw => inner.KeepsRaw;

    /// <inheritdoc />
    public void Accept(in JudgedLine line)
    {
        if (_erased.Contains(line.Customer))
        {
            Erase(line.Line, line.Amount);
        }
        else
        {
            inner.Accept(line);
        }
    }

    /// <inheritdoc />
    public void Reject(in RejectedLine line)
    {
        if (RawFields.AnyErased(line.Raw, line.Filled, delimiter, _erased))
        {
            Erase(line.Line, line.Amount);
        }
        else
        {
            inner.Reject(line);
        }
    }

    /// <inheritdoc />
    public ValueTask DrainAsync(CancellationToken cancellationToken) => inner.DrainAsync(cancellationToken);

    private void Erase(long line, Money amount) => inner.Reject(new RejectedLine
    {
        Line = line,
        Reason = RejectionReason.ErasedCustomer,
        Detail = Detail,
        Amount = amount,
        Raw = default,
    });
}
