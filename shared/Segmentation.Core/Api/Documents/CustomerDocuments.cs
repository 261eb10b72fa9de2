using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Api.Documents;

/// <summary>Everything that is held of a customer.</summary>
/// <param name="CustomerId">The id in the form in which ids are stored.</param>
/// <param name="Lines">The customer's rows of all uploads, in the order of the uploads' precedence and of their lines.</param>
/// <param name="Rejected">Rows that do not count and hold the id in a field, in the same order.</param>
/// <param name="Runs">What each run says of the customer, newest first.</param>
public sealed record CustomerDocument(
    string CustomerId, IReadOnlyList<CustomerLine> Lines, IReadOnlyList<CustomerReject> Rejected, IReadOnlyList<CustomerAssignment> Runs);

/// <summary>A row of an upload. Text is empty where the file has none.</summary>
/// <param name="Upload">The name of the upload.</param>
/// <param name="Line">The physical line, from 1.</param>
/// <param name="Kind">What it is, judged by itself.</param>
/// <param name="Time">The wall time as written.</param>
/// <param name="Invoice">The invoice number.</param>
/// <param name="Product">The product code.</param>
/// <param name="Description">The product's name.</param>
/// <param name="Category">The product's category.</param>
/// <param name="Country">The country.</param>
/// <param name="Status">The status of the order.</param>
/// <param name="DocumentType">The type of the document.</param>
/// <param name="Quantity">How many, a decimal number.</param>
/// <param name="Price">The price of one, a decimal number; 0 where the file has only a line total.</param>
/// <param name="Amount">The line's money, a decimal number.</param>
/// <param name="Raw">The row as written, where it was kept; else null.</param>
public sealed record CustomerLine(
    string Upload,
    long Line,
    LineKind Kind,
    DateTime Time,
    string Invoice,
    string Product,
    string Description,
    string Category,
    string Country,
    string Status,
    string DocumentType,
    string Quantity,
    string Price,
    string Amount,
    string? Raw);

/// <summary>A row that was rejected by itself.</summary>
/// <param name="Upload">The name of the upload.</param>
/// <param name="Line">The physical line, from 1.</param>
/// <param name="Reason">The name of the reason.</param>
/// <param name="Raw">The row as written.</param>
public sealed record CustomerReject(string Upload, long Line, string Reason, string Raw);

/// <summary>What one run says of a customer.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AsOf">Its as-of date.</param>
/// <param name="Rfm">Measures and scores.</param>
/// <param name="Cluster">The number of the cluster, or null.</param>
/// <param name="Excluded">Why the customer is in no segment, or null.</param>
public sealed record CustomerAssignment(string RunId, DateOnly? AsOf, RfmAnswer Rfm, int? Cluster, string? Excluded);

/// <summary>The receipt of an erasure.</summary>
/// <param name="ErasedAt">When the customer was erased first, UTC.</param>
/// <param name="Uploads">Uploads that held rows of the customer then.</param>
/// <param name="Rows">These rows.</param>
/// <param name="Runs">Runs that had published the customer.</param>
/// <param name="RunId">The run that will take the customer out of figures and report too.</param>
public sealed record ErasureDocument(DateTime ErasedAt, int Uploads, long Rows, int Runs, string? RunId);
