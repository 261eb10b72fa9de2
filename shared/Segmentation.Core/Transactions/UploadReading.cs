namespace Segmentation.Core.Transactions;

/// <summary>What reading one upload said of the whole file.</summary>
public sealed record UploadReading
{
    /// <summary>How the file was read; of several tables, the first.</summary>
    public required Dialect Dialect { get; init; }

    /// <summary>Things a person should know that did not stop the reading, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The header row as written (decoded), or null.</summary>
    public required string? Header { get; init; }

    /// <summary>The physical lines before the header as written (decoded), with their line ends: <c>sep=;</c>, titles, and what <c>import.skip</c> skips.</summary>
    public string Preamble { get; init; } = "";

    /// <summary>The line by which its file of rejects announces how it is read; empty where its rows show that by themselves.</summary>
    public string Announcement { get; init; } = "";

    /// <summary>The upload that its rows complete, as the file announces of itself; null where it does not, and in records from before it could.</summary>
    public Correction? Corrects { get; init; }

    /// <summary>The tables that were read of a workbook or an archive, in order; empty for a file that is one table of text.</summary>
    public IReadOnlyList<TableReading> Tables { get; init; } = [];
}

/// <summary>How one table of a workbook or an archive was read.</summary>
public sealed record TableReading
{
    /// <summary>The sheet or entry.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its text was made of the typed cells of a sheet.</summary>
    public bool IsSheet { get; init; }

    /// <summary>The line of the upload at which it starts: the lines of its tables are counted on.</summary>
    public required long FirstLine { get; init; }

    /// <summary>How it was read.</summary>
    public required Dialect Dialect { get; init; }

    /// <summary>Its header row as written (decoded), or null.</summary>
    public required string? Header { get; init; }

    /// <summary>The physical lines before its header.</summary>
    public string Preamble { get; init; } = "";

    /// <summary>The line by which its file of rejects announces how it is read, or nothing.</summary>
    public string Announcement { get; init; } = "";
}
