using System.Text;
using Segmentation.Core.Erasure;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>Runs the cleaning on bytes in memory.</summary>
internal static class Cleaning
{
    public static readonly DateTime UploadTime = new(2024, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    public static Task<(UploadReading Reading, CollectingSink Sink)> ReadAsync(
        string text, ImportOptions? import = null, int bufferBytes = 64, int sampleBytes = 1 << 20) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), import, bufferBytes, sampleBytes);

    public static async Task<(UploadReading Reading, CollectingSink Sink)> ReadAsync(
        byte[] bytes, ImportOptions? import = null, int bufferBytes = 64, int sampleBytes = 1 << 20, bool keepsRaw = true)
    {
        var sink = new CollectingSink { KeepsRaw = keepsRaw };
        UploadReading reading = await UploadCleaning.ReadAsync(
            _ => Task.FromResult<Stream>(new MemoryStream(bytes)), UploadTime, import ?? new ImportOptions(), new CleaningOptions(), ErasedSet.Nobody, sink, bufferBytes,
            sampleBytes, TestContext.Current.CancellationToken);
        return (reading, sink);
    }

    public static Task<UnusableUploadException> RefusedAsync(string text, ImportOptions? import = null) => RefusedAsync(Encoding.UTF8.GetBytes(text), import);

    public static Task<UnusableUploadException> RefusedAsync(byte[] bytes, ImportOptions? import = null) =>
        Assert.ThrowsAsync<UnusableUploadException>(() => ReadAsync(bytes, import));
}
