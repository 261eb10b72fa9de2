using Segmentation.Core.Transactions;

namespace Segmentation.Core.Quality;

/// <summary>What may be wrong with data that could be read.</summary>
public enum QualityKind
{
    /// <summary>A line's price is a thousand times its product's median, or a thousandth of it.</summary>
    PriceOutlier,

    /// <summary>A customer brings so large a part of all spend that means follow it alone.</summary>
    DominantCustomer,

    /// <summary>Product codes differ in nothing but the case of letters.</summary>
    CodeCase,

    /// <summary>Products have several descriptions.</summary>
    SeveralDescriptions,

    /// <summary>Many rows name no customer.</summary>
    MissingCustomers,

    /// <summary>Many rows could not be used for other reasons.</summary>
    RejectedRows,

    /// <summary>Much of the money went back.</summary>
    Returns,

    /// <summary>Between the first and the last sale many days have none: a file may be missing.</summary>
    SalesGap,

    /// <summary>There are more products than are told apart.</summary>
    TooManyProducts,
}

/// <summary>How much a finding matters.</summary>
public enum QualitySeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Numbers may mislead until somebody has looked at it.</summary>
    Warning,
}

/// <summary>Something suspicious in the data. It is shown and changes nothing: what to do about it is for a person to say.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Subject">The product, codes or dates it is about; never a customer's id, which would have to be erased from here too.</param>
/// <param name="Count">How many lines, rows, products, customers or days.</param>
/// <param name="Amount">The money at stake, or null.</param>
/// <param name="Share">The part of the rows, or of the money, 0…1, or null.</param>
public sealed record QualityFinding(
    QualityKind Kind, QualitySeverity Severity, string Subject, long Count, Money? Amount = null, double? Share = null);
