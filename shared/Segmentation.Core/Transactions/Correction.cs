namespace Segmentation.Core.Transactions;

/// <summary>Which upload a file of corrected rows completes, as its announcement says.</summary>
/// <remarks>
/// It names the first upload of a chain, whatever came between, so that it still holds when a file between is withdrawn. It is as little
/// to be trusted as anything else in a file: all it can do is to let rows of two uploads count side by side.
/// </remarks>
/// <param name="Origin">The first 16 to 64 digits of the SHA-256 of that upload, in lower-case hexadecimal digits.</param>
/// <param name="Table">The table of that upload, from 1, whose rows these are; 0 where it is one table.</param>
/// <param name="Round">How often the rows came back: 1 for those that the upload itself was refused, 2 for those that a correction was.</param>
public sealed record Correction(string Origin, int Table, int Round);
