namespace Segmentation.Core.Storage.Records;

/// <summary>How large an array of bytes becomes when it must hold more.</summary>
internal static class GrowingArray
{
    /// <summary>Twice the length or what is needed, and no more than an array can hold.</summary>
    /// <exception cref="InvalidOperationException">More is needed than an array can hold.</exception>
    public static int Room(int length, long needed) => needed <= Array.MaxLength
        ? (int)Math.Min(Math.Max(length * 2L, needed), Array.MaxLength)
        : throw new InvalidOperationException(
            "The rows of one customer are more than fit in memory (2 GiB); is the customer column the right one?");
}
