using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Erasure;

/// <summary>How a file of rejected rows is written.</summary>
/// <param name="Encoding">The web name of its encoding.</param>
/// <param name="Delimiter">What separates its fields.</param>
internal sealed record RejectsLayout(string Encoding, byte Delimiter)
{
    /// <summary>That of the files that tell of all uploads.</summary>
    public static RejectsLayout Utf8Comma { get; } = new("utf-8", (byte)',');
}

/// <summary>How the files of rejected rows of known uploads are written.</summary>
internal sealed class RejectsLayouts
{
    private readonly Dictionary<string, RejectsLayout> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _delimiters = new(StringComparer.Ordinal);

    /// <summary>Those of uploads that were read.</summary>
    public RejectsLayouts(IReadOnlyList<UploadRecord> records)
    {
        foreach (UploadRecord record in records)
        {
            RejectsFile[] files = [.. RejectsFile.AllOf(record)];
            _delimiters[record.Name] = [.. files.Select(static file => file.Delimiter).Distinct()];
            foreach (RejectsFile file in files)
            {
                var layout = new RejectsLayout(file.Encoding, file.Delimiter);
                _files.TryAdd(file.Name, layout);
                _files.TryAdd(file.Name + RejectsFile.ClashMark, layout);
            }
        }
    }

    /// <summary>The layout of a file by its name below the folder of rejects; of one that no upload is known for, the usual one.</summary>
    public RejectsLayout OfFile(string name) => _files.GetValueOrDefault(name, RejectsLayout.Utf8Comma);

    /// <summary>The delimiters of an upload's rows, or null.</summary>
    public byte[]? DelimitersOf(string upload) => _delimiters.GetValueOrDefault(upload);
}
