using Segmentation.Core.Rfm;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

public sealed class LateRejectTests
{
    private static readonly LateReject Expected = new(3, 7, RejectionReason.BeforeWindow, "detail", "raw", "");

    // Upload, line, reason, detail, row.
    private static readonly byte[] Yesterday = [3, 7, (byte)RejectionReason.BeforeWindow, 6, .. "detail"u8, 3, .. "raw"u8];

    [Fact]
    public void Records_that_were_stored_before_lines_were_filled_are_read() => Assert.Equal(Expected, LateReject.Read(Yesterday));

    [Fact]
    public async Task Records_of_both_versions_stand_in_one_file_each_by_itself()
    {
        var filled = new RecordBuffer();
        (Expected with { Filled = "filled" }).Write(filled);
        using var stream = new MemoryStream();
        var writer = new RecordStreamWriter(stream);
        byte[][] stored = [Yesterday, Yesterday, filled.Written.ToArray(), Yesterday];
        foreach (byte[] record in stored)
        {
            writer.Buffer(record);
        }

        await writer.FlushAsync(TestContext.Current.CancellationToken);

        var read = new List<LateReject>();
        var reader = new RecordStreamReader(stream);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            read.Add(LateReject.Read(reader.Current.Span));
        }

        Assert.Equal([Expected, Expected, Expected with { Filled = "filled" }, Expected], read);
    }
}
