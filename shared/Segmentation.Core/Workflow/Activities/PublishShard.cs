using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Assigns the customers of one shard and writes them under the run's keys, where no reader looks before the run is current.</summary>
    public async Task<StepResult> PublishShardAsync(PublishShardInput input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        MergedSummary merged = await ReadMergedAsync(input.RunId, cancellationToken);
        SelectedModel selected = await ReadModelAsync(input.RunId, cancellationToken);
        var assigner = new SegmentAssigner(selected.Model);
        var assignments = new List<SegmentAssignment>();
        await using (Stream stream = await _storage.Runs.OpenReadAsync(
            RunBlobs.ShardCustomers(input.RunId, input.Shard), cancellationToken))
        {
            var reader = new RecordStreamReader(stream);
            while (await reader.ReadAsync(cancellationToken))
            {
                assignments.Add(assigner.Assign(RfmRecord.Read(reader.Current.Span), merged.AsOf));
            }
        }

        await _storage.Runs.WriteAsync(RunBlobs.ShardAssignments(input.RunId, input.Shard), async (stream, token) =>
        {
            var writer = new RecordStreamWriter(stream);
            var record = new RecordBuffer();
            foreach (SegmentAssignment assignment in assignments)
            {
                assignment.Write(record);
                await writer.WriteAsync(record.WrittenMemory, token);
            }

            await writer.FlushAsync(token);
        }, cancellationToken);
        await WriteInterestsAsync(input, cancellationToken);
        await WriteTransitionsAsync(input, assignments, selected.Continuity?.Previous, cancellationToken);
        await _storage.Segments.PublishAsync(input.RunId, input.Shard, assignments, cancellationToken);
        SegmentationTelemetry.Tell(SegmentationTelemetry.ShardTag, input.Shard);
        SegmentationTelemetry.Tell(SegmentationTelemetry.CustomersName, assignments.Count);
        return new StepResult(SecondsSince(start));
    }

    private Task<SelectedModel> ReadModelAsync(string runId, CancellationToken cancellationToken) =>
        _storage.Runs.ReadJsonAsync(RunBlobs.Model(runId), WorkflowJson.Default.SelectedModel, cancellationToken);
}
