namespace Segmentation.Core.Transactions;

/// <summary>What the text in a buffer may hold beside plain ASCII: false is certain, and spares the rows of the buffer a check each.</summary>
internal struct TextMarks
{
    /// <summary>Whether the text may hold a NUL, or not be UTF-8.</summary>
    public bool MayBeInvalid { get; private set; }

    /// <summary>Whether the text may hold U+FFFE.</summary>
    public bool MayHoldNoncharacter { get; private set; }

    /// <summary>Whether a part of the text may not be in the composed form.</summary>
    public bool MayBeDecomposed { get; private set; }

    /// <summary>Looks at text that holds a byte above 127 or a NUL.</summary>
    /// <param name="text">The text; characters may be cut at its ends.</param>
    /// <param name="guarantee">What is known of it.</param>
    public void Add(ReadOnlySpan<byte> text, TextGuarantee guarantee)
    {
        MayBeInvalid |= !guarantee.HasFlag(TextGuarantee.Valid) || text.Contains((byte)0);
        bool isDefined = MayHoldNoncharacter || guarantee.HasFlag(TextGuarantee.Defined);
        bool isComposed = MayBeDecomposed || guarantee.HasFlag(TextGuarantee.Composed);
        if ((isDefined && isComposed) || FieldText.IsSurelyComposed(text))
        {
            // U+FFFE begins with a byte that composed text for certain does not hold.
            return;
        }

        MayHoldNoncharacter |= !isDefined;
        MayBeDecomposed |= !isComposed;
    }
}
