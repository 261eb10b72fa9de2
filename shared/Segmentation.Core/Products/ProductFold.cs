using System.Runtime.InteropServices;
using System.Text;
using Segmentation.Core.Rfm;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Products;

/// <summary>
/// Folds the kept rows of a shard by product, and by customer and product. All rows of a customer come in one pass, so what a customer
/// bought is written when the pass is over; what a product sold adds up to the end of the shard.
/// </summary>
/// <remarks>Texts are told apart by their 64-bit stable hash and decoded when they are first seen. Not thread-safe.</remarks>
internal sealed class ProductFold
{
    // So many texts and prices are held before they are moved to the summary, which is bounded.
    private const int MostHeld = 500_000;
    private const int LongestName = 500;

    private readonly Dictionary<ulong, int> _products = [];
    private readonly Dictionary<ulong, int> _names = [];
    private readonly Dictionary<ulong, int> _categories = [];
    private readonly Dictionary<ulong, int> _prices = [];
    private readonly Dictionary<ulong, int> _purchases = [];
    private readonly List<Product> _sold = [];
    private readonly List<Counted<string>> _nameLines = [];
    private readonly List<Counted<string>> _categoryLines = [];
    private readonly List<Counted<Money>> _priceLines = [];
    private readonly List<Purchase> _bought = [];
    private byte[] _buffer = [];

    /// <summary>The products, once <see cref="Complete" /> was called.</summary>
    public ProductSummary Summary { get; } = new();

    /// <summary>Takes a record of each customer's purchases.</summary>
    public required Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> WritePurchases { get; init; }

    /// <summary>Begins a pass over other rows.</summary>
    public void Begin(byte[] buffer) => _buffer = buffer;

    /// <summary>Folds a kept row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="customer">The number of its customer in this pass.</param>
    public void Add(in CleanRow row, int customer)
    {
        ReadOnlySpan<byte> code = new RecordFields(_buffer, row.Fields + row.InvoicePrefix).ReadBytes();
        var fields = new RecordFields(_buffer, row.Numbers);
        var quantity = new DecimalNumber(fields.ReadSigned(), fields.ReadByte());
        var price = new DecimalNumber(fields.ReadSigned(), fields.ReadByte());
        fields.ReadMoney();
        ReadOnlySpan<byte> name = fields.ReadBytes();
        ReadOnlySpan<byte> category = fields.ReadBytes();
        ReadOnlySpan<byte> key = !code.IsEmpty ? code : !name.IsEmpty ? name : category;
        if (key.IsEmpty)
        {
            return;
        }

        ulong hash = StableHash.Compute(key);
        int product = Number(_products, hash);
        if (product == _sold.Count)
        {
            _sold.Add(new Product(Encoding.UTF8.GetString(key), hash, default));
        }

        ref Product sold = ref CollectionsMarshal.AsSpan(_sold)[product];
        sold = sold with { Sales = sold.Sales.Plus(row.Amount) };
        Count(_names, _nameLines, name, product);
        Count(_categories, _categoryLines, category, product);
        CountPrice(UnitPrice(row.Amount, quantity, price), product);

        int purchase = Number(_purchases, Mix((ulong)customer, product));
        if (purchase == _bought.Count)
        {
            _bought.Add(new Purchase(customer, product, default));
        }

        ref Purchase bought = ref CollectionsMarshal.AsSpan(_bought)[purchase];
        bought = bought with { Amount = bought.Amount + row.Amount };
    }

    /// <summary>Ends a pass: writes what each customer bought.</summary>
    /// <param name="customers">The numbered customers of the pass.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask EndAsync(RowKeyTable customers, CancellationToken cancellationToken)
    {
        _bought.Sort(static (a, b) => a.Customer != b.Customer ? a.Customer.CompareTo(b.Customer) : a.Product.CompareTo(b.Product));
        var record = new RecordBuffer();
        for (int start = 0, end; start < _bought.Count; start = end)
        {
            end = start + 1;
            while (end < _bought.Count && _bought[end].Customer == _bought[start].Customer)
            {
                end++;
            }

            Write(record, customers.KeyOf(_bought[start].Customer), start, end);
            await WritePurchases(record.WrittenMemory, cancellationToken);
        }

        _bought.Clear();
        _purchases.Clear();
        if (_names.Count + _categories.Count + _prices.Count > MostHeld)
        {
            Complete();
        }
    }

    /// <summary>Moves what was sold to <see cref="Summary" />; called once more after the last pass.</summary>
    public void Complete()
    {
        ProductFigures[] figures = [.. _sold.Select(product => Summary.Of(product.Key))];
        for (int i = 0; i < figures.Length; i++)
        {
            figures[i].Sales += _sold[i].Sales;
        }

        _nameLines.ForEach(name => figures[name.Product].Names.Add(name.Value, name.Lines));
        _categoryLines.ForEach(category => figures[category.Product].Categories.Add(category.Value, category.Lines));
        _priceLines.ForEach(price => figures[price.Product].Prices.Add(price.Value, price.Lines));
        _sold.Clear();
        _nameLines.Clear();
        _categoryLines.Clear();
        _priceLines.Clear();
        _products.Clear();
        _names.Clear();
        _categories.Clear();
        _prices.Clear();
    }

    private void Write(RecordBuffer record, ReadOnlySpan<byte> customer, int start, int end)
    {
        record.Clear();
        record.Append(customer);
        record.WriteUnsigned((ulong)(end - start));
        for (int i = start; i < end; i++)
        {
            record.WriteInt64(unchecked((long)_sold[_bought[i].Product].Hash));
            record.WriteMoney(_bought[i].Amount);
        }
    }

    private static void Count(Dictionary<ulong, int> numbers, List<Counted<string>> counts, ReadOnlySpan<byte> text, int product)
    {
        if (text.IsEmpty)
        {
            return;
        }

        int number = Number(numbers, Mix(StableHash.Compute(text), product));
        if (number == counts.Count)
        {
            counts.Add(new Counted<string>(product, Clean(Encoding.UTF8.GetString(text)), 0));
        }

        CountLine(counts, number);
    }

    private void CountPrice(Money price, int product)
    {
        int number = Number(_prices, Mix(ProductFigures.HashOf(price), product));
        if (number == _priceLines.Count)
        {
            _priceLines.Add(new Counted<Money>(product, price, 0));
        }

        CountLine(_priceLines, number);
    }

    // New when it equals the length of the list that goes with it.
    private static int Number(Dictionary<ulong, int> numbers, ulong hash)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, hash, out bool isKnown);
        return isKnown ? number : number = numbers.Count - 1;
    }

    private static ulong Mix(ulong hash, int number)
    {
        ulong mixed = (hash ^ ((ulong)(uint)number * 0x9E3779B97F4A7C15)) * 0xFF51AFD7ED558CCD;
        return mixed ^ (mixed >> 32);
    }

    private static void CountLine<T>(List<Counted<T>> counts, int number)
    {
        ref Counted<T> counted = ref CollectionsMarshal.AsSpan(counts)[number];
        counted = counted with { Lines = counted.Lines + 1 };
    }

    // A file with line totals alone has no prices: there the total of one unit is the price.
    private static Money UnitPrice(Money amount, DecimalNumber quantity, DecimalNumber price)
    {
        if (price.Mantissa > 0)
        {
            return price.ToMoney();
        }

        Int128 units = quantity.ToMoney().Micros;
        return units > 0 ? new Money(checked(amount.Micros * Money.MicrosPerUnit) / units) : amount;
    }

    // Without outer and repeated white space: these do not make another name.
    private static string Clean(string text)
    {
        string clean = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (clean.Length <= LongestName)
        {
            return clean;
        }

        // Not between the two halves of a character.
        int end = char.IsHighSurrogate(clean[LongestName - 1]) ? LongestName - 1 : LongestName;
        return clean[..end].TrimEnd();
    }

    private readonly record struct Product(string Key, ulong Hash, RowTally Sales);

    private readonly record struct Counted<T>(int Product, T Value, long Lines);

    private readonly record struct Purchase(int Customer, int Product, Money Amount);
}
