using System.Net;
using System.Text;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Erasure;

/// <summary>Takes erased customers out of what a run says about files: such a message may quote a first row, or name a part of an archive.</summary>
internal sealed class ErrorScrub(IBlobContainer runs, ErasedSet erased)
{
    private const string Report = "report.html";
    private const int Recognised = 40;

    private readonly TokenRedaction _tokens = new(erased);

    /// <summary>Scrubs the ledger and the report of a run.</summary>
    /// <returns>The names of results that may have other bytes than the manifest says.</returns>
    public async Task<IReadOnlyList<string>> ScrubAsync(string runId, CancellationToken cancellationToken)
    {
        string ledgerBlob = RunBlobs.Result(runId, LedgerFile.Name);
        if (!await runs.ExistsAsync(ledgerBlob, cancellationToken))
        {
            return [];
        }

        LedgerDocument ledger = await runs.ReadJsonAsync(ledgerBlob, ResultJson.Readable.LedgerDocument, cancellationToken);
        UploadLedgerEntry[] uploads = [.. ledger.Uploads.Select(Redact)];
        string[] errors = [.. ledger.Uploads.SelectMany(static upload => upload.Warnings.Append(upload.Error ?? "")).Where(said => _tokens.Redact(said) != said)];

        // The ledger last: it is what tells, after a crash, that the report still says the same.
        string reportBlob = RunBlobs.Result(runId, Report);
        bool hasReport = await runs.ExistsAsync(reportBlob, cancellationToken);
        var results = new ResultFiles(runs, runId);
        if (errors.Length > 0 && hasReport)
        {
            string page = Redact(await ReadTextAsync(reportBlob, cancellationToken), errors);
            await results.WriteTextAsync(Report, (writer, token) => writer.WriteAsync(page.AsMemory(), token), cancellationToken);
        }

        if (errors.Length > 0)
        {
            await results.WriteJsonAsync(
                LedgerFile.Name, ledger with { Uploads = uploads }, ResultJson.Readable.LedgerDocument, cancellationToken);
        }

        return hasReport ? [LedgerFile.Name, Report] : [LedgerFile.Name];
    }

    private UploadLedgerEntry Redact(UploadLedgerEntry upload)
    {
        string? error = upload.Error is null ? null : _tokens.Redact(upload.Error);
        string[] warnings = [.. upload.Warnings.Select(warning => _tokens.Redact(warning))];
        return upload with { Error = error, Warnings = warnings };
    }

    // Only texts that begin like, or hold, one of the messages: a short id may be a figure elsewhere on the page.
    private string Redact(string page, string[] errors)
    {
        string[] beginnings = [.. errors.Select(error => error[..Math.Min(error.Length, Recognised)])];
        var text = new StringBuilder(page.Length);
        int position = 0;
        while (position < page.Length)
        {
            int start = page.IndexOf('>', position) + 1;
            int end = start == 0 ? -1 : page.IndexOf('<', start);
            if (end < 0)
            {
                break;
            }

            text.Append(page, position, start - position);
            string content = page[start..end];
            string said = WebUtility.HtmlDecode(content);
            bool isError = beginnings.Any(beginning => said.Contains(beginning, StringComparison.Ordinal));
            text.Append(isError ? WebUtility.HtmlEncode(_tokens.Redact(said)) : content);
            position = end;
        }

        return text.Append(page, position, page.Length - position).ToString();
    }

    private async Task<string> ReadTextAsync(string blob, CancellationToken cancellationToken)
    {
        await using Stream stream = await runs.OpenReadAsync(blob, cancellationToken);
        using var reader = new StreamReader(stream, ResultFiles.Utf8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
