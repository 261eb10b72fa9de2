namespace Segmentation.Core.Options;

/// <summary>The form in which a value was written.</summary>
internal enum OptionShape
{
    /// <summary>The right-hand side of <c>KEY=VALUE</c>: text that stands for any type.</summary>
    Assigned,

    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON true or false.</summary>
    Flag,

    /// <summary>A JSON null.</summary>
    Nothing,

    /// <summary>A JSON array.</summary>
    List,

    /// <summary>A JSON object.</summary>
    Group,
}

/// <summary>A value as it was written, before its type is known.</summary>
internal readonly record struct OptionInput(OptionShape Shape, string Text, IReadOnlyList<OptionInput> Items)
{
    private const int MostShown = 80;

    public OptionInput(OptionShape shape, string text)
        : this(shape, text, [])
    {
    }

    public bool IsText => Shape is OptionShape.Assigned or OptionShape.Text;

    public bool IsNumber => Shape is OptionShape.Assigned or OptionShape.Number;

    public bool IsFlag => Shape is OptionShape.Assigned or OptionShape.Flag;

    /// <summary>The value as a fault shows it: what was found, so that a person recognises it.</summary>
    public string Found => Shape switch
    {
        OptionShape.Assigned or OptionShape.Text when string.IsNullOrWhiteSpace(Text) && !Text.Equals("\t", StringComparison.Ordinal) => "empty",
        OptionShape.Assigned => $"'{Shortened}'",
        OptionShape.Text => $"the text \"{Shortened}\"",
        OptionShape.Nothing => "null",
        OptionShape.Group => "an object",
        OptionShape.List => $"the list [{Shortened}]",
        _ => Shortened,
    };

    private string Shortened => Text.Length <= MostShown ? Text : Text[..MostShown] + "…";

    public bool IsWord(string word) => IsText && Text.AsSpan().Trim().Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The members of a JSON array, or the parts between commas of a text; false where the value is neither.</summary>
    public bool TryGetItems(out IReadOnlyList<OptionInput> items)
    {
        OptionShape shape = Shape;
        items = Shape == OptionShape.List ? Items
            : IsText ? [.. Text.Split(',').Select(part => new OptionInput(OptionShape.Assigned, part.Trim()))]
            : [];
        return shape == OptionShape.List || IsText;
    }
}
