using System.Security.Cryptography;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>What is known of one upload: its content, how it was read, and what became of the rows that are judged alone.</summary>
public sealed record UploadRecord
{
    /// <summary>Version of this format.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the format that the record was written in.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The id, which follows from the name.</summary>
    public required string Id { get; init; }

    /// <summary>The relative name, with <c>/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the bytes as dropped, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size of the bytes as dropped.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the file was last written.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>When this content was first seen under this name, UTC.</summary>
    public required DateTime FirstSeen { get; init; }

    /// <summary>Which options it was cleaned with.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The key of its cleaned rows; null when the file cannot be used.</summary>
    public string? CleanKey { get; init; }

    /// <summary>Bytes of its cleaned rows.</summary>
    public long CleanBytes { get; init; }

    /// <summary>How it was read; null when the file cannot be used.</summary>
    public UploadReading? Reading { get; init; }

    /// <summary>All rows, and those rejected by themselves.</summary>
    public LedgerTally Tally { get; init; } = new();

    /// <summary>Why the file cannot be used, or null.</summary>
    public UploadError? Error { get; init; }

    /// <summary>The id of an upload of this name.</summary>
    public static string IdOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24];
}

/// <summary>Why a file cannot be used.</summary>
/// <param name="Message">What was found and expected.</param>
/// <param name="Line">The physical line, where there is one.</param>
/// <param name="Advice">What to do, where there is advice.</param>
public sealed record UploadError(string Message, long? Line, string? Advice);
