namespace Segmentation.Core.Transactions;

/// <summary>One table of an upload: all of a plain file, an entry of an archive, a sheet of a workbook.</summary>
internal sealed class UploadTable
{
    /// <summary>The name of the entry or sheet, for messages; null for a file that is one table. Never a path to anything.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the text was made of the typed cells of a sheet: then it is UTF-8 with commas, and a cell may be a date by type.</summary>
    public bool IsSheet { get; init; }

    /// <summary>The decompressed bytes, to be read forward once, before the next table is asked for.</summary>
    public required Stream Bytes { get; init; }

    /// <summary>Opens the same bytes once more.</summary>
    public required Func<CancellationToken, Task<Stream>> OpenAgainAsync { get; init; }
}
