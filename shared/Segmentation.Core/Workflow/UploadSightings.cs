using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

/// <summary>An upload as a host that watches saw it.</summary>
/// <param name="Name">The relative name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="LastModified">When it was last written, by the storage.</param>
/// <param name="Since">When the host first saw it in this state, UTC.</param>
/// <param name="Version">The storage's mark of what was written; null in what earlier versions kept.</param>
public sealed record SightedUpload(string Name, long Bytes, DateTimeOffset LastModified, DateTime Since, string? Version = null)
{
    /// <summary>Whether it is as the storage shows it now.</summary>
    public bool Matches(BlobEntry upload) => upload.IsStill(Bytes, LastModified, Version);
}

/// <summary>What a watching host saw and no run has cleaned yet: kept in container <c>clean</c>, so that a crash forgets no order of arrival.</summary>
/// <param name="Uploads">The uploads.</param>
public sealed record UploadSightings(IReadOnlyList<SightedUpload> Uploads)
{
    private const string Blob = "sightings.json";

    /// <summary>Reads what was seen; nothing where no host ever watched.</summary>
    public static async Task<UploadSightings> ReadAsync(IBlobContainer clean, CancellationToken cancellationToken) =>
        await clean.ExistsAsync(Blob, cancellationToken)
            ? await clean.ReadJsonAsync(Blob, WorkflowJson.Default.UploadSightings, cancellationToken)
            : new UploadSightings([]);

    /// <summary>Keeps what was seen.</summary>
    public Task WriteAsync(IBlobContainer clean, CancellationToken cancellationToken) =>
        clean.WriteJsonAsync(Blob, this, WorkflowJson.Default.UploadSightings, cancellationToken);
}
