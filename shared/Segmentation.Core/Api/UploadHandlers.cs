using Segmentation.Core.Api.Documents;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Api;

/// <summary>Uploads: listed, explained, withdrawn.</summary>
internal sealed class UploadHandlers(ApiPorts ports, RunHandlers runs)
{
    private const int IdLength = 24;

    public async Task<ApiResult<UploadsDocument>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<UploadRecord> records = await UploadRecords.ReadAsync(ports.Storage.Clean, cancellationToken);
        return new UploadsDocument([.. records.Select(record => new UploadDocument
        {
            Id = record.Id,
            Name = record.Name,
            Status = StateOf(record),
            Bytes = record.Bytes,
            Sha256 = record.Sha256,
            FirstSeen = record.FirstSeen,
            Rows = record.Tally.All.Rows,
            Rejected = Rejected(record),
            Error = record.Error,
        })]);
    }

    public async Task<ApiResult<UploadDetailDocument>> FindAsync(ApiCall call, CancellationToken cancellationToken) =>
        await FindAsync(call["uploadId"], cancellationToken) is { } record
            ? await DetailAsync(record, cancellationToken)
            : ApiProblem.UnknownUpload();

    public async Task<ApiResult<UploadDetailDocument>> WithdrawAsync(ApiCall call, CancellationToken cancellationToken)
    {
        string id = call["uploadId"];
        if (await FindAsync(id, cancellationToken) is not { } record)
        {
            return ApiProblem.UnknownUpload();
        }

        if (ports.Withdrawals.IsWithdrawn(record))
        {
            return ApiProblem.AlreadyWithdrawn();
        }

        // Another caller may have been quicker: what counts is decided while nothing else changes.
        bool isWithdrawn = false;
        RunTicket ticket = await ports.Runs.ChangeAloneAsync(
            RunCause.Withdrawal, async token => isWithdrawn = await ports.Withdrawals.WithdrawAsync(id, token), cancellationToken);
        if (!isWithdrawn)
        {
            return ApiProblem.AlreadyWithdrawn();
        }

        UploadDetailDocument document = await DetailAsync(await FindAsync(id, cancellationToken) ?? record, cancellationToken);
        return ApiResult<UploadDetailDocument>.Accepted(document with { Status = UploadState.Withdrawn }, ticket.RunId);
    }

    private async Task<UploadRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        // Ids become names of blobs: only what an id can be is looked for.
        if (id.Length != IdLength || !id.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        try
        {
            return await ports.Storage.Clean.ReadJsonAsync(CleanBlobs.Record(id), WorkflowJson.Default.UploadRecord, cancellationToken);
        }
        catch (BlobNotFoundException)
        {
            return null;
        }
    }

    private async Task<UploadDetailDocument> DetailAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        LedgerDocument? ledger = await ports.Storage.Segments.FindCurrentRunAsync(cancellationToken) is { } current
            ? await runs.ReadResultAsync(current, LedgerFile.Name, ResultJson.Readable.LedgerDocument, cancellationToken)
            : null;
        return new UploadDetailDocument
        {
            Id = record.Id,
            Name = record.Name,
            Status = StateOf(record),
            Bytes = record.Bytes,
            Sha256 = record.Sha256,
            FirstSeen = record.FirstSeen,
            Rows = record.Tally.All.Rows,
            Rejected = Rejected(record),
            Error = record.Error,
            Dialect = record.Reading?.Dialect,
            Warnings = record.Reading?.Warnings ?? [],
            Ledger = ledger?.Uploads.FirstOrDefault(upload => upload.Id == record.Id),
        };
    }

    private UploadState StateOf(UploadRecord record) =>
        ports.Withdrawals.IsWithdrawn(record) ? UploadState.Withdrawn
        : record.Error is not null ? UploadState.Unusable
        : UploadState.Cleaned;

    private static Dictionary<string, long> Rejected(UploadRecord record) => RejectionReasons.All
        .Where(reason => record.Tally.Rejected[(int)reason].Rows > 0)
        .ToDictionary(reason => reason.Name(), reason => record.Tally.Rejected[(int)reason].Rows, StringComparer.Ordinal);
}
