using Segmentation.Core.Rfm;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

/// <summary>Which uploads of a run correct rows of others.</summary>
/// <remarks>
/// Follows from the run's inputs alone, so every shard finds the same. Announcements are text of files: one that names no upload of the
/// run, or several, makes a whole with those that name the same; one that leads in a circle is none.
/// </remarks>
internal sealed class CorrectedUploads
{
    private const string Unknown =
        "It says which upload it corrects, and that one does not count here (any more): its rows were taken for those of an upload of its own, which supplies all lines of its orders.";

    private readonly IReadOnlyList<RunUpload> _uploads;
    private readonly int[] _origins;

    /// <summary>Looks through the uploads of a run.</summary>
    public CorrectedUploads(IReadOnlyList<RunUpload> uploads)
    {
        _uploads = uploads;
        ILookup<string, int> byStart = Enumerable.Range(0, uploads.Count)
            .Where(upload => uploads[upload].TakesPart)
            .ToLookup(upload => uploads[upload].Record.Sha256[..CorrectionRule.LeastDigits], StringComparer.Ordinal);
        _origins = [.. Enumerable.Range(0, uploads.Count).Select(upload => OriginOf(upload, byStart))];
        Parts = UploadPart.EachAlone(uploads.Count);
        var unknown = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int upload = 0; upload < uploads.Count; upload++)
        {
            if (CorrectionOf(upload) is { } correction)
            {
                Parts[upload] = PartOf(upload, correction, unknown);
            }
        }
    }

    /// <summary>What each upload is a part of.</summary>
    public UploadPart[] Parts { get; }

    /// <summary>The record of an upload, with a warning where it corrects one that is not there.</summary>
    public UploadRecord WithWarning(int upload)
    {
        UploadRecord record = _uploads[upload].Record;
        return CorrectionOf(upload) is null || _origins[upload] >= 0
            ? record
            : record with { Reading = record.Reading! with { Warnings = [.. record.Reading.Warnings, Unknown] } };
    }

    private Correction? CorrectionOf(int upload) => _uploads[upload].TakesPart ? _uploads[upload].Record.Reading?.Corrects : null;

    private int OriginOf(int upload, ILookup<string, int> byStart)
    {
        if (CorrectionOf(upload) is not { } correction)
        {
            return -1;
        }

        int[] named = [.. byStart[correction.Origin[..CorrectionRule.LeastDigits]].Where(
            other => other != upload && _uploads[other].Record.Sha256.StartsWith(correction.Origin, StringComparison.Ordinal))];
        return named is [var origin] ? origin : -1;
    }

    private UploadPart PartOf(int upload, Correction correction, Dictionary<string, int> unknown)
    {
        int last = upload;
        int round = correction.Round;
        for (int steps = 0; _origins[last] >= 0; steps++)
        {
            if (steps > _origins.Length)
            {
                return new UploadPart(upload, 0, 0);
            }

            last = _origins[last];
            round += CorrectionOf(last)?.Round ?? 0;
        }

        // Of a chain whose first upload is gone, what is left belongs together.
        int whole = last;
        if (CorrectionOf(last) is { } gone && !unknown.TryGetValue(gone.Origin, out whole))
        {
            unknown.Add(gone.Origin, last);
            whole = last;
        }

        return new UploadPart(whole, correction.Table, round);
    }
}
