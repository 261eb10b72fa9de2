using System.Diagnostics.CodeAnalysis;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Segmentation.Core.Storage;
using Segmentation.Functions.Runs;

namespace Segmentation.Functions.Triggers;

/// <summary>An upload has arrived: a run is asked for, which cleans what is new, and quarantines what cannot be used.</summary>
public sealed class CleanUpload(UploadArrivals arrivals, RunParts parts, ILogger<CleanUpload> logger)
{
#if POLL_UPLOADS
    private const BlobTriggerSource Source = BlobTriggerSource.LogsAndContainerScan;
#else
    private const BlobTriggerSource Source = BlobTriggerSource.EventGrid;
#endif

    /// <summary>Asks for a run, where the event is news.</summary>
    /// <param name="upload">The blob; it is not read here, and may be gone.</param>
    /// <param name="name">Its name, slashes included.</param>
    /// <param name="client">The engine.</param>
    /// <param name="context">The call.</param>
    [Function(nameof(CleanUpload))]
    [SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The trigger binds it.")]
    public async Task RunAsync(
        [BlobTrigger("uploads/{name}", Source = Source)] BlobClient upload,
        string name,
        [DurableClient] DurableTaskClient client,
        FunctionContext context)
    {
        if (await arrivals.WhyNotAsync(name, context.CancellationToken) is { } reason)
        {
            FunctionsLog.UploadIgnored(logger, name, reason);
            return;
        }

        await new DurableRunHost(client, parts).RequestRunAsync(RunCause.Uploads, context.CancellationToken);
    }
}
