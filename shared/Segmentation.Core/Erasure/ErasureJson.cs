using System.Text.Json;
using System.Text.Json.Serialization;

namespace Segmentation.Core.Erasure;

/// <summary>The JSON of erasure and of what is held on a customer: camelCase, made at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ErasureReceipt))]
[JsonSerializable(typeof(HeldOnCustomer))]
public sealed partial class ErasureJson : JsonSerializerContext;

/// <summary>The JSON of tombstones.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Tombstone))]
internal sealed partial class TombstoneJson : JsonSerializerContext;
