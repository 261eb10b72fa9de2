using System.Globalization;
using Azure;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>A row of a table: two keys and up to 252 named properties.</summary>
/// <remarks>
/// Values are <see cref="string" /> (up to 32,768 UTF-16 units), <see cref="byte" />[] (up to 64 KiB), <see cref="bool" />, <see cref="int" />,
/// <see cref="long" />, <see cref="double" />, <see cref="DateTimeOffset" /> and <see cref="Guid" />. A whole row takes up to 1 MiB.
/// </remarks>
/// <param name="partitionKey">The first key: rows of one partition are stored together, in order of the second.</param>
/// <param name="rowKey">The second key, unique within the partition.</param>
public sealed class TableEntity(string partitionKey, string rowKey)
{
    private const int UsualProperties = 12;
    private readonly Dictionary<string, object> _properties = new(UsualProperties, StringComparer.Ordinal);

    /// <summary>The first key.</summary>
    public string PartitionKey { get; } = partitionKey;

    /// <summary>The second key.</summary>
    public string RowKey { get; } = rowKey;

    /// <summary>The version of the row as the service told it; none of a row that was not read.</summary>
    public ETag ETag { get; init; }

    /// <summary>The names of the properties that have a value.</summary>
    public IReadOnlyCollection<string> Keys => _properties.Keys;

    internal Dictionary<string, object> Properties => _properties;

    /// <summary>A property, or null where the row has none of that name; setting null takes it out.</summary>
    public object? this[string name]
    {
        get => _properties.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                _properties.Remove(name);
            }
            else
            {
                _properties[name] = value;
            }
        }
    }

    /// <summary>A text, or null where there is none.</summary>
    /// <exception cref="InvalidDataException">The property is of another type, as for every other read.</exception>
    public string? GetString(string name) => _properties.TryGetValue(name, out object? value)
        ? value as string ?? throw WrongType(name, value, nameof(String))
        : null;

    /// <summary>A binary value, or null where there is none.</summary>
    public byte[]? GetBinary(string name) => _properties.TryGetValue(name, out object? value)
        ? value as byte[] ?? throw WrongType(name, value, "Binary")
        : null;

    /// <summary>A 32-bit integer, or null where there is none.</summary>
    public int? GetInt32(string name) => Get<int>(name);

    /// <summary>A 64-bit integer, or null where there is none.</summary>
    public long? GetInt64(string name) => Get<long>(name);

    private T? Get<T>(string name)
        where T : struct => !_properties.TryGetValue(name, out object? value) ? null
        : value is T typed ? typed : throw WrongType(name, value, typeof(T).Name);

    private InvalidDataException WrongType(string name, object value, string expected) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The property '{name}' of row '{RowKey}' in partition '{PartitionKey}' is of type {value.GetType().Name}; expected {expected}."));
}
