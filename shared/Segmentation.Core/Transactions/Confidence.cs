namespace Segmentation.Core.Transactions;

/// <summary>How sure it is what was detected.</summary>
public enum Confidence
{
    /// <summary>An option says so.</summary>
    Set,

    /// <summary>The file of rejects says so, above its header.</summary>
    Announced,

    /// <summary>The file says so and nothing speaks against it.</summary>
    Certain,

    /// <summary>Most of what was seen speaks for it.</summary>
    Likely,

    /// <summary>The documented default, since the file does not say; a warning says which option settles it.</summary>
    Guess,
}
