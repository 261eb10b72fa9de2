using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>A row that is rejected only once the customer's other rows, or the dates of the run, are known.</summary>
/// <param name="Upload">The number of its upload in the run.</param>
/// <param name="Line">The physical line.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What was found and expected.</param>
/// <param name="Raw">The row as written, or empty where it was not kept.</param>
/// <param name="Filled">The row with what its order carried to it; empty where nothing was carried, and in records of the first version, which lack it.</param>
internal sealed record LateReject(int Upload, long Line, RejectionReason Reason, string Detail, string Raw, string Filled)
{
    /// <summary>Writes the stored form over what the buffer held.</summary>
    public void Write(RecordBuffer into)
    {
        into.Clear();
        into.WriteUnsigned((ulong)Upload);
        into.WriteUnsigned((ulong)Line);
        into.WriteByte((byte)Reason);
        into.WriteText(Detail);
        into.WriteText(Raw);
        into.WriteText(Filled);
    }

    /// <summary>Reads the stored form.</summary>
    public static LateReject Read(ReadOnlySpan<byte> record)
    {
        var fields = new RecordFields(record);
        return new LateReject(
            fields.ReadLength(), (long)fields.ReadUnsigned(), (RejectionReason)fields.ReadByte(), fields.ReadText(), fields.ReadText(),
            fields.AtEnd ? "" : fields.ReadText());
    }
}
