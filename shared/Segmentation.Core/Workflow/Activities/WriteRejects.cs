using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Writes the rejected rows of the run; it needs no model, so it goes on while candidates are fitted.</summary>
    public async Task<StepResult> WriteRejectsAsync(WriteRejectsInput input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        (_, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        RunInputs inputs = await ReadInputsAsync(input.RunId, cancellationToken);
        var results = new ResultFiles(_storage.Runs, input.RunId);
        await new RejectsFiles(_storage, results, options.Cleaning.DropDuplicates).WriteAsync(
            inputs.Uploads, ReadLateRejectsAsync(input.RunId, input.Shards, cancellationToken), cancellationToken);
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Rejects(input.RunId), new WrittenFiles(results.Hashes), WorkflowJson.Default.WrittenFiles, cancellationToken);
        return new StepResult(SecondsSince(start));
    }

    private async IAsyncEnumerable<LateReject> ReadLateRejectsAsync(
        string runId, int shards, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var files = new OpenBlobs(_storage.Runs);
        IReadOnlyList<Stream> streams = await files.OpenAsync(
            Enumerable.Range(0, shards).Select(shard => RunBlobs.ShardRejects(runId, shard)), cancellationToken);
        var readers = new List<RecordStreamReader>();
        for (int shard = 0; shard < shards; shard++)
        {
            ShardSummary summary = await _storage.Runs.ReadJsonAsync(
                RunBlobs.ShardSummary(runId, shard), WorkflowJson.Default.ShardSummary, cancellationToken);
            long runStart = 0;
            foreach (long runEnd in summary.RejectRuns)
            {
                readers.Add(new RecordStreamReader(streams[shard], runStart, runEnd));
                runStart = runEnd;
            }
        }

        IAsyncEnumerable<LateReject> merged = RecordMerge.MergeAsync(
            readers,
            record => LateReject.Read(record.Span),
            reject => (reject.Upload, reject.Line),
            Comparer<(int, long)>.Default,
            cancellationToken);
        await foreach (LateReject reject in merged)
        {
            yield return reject;
        }
    }
}
