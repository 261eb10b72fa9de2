using Segmentation.Core.Rfm;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Segments;

/// <summary>A customer of a run, and where the run that it follows has it.</summary>
/// <param name="Record">The customer.</param>
/// <param name="FormerCluster">The id of its cluster in the previous run; 0 where there was none.</param>
internal readonly record struct FollowedCustomer(RfmRecord Record, int FormerCluster)
{
    /// <summary>Writes over what the buffer held.</summary>
    public void Write(RecordBuffer into)
    {
        into.Clear();
        Record.Write(into);
        into.WriteUnsigned((ulong)FormerCluster);
    }

    /// <summary>Reads one. A run that another version began may have records without a former cluster.</summary>
    public static FollowedCustomer Read(ReadOnlySpan<byte> record)
    {
        var fields = new RecordFields(record);
        RfmRecord customer = RfmRecord.Read(ref fields);
        return new FollowedCustomer(customer, fields.AtEnd ? 0 : fields.ReadLength());
    }
}
