namespace Segmentation.Core.Synthetic;

/// <summary>A synthetic store: a file in the form of Online Retail, of any length, whose customers behave in planted ways.</summary>
/// <remarks>
/// The customers are loyal wholesalers, regulars, seasonal buyers, one-time buyers, newcomers and lapsed ones. They differ in how often
/// they order, how much, and at which prices. Rows are made in the order of the file, so memory grows neither with the rows nor with
/// the customers (about 4 MB). Only + − × ÷ are used, hence the same bytes on every machine. All names are invented.
/// </remarks>
public static class SyntheticShop
{
    /// <summary>Days from the first to the last, both included, as far as the store is open on them.</summary>
    public const int Days = 373;

    /// <summary>The first line, without its end.</summary>
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    private const int BufferBytes = 1 << 20;

    /// <summary>Writes the file in UTF-8 without a byte-order mark, lines ended by LF; does not close the stream.</summary>
    /// <param name="options">How large and how dirty.</param>
    /// <param name="utf8">Where to.</param>
    /// <param name="progress">Told the number of rows written so far, about once a mebibyte and at the end.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Task WriteAsync(
        SyntheticShopOptions options, Stream utf8, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        WriteAsync(options, utf8, BufferBytes, progress, cancellationToken);

    /// <summary>The same with another size of the buffer, which must not show in the bytes.</summary>
    internal static async Task WriteAsync(
        SyntheticShopOptions options, Stream utf8, int bufferBytes, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        SyntheticShopOptions.Check(options);
        var lines = new ShopLineWriter(bufferBytes, options.RowCount);
        var store = new ShopInvoices(options, lines);
        lines.WriteHeader(Header);
        while (!lines.IsComplete)
        {
            store.WriteNext();
            if (lines.IsNearlyFull)
            {
                await utf8.WriteAsync(lines.Written, cancellationToken);
                lines.Clear();
                progress?.Report(lines.Rows);
            }
        }

        await utf8.WriteAsync(lines.Written, cancellationToken);
        await utf8.FlushAsync(cancellationToken);
        progress?.Report(lines.Rows);
    }
}
