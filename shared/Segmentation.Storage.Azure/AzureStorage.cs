using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Blobs;
using Segmentation.Storage.Azure.Segments;
using Segmentation.Storage.Azure.Tables;

namespace Segmentation.Storage.Azure;

/// <summary>The whole storage in one storage account: four containers and two tables, each made when it is first written.</summary>
/// <remarks>
/// Failures of the account are <see cref="IOException" /> and, where access is refused, <see cref="UnauthorizedAccessException" />, after the
/// attempts that the options allow.
/// </remarks>
public static class AzureStorage
{
    /// <summary>Attempts after the first, unless the caller says otherwise.</summary>
    public const int MaxRetries = 4;

    // Doubled by each attempt: a busy service is waited for some 6 seconds.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Uses an account by its connection string: with a key, with a shared access signature, or of an emulator.</summary>
    /// <param name="connectionString">As the portal shows it.</param>
    /// <param name="time">The clock that requests are signed with.</param>
    /// <param name="configure">Changes transport, retries or diagnostics of both services.</param>
    /// <exception cref="FormatException">It is no connection string.</exception>
    public static SegmentationStorage Open(string connectionString, TimeProvider time, Action<ClientOptions>? configure = null)
    {
        // First, because its faults are told in words that name no secret.
        var tables = new TableServiceClient(connectionString, Tables(time, configure));
        return Open(new BlobServiceClient(connectionString, Blobs(configure)), tables);
    }

    /// <summary>Uses an account by an identity, which needs the roles Storage Blob Data Contributor and Storage Table Data Contributor.</summary>
    /// <param name="blobs">For example <c>https://shop.blob.core.windows.net</c>.</param>
    /// <param name="tables">For example <c>https://shop.table.core.windows.net</c>.</param>
    /// <param name="credential">The identity.</param>
    /// <param name="time">The clock of the process.</param>
    /// <param name="configure">Changes transport, retries or diagnostics of both services.</param>
    /// <exception cref="ArgumentException">An address is not https, over which alone tokens are sent.</exception>
    public static SegmentationStorage Open(
        Uri blobs, Uri tables, TokenCredential credential, TimeProvider time, Action<ClientOptions>? configure = null)
    {
        var explained = new ExplainedCredential(credential);
        return Open(
            new BlobServiceClient(Secure(blobs, nameof(blobs)), explained, Blobs(configure)),
            new TableServiceClient(Secure(tables, nameof(tables)), explained, Tables(time, configure)));
    }

    private static SegmentationStorage Open(BlobServiceClient blobs, TableServiceClient tables) => new(
        new BlobContainer(blobs.GetBlobContainerClient("uploads")),
        new BlobContainer(blobs.GetBlobContainerClient("clean")),
        new BlobContainer(blobs.GetBlobContainerClient("runs")),
        new BlobContainer(blobs.GetBlobContainerClient("quarantine")),
        new TableSegmentStore(tables));

    private static Uri Secure(Uri address, string name) => address is { IsAbsoluteUri: true, Scheme: "https" }
        ? address
        : throw new ArgumentException($"'{address}' is no https address; tokens are sent over https alone.", name);

    private static BlobClientOptions Blobs(Action<ClientOptions>? configure)
    {
        var options = new BlobClientOptions();

        // Over plain http, and through whatever ends TLS on the way, a flipped bit is refused and not stored.
        options.TransferValidation.Upload.ChecksumAlgorithm = StorageChecksumAlgorithm.MD5;
        return Configure(options, configure);
    }

    private static TableClientOptions Tables(TimeProvider time, Action<ClientOptions>? configure) => Configure(new TableClientOptions(time), configure);

    private static T Configure<T>(T options, Action<ClientOptions>? configure)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = RetryDelay;
        options.Retry.MaxDelay = MaxRetryDelay;
        options.Retry.NetworkTimeout = NetworkTimeout;
        configure?.Invoke(options);
        return options;
    }
}
