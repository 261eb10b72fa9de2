using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow.Results;

/// <summary>Writes the results of a run and remembers the SHA-256 of each for the manifest.</summary>
internal sealed class ResultFiles(IBlobContainer runs, string runId)
{
    private const int StreamBuffer = 64 << 10;

    /// <summary>UTF-8 without a byte order mark; broken text would be a fault of ours.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>SHA-256 by name of what was written, in lower-case hexadecimal digits.</summary>
    public SortedDictionary<string, string> Hashes { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes bytes.</summary>
    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        string hash = "";
        await runs.WriteAsync(RunBlobs.Result(runId, name), async (stream, token) =>
        {
            using var sha = SHA256.Create();
            await using (var hashing = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true))
            {
                await using var buffered = new BufferedStream(hashing, StreamBuffer);
                await write(buffered, token);
            }

            hash = Convert.ToHexStringLower(sha.Hash!);
        }, cancellationToken);
        Hashes[name] = hash;
    }

    /// <summary>Writes text, UTF-8 with LF.</summary>
    public Task WriteTextAsync(string name, Func<TextWriter, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(name, async (stream, token) =>
        {
            await using var text = new StreamWriter(stream, Utf8, StreamBuffer) { NewLine = "\n" };
            await write(text, token);
            await text.FlushAsync(token);
        }, cancellationToken);

    /// <summary>Writes a document, indented, with a last line end.</summary>
    public Task WriteJsonAsync<T>(string name, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        WriteAsync(name, async (stream, token) =>
        {
            await JsonSerializer.SerializeAsync(stream, value, type, token);
            stream.WriteByte((byte)'\n');
        }, cancellationToken);
}
