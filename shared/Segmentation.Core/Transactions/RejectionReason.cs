namespace Segmentation.Core.Transactions;

/// <summary>Why a row does not count. The numbers are stored; <see cref="RejectionReasons.All" /> has the order of judgement.</summary>
public enum RejectionReason : byte
{
    /// <summary>The row has another number of fields than the header.</summary>
    FieldCount,

    /// <summary>The date cannot be read in the file's date format.</summary>
    UnreadableDate,

    /// <summary>A quantity, price or line total is no number, or too large.</summary>
    UnreadableNumber,

    /// <summary>The text is not valid in the file's encoding, holds NUL or U+FFFE, or a quote is never closed.</summary>
    UnreadableText,

    /// <summary>A field is longer than <c>import.maxFieldBytes</c>.</summary>
    TooLong,

    /// <summary>The date is later than the upload's time plus one day.</summary>
    FutureDate,

    /// <summary>No customer id.</summary>
    MissingCustomer,

    /// <summary>The quantity is zero or less on a line that is no return.</summary>
    NonPositiveQuantity,

    /// <summary>The price (or line total) is zero or less on a line that is no return.</summary>
    NonPositivePrice,

    /// <summary>The product code stands for postage, fees, vouchers or the like.</summary>
    NonProduct,

    /// <summary>On or after the as-of date of the run.</summary>
    AfterAsOf,

    /// <summary>Before the look-back window of the run.</summary>
    BeforeWindow,

    /// <summary>The customer was erased for good. Judged before all others; nothing of the row is kept but its count and money.</summary>
    ErasedCustomer,
}

/// <summary>The names of the reasons in files.</summary>
public static class RejectionReasons
{
    private static readonly string[] Names =
    [
        "field-count", "unreadable-date", "unreadable-number", "unreadable-text", "too-long", "future-date", "missing-customer",
        "non-positive-quantity", "non-positive-price", "non-product", "after-as-of", "before-window", "erased-customer",
    ];

    /// <summary>All reasons in the order of judgement: the first that matches wins.</summary>
    public static IReadOnlyList<RejectionReason> All { get; } =
        [RejectionReason.ErasedCustomer, .. Enum.GetValues<RejectionReason>().Where(reason => reason != RejectionReason.ErasedCustomer)];

    /// <summary>The name that files and messages use: <c>missing-customer</c>.</summary>
    public static string Name(this RejectionReason reason) => Names[(int)reason];
}
