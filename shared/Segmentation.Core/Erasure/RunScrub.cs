using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Erasure;

/// <summary>
/// Takes erased customers out of runs: their published rows, the results that name customers, and what only a run under way needs.
/// </summary>
/// <remarks>Sums and counts of the results stay those of the run. A run that has not ended starts over.</remarks>
internal sealed class RunScrub(SegmentationStorage storage, ErasedSet erased)
{
    private const string Manifest = "manifest.json";
    private const int UploadCell = 0;
    private const int RawCell = 4;

    private static readonly byte[] AnyDelimiter = [(byte)',', (byte)';', (byte)'\t', (byte)'|', (byte)' '];

    private readonly ErasedCheck _erased = new(erased);

    /// <summary>Scrubs all runs.</summary>
    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        RejectsLayouts readings = new([.. (await UploadRecords.ReadAsync(storage.Clean, cancellationToken)).Where(record => record.Reading is not null)]);
        Dictionary<string, RunRecord> runs = (await storage.Segments.ListRunsAsync(cancellationToken))
            .ToDictionary(run => run.RunId, StringComparer.Ordinal);

        // A run whose row is lost, or was never written, may have left files all the same.
        var ids = new SortedSet<string>(runs.Keys, StringComparer.Ordinal);
        await foreach (BlobEntry blob in storage.Runs.ListAsync("", cancellationToken))
        {
            ids.Add(blob.Name.Split('/')[0]);
        }

        foreach (string id in ids)
        {
            await DeleteAllAsync(RunBlobs.Steps(id), cancellationToken);
            await DeleteAllAsync(RunBlobs.Histories(id), cancellationToken);
            await ScrubResultsAsync(id, readings, cancellationToken);
            if (runs.TryGetValue(id, out RunRecord? run))
            {
                await ScrubSegmentsAsync(run, cancellationToken);
            }
        }
    }

    private async Task ScrubSegmentsAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (run.Status == RunStatus.Completed)
        {
            await storage.Segments.EraseAsync(
                run.RunId, run.Shards, id => erased.Contains(Encoding.UTF8.GetBytes(id)), cancellationToken);
            return;
        }

        // Rows that nobody can read: the run ended, or stopped, before it could make itself the current one.
        await storage.Segments.DeleteRunAsync(run.RunId, cancellationToken);
        await storage.Segments.SaveRunAsync(run, cancellationToken);
    }

    private async Task ScrubResultsAsync(
        string id, RejectsLayouts readings, CancellationToken cancellationToken)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        string folder = RunBlobs.Results(id);
        FilledRows filled = await FilledRowsAsync(folder, readings, cancellationToken);
        IReadOnlyList<string> said = await new ErrorScrub(storage.Runs, erased).ScrubAsync(id, cancellationToken);
        await foreach (BlobEntry blob in storage.Runs.ListAsync(folder, cancellationToken))
        {
            string name = blob.Name[folder.Length..];
            switch (name)
            {
                case CustomersFile.Name:
                    await RewriteAsync(blob.Name, RejectsLayout.Utf8Comma, HasErasedCustomer, cancellationToken);
                    break;
                case RejectsFiles.Name:
                    // Before the files in the folder, which say what is to be taken out of it, also after an interruption.
                    await RewriteAsync(blob.Name, RejectsLayout.Utf8Comma, row => HasErasedRaw(row, readings, filled), cancellationToken);
                    break;
                case var _ when name.StartsWith(RejectsFiles.Folder, StringComparison.Ordinal):
                    RejectsLayout layout = readings.OfFile(name[RejectsFiles.Folder.Length..]);
                    await RewriteAsync(
                        blob.Name, layout, row => RawFields.AnyErased(row.Raw, layout.Delimiter, _erased), cancellationToken);
                    break;
                case var _ when said.Contains(name, StringComparer.Ordinal):
                    break;
                default:
                    continue;
            }

            hashes[name] = await StoredBytes.HashAsync(storage.Runs, blob.Name, cancellationToken);
        }

        await UpdateManifestAsync(id, hashes, cancellationToken);
    }

    private async Task<FilledRows> FilledRowsAsync(string results, RejectsLayouts readings, CancellationToken cancellationToken)
    {
        var filled = new FilledRows();
        string folder = results + RejectsFiles.Folder;
        await foreach (BlobEntry blob in storage.Runs.ListAsync(folder, cancellationToken))
        {
            RejectsLayout layout = readings.OfFile(blob.Name[folder.Length..]);
            await FindAsync(blob.Name, layout, row =>
            {
                bool isErased = RawFields.AnyErased(row.Raw, layout.Delimiter, _erased);
                if (isErased)
                {
                    filled.Add(row);
                }

                return isErased;
            }, cancellationToken);
        }

        return filled;
    }

    private bool HasErasedCustomer(RecordReader row) => _erased.ContainsWritten(CsvCell.ReadText(row.Field(0)));

    private bool HasErasedRaw(RecordReader row, RejectsLayouts readings, FilledRows filled)
    {
        if (row.FieldCount <= RawCell)
        {
            return false;
        }

        ReadOnlySpan<byte> raw = CsvCell.ReadText(row.Field(RawCell));
        string upload = Encoding.UTF8.GetString(CsvCell.ReadText(row.Field(UploadCell)));
        foreach (byte delimiter in readings.DelimitersOf(upload) ?? AnyDelimiter)
        {
            if (RawFields.AnyErased(raw, delimiter, _erased) || filled.Contains(raw, delimiter))
            {
                return true;
            }
        }

        return false;
    }

    private async Task RewriteAsync(
        string name, RejectsLayout layout, Predicate<RecordReader> isErased, CancellationToken cancellationToken)
    {
        LineRanges lines = await FindAsync(name, layout, isErased, cancellationToken);
        if (!lines.IsEmpty)
        {
            await storage.Runs.WriteAsync(name, (into, token) => StoredBytes.RewriteAsync(
                storage.Runs, name, into,
                (bytes, rest, innerToken) => LineRedaction.WriteAsync(bytes, rest, lines, layout.Encoding, keepLineEnds: false, innerToken),
                token), cancellationToken);
        }
    }

    private async Task<LineRanges> FindAsync(
        string name, RejectsLayout layout, Predicate<RecordReader> isErased, CancellationToken cancellationToken)
    {
        var import = new ImportOptions { Encoding = layout.Encoding, MaxBytes = long.MaxValue };
        await using UploadSource source = await UploadSource.OpenAsync(
            token => storage.Runs.OpenReadAsync(name, token), import, cancellationToken);

        // A raw row in a cell of its own may be as long as a row can be.
        var reader = new RecordReader(source.Text, layout.Delimiter, RecordReader.MaxRecordBytes(import.MaxFieldBytes));
        return await RecordLines.FindAsync(reader, isErased, cancellationToken);
    }

    private async Task UpdateManifestAsync(string id, Dictionary<string, string> hashes, CancellationToken cancellationToken)
    {
        string blob = RunBlobs.Result(id, Manifest);
        if (!await storage.Runs.ExistsAsync(blob, cancellationToken))
        {
            return;
        }

        ManifestDocument manifest = await storage.Runs.ReadJsonAsync(blob, ResultJson.Readable.ManifestDocument, cancellationToken);
        var outputs = new SortedDictionary<string, string>(manifest.Outputs.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        bool changed = false;
        foreach ((string name, string hash) in hashes)
        {
            changed |= !outputs.TryGetValue(name, out string? known) || known != hash;
            outputs[name] = hash;
        }

        if (changed)
        {
            await new ResultFiles(storage.Runs, id).WriteJsonAsync(
                Manifest, manifest with { Outputs = outputs }, ResultJson.Readable.ManifestDocument, cancellationToken);
        }
    }

    private async Task DeleteAllAsync(string prefix, CancellationToken cancellationToken)
    {
        await foreach (BlobEntry blob in storage.Runs.ListAsync(prefix, cancellationToken))
        {
            await storage.Runs.DeleteAsync(blob.Name, cancellationToken);
        }
    }
}
