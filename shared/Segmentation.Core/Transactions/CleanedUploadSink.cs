using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Transactions;

/// <summary>Sorts the rows of one upload: cleaned rows into buckets, rejected ones into a file of their own, both counted.</summary>
internal sealed class CleanedUploadSink(CleanRowFileWriter rows, RecordStreamWriter rejects) : IJudgedLineSink
{
    private readonly RecordBuffer _record = new();

    /// <summary>All rows, and those rejected by themselves.</summary>
    public LedgerTally Tally { get; } = new();

    /// <inheritdoc />
    public void Accept(in JudgedLine line)
    {
        Tally.All = Tally.All.Plus(line.Amount);
        rows.Add(line);
    }

    /// <inheritdoc />
    public void Reject(in RejectedLine line)
    {
        Tally.All = Tally.All.Plus(line.Amount);
        Tally.Reject(line.Reason, line.Amount);
        new OwnReject(line.Line, line.Reason, line.Detail).Write(_record, line.Raw);
        rejects.Buffer(_record.Written);
    }

    /// <inheritdoc />
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        await rows.DrainAsync(cancellationToken);
        await rejects.FlushAsync(cancellationToken);
    }

    /// <summary>Writes what is left.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await rows.CompleteAsync(cancellationToken);
        await rejects.FlushAsync(cancellationToken);
    }
}

/// <summary>A row that was rejected by itself, as stored.</summary>
/// <param name="Line">The physical line.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What was found and expected.</param>
internal readonly record struct OwnReject(long Line, RejectionReason Reason, string Detail)
{
    /// <summary>Writes the stored form over what the buffer held.</summary>
    public void Write(RecordBuffer into, ReadOnlySpan<byte> raw)
    {
        into.Clear();
        into.WriteUnsigned((ulong)Line);
        into.WriteByte((byte)Reason);
        into.WriteText(Detail);
        into.WriteBytes(raw);
    }
}
