namespace Segmentation.Core.Transactions;

/// <summary>What is known of text by the way it was made, so that nobody has to look at it again.</summary>
[Flags]
internal enum TextGuarantee
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is valid UTF-8.</summary>
    Valid = 1,

    /// <summary>It does not hold U+FFFE, which stands for what could not be decoded.</summary>
    Defined = 2,

    /// <summary>Each part of it is in the composed form NFC.</summary>
    Composed = 4,
}

/// <summary>A stream of text that knows how it was made.</summary>
internal interface IGuaranteedText
{
    /// <summary>What holds for all that was read so far.</summary>
    TextGuarantee Guarantee { get; }
}
