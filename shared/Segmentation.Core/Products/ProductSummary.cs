using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Products;

/// <summary>The figures of all products of a shard, or of all shards: they add up in any order.</summary>
/// <remarks>
/// A product goes by its code; by its description in files without codes; by its category in files with neither. With more than
/// <see cref="MostProducts" /> of them, those of the least stable hash are kept, whatever the sharding; the others count as sales outside
/// of every category. Not thread-safe.
/// </remarks>
internal sealed class ProductSummary(int mostProducts = ProductSummary.MostProducts)
{
    /// <summary>The most products that are told apart.</summary>
    public const int MostProducts = 200_000;

    private readonly Dictionary<string, ProductFigures> _products = new(StringComparer.Ordinal);

    /// <summary>The products by what they go by, in no order.</summary>
    public IReadOnlyDictionary<string, ProductFigures> Products => _products;

    /// <summary>Whether there were more products than are told apart.</summary>
    public bool IsSample { get; private set; }

    /// <summary>The figures of a product, to be added to.</summary>
    public ProductFigures Of(string key)
    {
        if (!_products.TryGetValue(key, out ProductFigures? figures))
        {
            if (_products.Count >= mostProducts * 2)
            {
                Trim();
            }

            _products[key] = figures = new ProductFigures();
        }

        return figures;
    }

    /// <summary>Drops the products over the limit; called before the products are read or stored.</summary>
    public void Trim()
    {
        if (_products.Count <= mostProducts)
        {
            return;
        }

        IsSample = true;
        foreach (string dropped in _products.Keys.OrderBy(StableHash.Compute).Skip(mostProducts).ToArray())
        {
            _products.Remove(dropped);
        }
    }

    /// <summary>Writes the products in ordinal order, one record each.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        Trim();
        var writer = new RecordStreamWriter(stream);
        var record = new RecordBuffer();
        record.WriteByte(IsSample ? (byte)1 : (byte)0);
        await writer.WriteAsync(record.WrittenMemory, cancellationToken);
        foreach ((string key, ProductFigures figures) in _products.OrderBy(product => product.Key, StringComparer.Ordinal))
        {
            record.Clear();
            record.WriteText(key);
            figures.Write(record);
            await writer.WriteAsync(record.WrittenMemory, cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Adds products that <see cref="WriteAsync" /> wrote.</summary>
    public async Task AddAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = new RecordStreamReader(stream);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new InvalidDataException("A stored summary of products is damaged: it is empty.");
        }

        IsSample |= reader.Current.Span[0] != 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            var fields = new RecordFields(reader.Current.Span);
            string key = fields.ReadText();
            Of(key).Add(ProductFigures.Read(ref fields));
        }
    }

    /// <summary>Sales of all products.</summary>
    public Money Revenue() => _products.Values.Aggregate(Money.Zero, (sum, product) => sum + product.Sales.Revenue);
}
