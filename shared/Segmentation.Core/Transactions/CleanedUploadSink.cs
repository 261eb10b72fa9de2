using Segmentation.Core.Erasure;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Transactions;

/// <summary>Sorts the rows of one upload: cleaned rows into buckets, rejected ones into a file of their own, both counted.</summary>
internal sealed class CleanedUploadSink(CleanRowFileWriter rows, RecordStreamWriter rejects) : IJudgedLineSink
{
    private readonly RecordBuffer _record = new();

    /// <summary>All rows, and those rejected by themselves.</summary>
    public LedgerTally Tally { get; } = new();

    /// <summary>The lines of rows of erased customers, which are counted and not stored.</summary>
    public LineRanges Erased { get; } = new();

    /// <inheritdoc />
    public bool KeepsRaw => rows.KeepsRaw;

    /// <inheritdoc />
    public void Accept(in JudgedLine line)
    {
        Tally.All = Tally.All.Plus(line.Amount);
        Erased.Row(line.Line, isIn: false);
        rows.Add(line);
    }

    /// <inheritdoc />
    public void Reject(in RejectedLine line)
    {
        Tally.All = Tally.All.Plus(line.Amount);
        Tally.Reject(line.Reason, line.Amount);
        bool isErased = line.Reason == RejectionReason.ErasedCustomer;
        Erased.Row(line.Line, isErased);
        if (isErased)
        {
            return;
        }

        new OwnReject(line.Line, line.Reason, line.Detail, line.Amount).Write(_record, line.Raw, line.Filled);
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
/// <param name="Amount">Its money; zero where it could not be read, and in records of the first version, which lack it.</param>
internal readonly record struct OwnReject(long Line, RejectionReason Reason, string Detail, Money Amount)
{
    /// <summary>Writes the stored form over what the buffer held.</summary>
    public void Write(RecordBuffer into, ReadOnlySpan<byte> raw, ReadOnlySpan<byte> filled)
    {
        into.Clear();
        into.WriteUnsigned((ulong)Line);
        into.WriteByte((byte)Reason);
        into.WriteText(Detail);
        into.WriteBytes(raw);
        into.WriteMoney(Amount);
        if (!filled.IsEmpty)
        {
            into.WriteBytes(filled);
        }
    }

    /// <summary>Reads the stored form.</summary>
    /// <param name="record">The record.</param>
    /// <param name="raw">The row as written.</param>
    /// <param name="filled">The row with what its order carried to it; empty where nothing was carried.</param>
    public static OwnReject Read(ReadOnlySpan<byte> record, out ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> filled)
    {
        var fields = new RecordFields(record);
        var reject = new OwnReject((long)fields.ReadUnsigned(), (RejectionReason)fields.ReadByte(), fields.ReadText(), Money.Zero);
        raw = fields.ReadBytes();
        reject = fields.AtEnd ? reject : reject with { Amount = fields.ReadMoney() };
        filled = fields.AtEnd ? default : fields.ReadBytes();
        return reject;
    }
}
