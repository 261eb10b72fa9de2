using Azure.Core;
using Azure.Storage.Blobs;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Workflow;
using Segmentation.Storage.Azure;
using Segmentation.Testing.Emulator;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Segmentation.Functions.Tests.Support;

/// <summary>Apps on storage accounts.</summary>
internal static class AzuriteApps
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An app on an account.</summary>
    public static App Open(string account, Action<ClientOptions>? configure = null, int deliveries = 1, Numerics.Xoshiro256StarStar? order = null, params (string Key, string Value)[] options) =>
        new(AzureStorage.Open(account, TimeProvider.System, configure ?? Faults.Quick), App.Settings(options), deliveries, order);

    /// <summary>Drops a file, as a shop does: by the official client.</summary>
    public static async Task UploadAsync(string account, string name, byte[] bytes)
    {
        BlobContainerClient uploads = Uploads(account);
        await uploads.CreateIfNotExistsAsync(cancellationToken: Token);
        await uploads.GetBlobClient(name).UploadAsync(new BinaryData(bytes), overwrite: true, Token);
    }

    /// <summary>Takes a file away.</summary>
    public static Task DeleteUploadAsync(string account, string name) => Uploads(account).GetBlobClient(name).DeleteAsync(cancellationToken: Token);

    /// <summary>Drops the files of <see cref="Store.WithThreeGroups" />.</summary>
    public static async Task UploadThreeGroupsAsync(string account)
    {
        foreach ((string name, byte[] bytes) in new Store().WithThreeGroups().Uploads.Snapshot())
        {
            await UploadAsync(account, name, bytes);
        }
    }

    /// <summary>A result of a run.</summary>
    public static async Task<string> ResultAsync(App app, string runId, string name)
    {
        using var reader = new StreamReader(await app.Storage.Runs.OpenReadAsync(RunBlobs.Result(runId, name), Token));
        return await reader.ReadToEndAsync(Token);
    }

    private static BlobContainerClient Uploads(string account) => new(account, "uploads");
}
