using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Api.Documents;

/// <summary>Everything that is held of a customer.</summary>
/// <param name="CustomerId">The id in the form in which ids are stored.</param>
/// <param name="Runs">What each run says of the customer, newest first.</param>
/// <param name="Transactions">The customer's rows of all uploads.</param>
public sealed record CustomerDocument(
    string CustomerId, IReadOnlyList<HeldAssignment> Runs, IReadOnlyList<HeldTransaction> Transactions);

/// <summary>What one run says of a customer.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AsOf">Its as-of date.</param>
/// <param name="Rfm">Measures and scores.</param>
/// <param name="Cluster">The number of the cluster, or null.</param>
/// <param name="Excluded">Why the customer is in no segment, or null.</param>
public sealed record HeldAssignment(string RunId, DateOnly? AsOf, RfmAnswer Rfm, int? Cluster, string? Excluded);

/// <summary>One row of an upload; what its file does not have is null.</summary>
/// <param name="Upload">The name of the upload.</param>
/// <param name="Line">The physical line.</param>
/// <param name="Kind">What it is, judged by itself.</param>
/// <param name="Date">The wall time as written.</param>
/// <param name="Invoice">The invoice number.</param>
/// <param name="Product">The product code.</param>
/// <param name="Description">The product's name.</param>
/// <param name="Category">The product's category.</param>
/// <param name="Country">The country.</param>
/// <param name="Status">The status of the order.</param>
/// <param name="Type">The type of the document.</param>
/// <param name="Quantity">How many, an exact decimal.</param>
/// <param name="Price">The price of one, an exact decimal.</param>
/// <param name="Amount">The line's money.</param>
public sealed record HeldTransaction(
    string Upload,
    long Line,
    LineKind Kind,
    DateTime Date,
    string? Invoice,
    string? Product,
    string? Description,
    string? Category,
    string? Country,
    string? Status,
    string? Type,
    string Quantity,
    string Price,
    Money Amount);

/// <summary>The receipt of an erasure.</summary>
/// <param name="CustomerId">The id in the form in which ids are stored.</param>
/// <param name="ErasedAt">When, UTC.</param>
/// <param name="Runs">Published runs that the customer was taken out of.</param>
/// <param name="Transactions">Rows of uploads that will not be read any more.</param>
/// <param name="RunId">The run that will take the customer out of figures and report too.</param>
public sealed record ErasureDocument(string CustomerId, DateTime ErasedAt, int Runs, long Transactions, string RunId);
