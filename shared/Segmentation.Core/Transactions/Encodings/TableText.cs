using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>The text of one table as UTF-8, with the encoding that was detected, and a sample of its start.</summary>
/// <remarks>
/// The bytes of the sample are read once and lead the text. Where they are ASCII alone and more follow, the encoding is left open until a
/// byte above 127 comes; then all of the table is looked at once more, since a single letter says little.
/// </remarks>
internal sealed class TableText : IAsyncDisposable
{
    private readonly UploadTable _table;
    private readonly ImportOptions _import;
    private readonly ICollection<string> _warnings;
    private string? _announced;

    private TableText(UploadTable table, ImportOptions import, ICollection<string> warnings)
    {
        _table = table;
        _import = import;
        _warnings = warnings;
    }

    /// <summary>The web name of the encoding; final when the text was read.</summary>
    public string Encoding { get; private set; } = "utf-8";

    /// <summary>How sure that is.</summary>
    public Confidence Confidence { get; private set; } = Confidence.Certain;

    /// <summary>The first part of the text.</summary>
    public UploadSample Sample { get; private set; } = new([], true);

    /// <summary>All of the text, to be read once. What cannot be decoded arrives as U+FFFE, which no readable field holds.</summary>
    public Stream Text { get; private set; } = Stream.Null;

    /// <summary>Opens a table.</summary>
    /// <param name="table">The table; its bytes are read from their start.</param>
    /// <param name="import">The encoding, if it is set.</param>
    /// <param name="sampleBytes">Bytes of the sample.</param>
    /// <param name="warnings">Receives a sentence when the encoding is not certain.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UnusableUploadException">The bytes are no text, or the encoding is unknown.</exception>
    public static async Task<TableText> OpenAsync(
        UploadTable table, ImportOptions import, int sampleBytes, ICollection<string> warnings, CancellationToken cancellationToken)
    {
        var text = new TableText(table, import, warnings);
        await text.OpenAsync(sampleBytes, cancellationToken);
        return text;
    }

    /// <summary>Opens all of the text once more, as far as its encoding is known.</summary>
    public async Task<Stream> OpenAgainAsync(CancellationToken cancellationToken)
    {
        UploadSource source = await UploadSource.OfAsync(
            await _table.OpenAgainAsync(cancellationToken), _import with { Encoding = Encoding }, cancellationToken);
        return source.Text;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Text.DisposeAsync();

    private async Task OpenAsync(int sampleBytes, CancellationToken cancellationToken)
    {
        byte[] head = new byte[sampleBytes];
        int length = await _table.Bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        bool isWhole = length < head.Length;
        Array.Resize(ref head, length);
        (Encoding? marked, int mark) = TextDecoding.Marked(head);
        Encoding? known = marked ?? TextDecoding.Declared(_import.Encoding);
        Encoding? wide = known is null ? TextDecoding.Wide(head.AsSpan(0, Math.Min(head.Length, 4 << 10))) : null;
        FileSignature.RefuseForeign(head, isDecoded: known is not null || wide is not null);
        head = head[mark..];
        var bytes = new PrefixedStream(head, _table.Bytes);
        if (known is not null)
        {
            Use(known, marked is null ? Confidence.Set : Confidence.Certain);
            Text = TextDecoding.Decode(bytes, known);
        }
        else if (wide is not null)
        {
            Use(wide, Confidence.Likely);
            Text = TextDecoding.Decode(bytes, wide);
        }
        else
        {
            Text = await DetectAsync(head, isWhole, bytes, cancellationToken);
        }

        Sample = await UploadSample.TakeAsync(
            TextDecoding.Decode(new MemoryStream(head, writable: false), System.Text.Encoding.GetEncoding(Encoding)), isWhole, cancellationToken);
        if (Sample.EndsInLongLine)
        {
            await using Stream again = await OpenAgainAsync(cancellationToken);
            Sample = await UploadSample.TakeReadableAsync(again, sampleBytes, RecordReader.MaxRecordBytes(_import.MaxFieldBytes), cancellationToken);
        }
    }

    private async Task<Stream> DetectAsync(byte[] head, bool isWhole, Stream bytes, CancellationToken cancellationToken)
    {
        _announced = Announcement.EncodingIn(head, _import.Skip);
        var evidence = new EncodingEvidence();
        evidence.Add(head);
        if (evidence.IsEmpty && !isWhole)
        {
            return new DeferredText(bytes, async (rest, token) => Decode(rest, await LookAtAllAsync(token)));
        }

        EncodingVerdict verdict = evidence.Decide();
        bool isLittle = verdict.Confidence != Confidence.Certain && !evidence.IsEnough && !isWhole;
        return Decode(bytes, isLittle ? await LookAtAllAsync(cancellationToken) : verdict);
    }

    private async Task<EncodingVerdict> LookAtAllAsync(CancellationToken cancellationToken)
    {
        var evidence = new EncodingEvidence();
        byte[] block = new byte[UploadSample.MaxBytes];
        await using Stream bytes = await _table.OpenAgainAsync(cancellationToken);
        int read;
        while (!evidence.IsEnough && (read = await bytes.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            evidence.Add(block.AsSpan(0, read));
        }

        return evidence.Decide();
    }

    private Stream Decode(Stream bytes, EncodingVerdict verdict)
    {
        // An editor may have saved the file as UTF-8 since, whatever it announces.
        if (_announced is { } announced && verdict is not { Name: "utf-8", Confidence: Confidence.Certain })
        {
            verdict = new EncodingVerdict(announced, Confidence.Announced);
        }

        Encoding encoding = System.Text.Encoding.GetEncoding(verdict.Name);
        Use(encoding, verdict.Confidence);
        if (encoding is not UTF8Encoding)
        {
            _warnings.Add($"The text is not UTF-8; it was read as {encoding.WebName}. Set import.encoding if letters look wrong.");
        }

        return TextDecoding.Decode(bytes, encoding);
    }

    private void Use(Encoding encoding, Confidence confidence)
    {
        Encoding = encoding.WebName;
        Confidence = confidence;
    }
}
