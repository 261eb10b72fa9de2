namespace Segmentation.Core.Rfm;

/// <summary>What an upload is a part of: an upload and those that correct rows of it make one whole.</summary>
/// <param name="Whole">The number of the whole; uploads with the same one belong together.</param>
/// <param name="Table">The table of the first upload whose rows it corrects, or 0.</param>
/// <param name="Round">How often its rows had come back; 0 for an upload that corrects none.</param>
internal readonly record struct UploadPart(int Whole, int Table, int Round)
{
    /// <summary>So many uploads of which none corrects another.</summary>
    public static UploadPart[] EachAlone(int uploads) => [.. Enumerable.Range(0, uploads).Select(static upload => new UploadPart(upload, 0, 0))];
}
