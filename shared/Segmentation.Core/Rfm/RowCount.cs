namespace Segmentation.Core.Rfm;

/// <summary>How often a row occurs in the upload that has it most often, counted while rows come in the order of uploads.</summary>
/// <param name="Upload">The upload that is counted.</param>
/// <param name="Count">How often so far.</param>
/// <param name="BestUpload">The upload that has it most often.</param>
/// <param name="BestCount">How often.</param>
internal readonly record struct RowCount(int Upload, int Count, int BestUpload, int BestCount)
{
    /// <summary>A row that did not occur yet.</summary>
    public static RowCount None { get; } = new(-1, 0, -1, 0);

    /// <summary>The row once more.</summary>
    /// <param name="upload">In this upload.</param>
    /// <param name="lastWins">Whether of uploads that have it as often the last is the best; else the first.</param>
    public RowCount Plus(int upload, bool lastWins)
    {
        int count = Upload == upload ? Count + 1 : 1;
        bool isBest = lastWins ? count >= BestCount : count > BestCount;
        return isBest ? new RowCount(upload, count, upload, count) : this with { Upload = upload, Count = count };
    }
}
