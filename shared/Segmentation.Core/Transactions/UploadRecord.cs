using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Segmentation.Core.Storage;

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

    /// <summary>Size of the bytes at rest.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the file was last written.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The storage's mark of what was written; null in records of earlier versions.</summary>
    public string? Version { get; init; }

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

    /// <summary>SHA-256 of the bytes at rest where rows of erased customers were taken out of them; null where they are as dropped.</summary>
    public string? StoredSha256 { get; init; }

    /// <summary>The rows that the bytes at rest lack; <see cref="Tally" /> counts them as erased.</summary>
    public RowTally RemovedRows { get; init; }

    /// <summary>Named before the file is replaced, so that a crash in between is told from a new content; else null.</summary>
    public PendingRedaction? Redaction { get; init; }

    /// <summary>When the upload was withdrawn, UTC; null while it counts.</summary>
    public DateTime? WithdrawnAt { get; init; }

    /// <summary>Why the file cannot be used, or null.</summary>
    public UploadError? Error { get; init; }

    /// <summary>Whether <see cref="Error" /> says nothing of the content, which was gone, denied or changing when it was read: the next run tries again.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Whether the file is still the one that the record is about, as far as can be told without reading it.</summary>
    public bool IsOf(BlobEntry upload) => upload.IsStill(Bytes, LastModified, Version);

    /// <summary>The rows that bytes of this hash lack; null where they are another content.</summary>
    internal RowTally? RemovedIn(string sha256)
    {
        if (sha256 == Sha256)
        {
            return default(RowTally);
        }

        return sha256 == StoredSha256 ? RemovedRows : sha256 == Redaction?.Sha256 ? Redaction.Removed : null;
    }

    /// <summary>Whether bytes of this hash are what the record says they are, with nothing left to take out of them.</summary>
    internal bool IsAtRest(string sha256) => Redaction is null
        && (StoredSha256 is null
            ? sha256 == Sha256 && Tally.Rejected[(int)RejectionReason.ErasedCustomer].Rows == 0
            : sha256 == StoredSha256);

    /// <summary>The id of an upload of this name.</summary>
    public static string IdOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24];
}

/// <summary>A replacement of the file that has begun.</summary>
/// <param name="Sha256">SHA-256 of the bytes that replace it.</param>
/// <param name="Removed">The rows that these bytes lack.</param>
public sealed record PendingRedaction(string Sha256, RowTally Removed);

/// <summary>Why a file cannot be used.</summary>
/// <param name="Message">What was found and expected.</param>
/// <param name="Line">The physical line, where there is one.</param>
/// <param name="Advice">What to do, where there is advice.</param>
public sealed record UploadError(string Message, long? Line, string? Advice)
{
    /// <summary>Whether a part of the file may be readable, which must not pass for all of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDamage { get; init; }
}
