using Segmentation.Core.Erasure;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Api;

/// <summary>The uploads of a store that are taken back, as the API asks for it.</summary>
public sealed class StoredUploads(SegmentationStorage storage, TimeProvider clock) : IWithdrawalsPort
{
    private readonly UploadWithdrawal _withdrawal = new(storage, clock);

    /// <inheritdoc />
    public bool IsWithdrawn(UploadRecord upload) => upload.WithdrawnAt is not null;

    /// <inheritdoc />
    public async Task<bool> WithdrawAsync(string uploadId, CancellationToken cancellationToken)
    {
        IReadOnlyList<UploadRecord> records = await UploadRecords.ReadAsync(storage.Clean, cancellationToken);
        return records.Any(record => record.Id == uploadId && record.WithdrawnAt is null)
            && await _withdrawal.WithdrawAsync(uploadId, cancellationToken) is not null;
    }
}
