using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>Finds the physical lines of some records.</summary>
internal static class RecordLines
{
    /// <summary>Reads to the end; a record reaches up to the next one.</summary>
    public static Task<LineRanges> FindAsync(RecordReader reader, Predicate<RecordReader> isIn, CancellationToken cancellationToken) =>
        FindAsync(reader, isIn, new LineRanges(), cancellationToken);

    /// <summary>The same, added to lines of texts before it.</summary>
    public static async Task<LineRanges> FindAsync(
        RecordReader reader, Predicate<RecordReader> isIn, LineRanges lines, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (reader.Read())
            {
                case ReadOutcome.NeedMore:
                    await reader.FillAsync(cancellationToken);
                    break;
                case ReadOutcome.End:
                    return lines;
                default:
                    lines.Row(reader.Line, isIn(reader));
                    break;
            }
        }
    }
}
