using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Segmentation.Core.Storage;

/// <summary>JSON documents in containers.</summary>
public static class BlobJson
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="BlobNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidDataException">It is not what is expected; the message names it.</exception>
    public static async Task<T> ReadJsonAsync<T>(
        this IBlobContainer container, string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using Stream stream = await container.OpenReadAsync(name, cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken)
                ?? throw new InvalidDataException($"The stored document '{name}' is null.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The stored document '{name}' is damaged: {fault.Message}", fault);
        }
    }

    /// <summary>Writes a document whole.</summary>
    public static Task WriteJsonAsync<T>(
        this IBlobContainer container, string name, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        container.WriteAsync(name, (stream, token) => JsonSerializer.SerializeAsync(stream, value, type, token), cancellationToken);
}
