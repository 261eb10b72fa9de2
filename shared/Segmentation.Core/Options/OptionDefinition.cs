using System.Text.Json.Nodes;

namespace Segmentation.Core.Options;

/// <summary>One option: its key, what it means, what it may be. Immutable and thread-safe.</summary>
public sealed class OptionDefinition
{
    private readonly Func<OptionInput, SegmentationOptions, SegmentationOptions?> _read;
    private readonly Func<SegmentationOptions, string> _write;
    private readonly Func<JsonObject> _schema;

    private OptionDefinition(
        string key,
        string meaning,
        string expected,
        Func<OptionInput, SegmentationOptions, SegmentationOptions?> read,
        Func<SegmentationOptions, string> write,
        Func<JsonObject> schema)
    {
        Key = key;
        Meaning = meaning;
        Expected = expected;
        _read = read;
        _write = write;
        _schema = schema;
        Default = write(new SegmentationOptions());
    }

    /// <summary>The key with dots: <c>selection.maxClusters</c>. Keys are compared without regard to case.</summary>
    public string Key { get; }

    /// <summary>What the option does, in one line.</summary>
    public string Meaning { get; }

    /// <summary>The values it may have, so worded that it completes "expected …".</summary>
    public string Expected { get; }

    /// <summary>The text of the default.</summary>
    public string Default { get; }

    /// <summary>The text of this option in some options; read as an assignment it gives an equal value.</summary>
    public string Describe(SegmentationOptions options) => _write(options);

    internal static OptionDefinition Of<T>(
        string key,
        OptionType<T> type,
        Func<SegmentationOptions, T> get,
        Func<SegmentationOptions, T, SegmentationOptions> set,
        string meaning) => new(
            key,
            meaning,
            type.Expected,
            (input, options) => type.TryRead(input, out T? value) ? set(options, value) : null,
            options => type.Write(get(options)),
            () =>
            {
                JsonObject schema = type.Schema();
                schema.Insert(0, "description", $"{meaning} Expected: {type.Expected}.");
                schema["default"] = type.WriteJson(get(new SegmentationOptions()));
                return schema;
            });

    /// <summary>The options with this one set as written, or null where the value is not as <see cref="Expected" />.</summary>
    internal SegmentationOptions? Read(OptionInput input, SegmentationOptions options) => _read(input, options);

    /// <summary>The JSON Schema of the value: a new tree each time.</summary>
    internal JsonObject Schema() => _schema();
}
