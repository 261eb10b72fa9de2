using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Segmentation.Storage.Azure.Holding;

/// <summary>Which process holds a store.</summary>
/// <param name="Machine">The name of its machine.</param>
/// <param name="ProcessId">Its number there.</param>
/// <param name="Since">When it took the store, UTC.</param>
/// <param name="Format">Version of this form.</param>
public sealed record StoreHolder(string Machine, int ProcessId, DateTimeOffset Since, int Format = StoreHolder.CurrentFormat)
{
    /// <summary>Version of this form.</summary>
    public const int CurrentFormat = 1;

    /// <summary>For a person who has to find it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on '{Machine}', since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}

/// <summary>Somebody else holds the store.</summary>
/// <param name="holder">Who, or null where that cannot be read.</param>
public sealed class StoreHeldException(StoreHolder? holder) : Exception($"The store is held by {Describe(holder)}.")
{
    /// <summary>Who holds it, or null where that cannot be read.</summary>
    public StoreHolder? Holder { get; } = holder;

    /// <summary>A holder in words.</summary>
    public static string Describe(StoreHolder? holder) => holder?.ToString() ?? "a process that did not say which";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StoreHolder))]
internal sealed partial class HolderJson : JsonSerializerContext;
