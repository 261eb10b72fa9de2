using System.Text;
using Segmentation.Numerics;

namespace Segmentation.Core.Synthetic;

/// <summary>Makes one invoice after another: who, when, what, how much; with the dirt that real exports have.</summary>
internal sealed class ShopInvoices
{
    private const long FirstInvoice = 600_001;
    private const int FirstCustomer = 12_001;
    private const int MostLines = 256;
    private const int MostRemembered = 1 << 16;

    // Quantiles of a log-normal distribution of mean 1 and sigma 0.8, in percent: baskets are skewed.
    private static readonly int[] BasketPercents = [16, 25, 32, 39, 46, 53, 60, 68, 77, 88, 100, 116, 136, 163, 209, 322];

    private static readonly byte[][] Countries =
    [
        .. new[]
        {
            "United Kingdom", "Germany", "France", "EIRE", "Spain", "Netherlands", "Belgium", "Switzerland", "Portugal", "Australia",
            "Norway", "Italy", "Channel Islands", "Finland", "Cyprus", "Sweden", "Austria", "Denmark", "Japan", "Poland", "Israel",
            "USA", "Singapore", "Iceland", "Canada", "Greece", "Malta", "United Arab Emirates", "Czech Republic", "Estonia", "Latvia",
            "Lithuania", "Hungary", "Slovenia", "Croatia", "Chile", "New Zealand", "Unspecified",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    private static readonly byte[] FreePrice = ShopCatalogue.Price(0);
    private static readonly byte[] PostagePrice = ShopCatalogue.Price(18_00);

    private readonly SyntheticShopOptions _options;
    private readonly ShopLineWriter _lines;
    private readonly ShopCalendar _calendar;
    private readonly ShopPopulation _population;
    private readonly ShopCatalogue _catalogue = new();
    private readonly Xoshiro256StarStar _random;
    private readonly List<Purchase> _remembered = [];
    private readonly int _customers;
    private readonly long _stride;
    private readonly double _basketScale;
    private long _invoice = FirstInvoice;
    private long _guestRows;

    public ShopInvoices(SyntheticShopOptions options, ShopLineWriter lines)
    {
        _options = options;
        _lines = lines;
        _customers = options.ActiveCustomers;
        _calendar = new ShopCalendar(options.Start, options.RowCount);
        _population = new ShopPopulation(_customers, options.Seed);
        _random = new Xoshiro256StarStar(options.Seed, 1);
        _basketScale = Math.Min(1, (double)options.RowCount / _customers / SyntheticShopOptions.DefaultRowsPerCustomer);
        _stride = Stride(_customers, options.Seed);
    }

    /// <summary>Writes the next invoice and the cancellations that come with it; fewer lines where the file ends.</summary>
    public void WriteNext()
    {
        long before = _lines.Rows;
        double progress = (double)before / _options.RowCount;
        DateTime time = _calendar.TimeOf(before);
        bool isGuest = _guestRows < before * _options.MissingCustomerShare && _random.NextInt32(2) == 0;
        ShopVisitor visitor = isGuest ? new ShopVisitor(-1, ShopBehaviour.Guest) : _population.Next(progress, ShopCalendar.IsSeason(time));
        Customer customer = Describe(visitor);
        _lines.Begin(_invoice++, isCancelled: false, time, customer.Id, Countries[customer.Country]);
        double mean = visitor.Behaviour.MeanLines * _basketScale * BasketPercents[_random.NextInt32(BasketPercents.Length)] / 100;
        int count = Math.Clamp(Rounded(mean), 1, MostLines);
        for (int line = 0; line < count; line++)
        {
            WriteSale(visitor, customer);
        }

        WriteExtras(customer);
        long rows = _lines.Rows - before;
        _guestRows += isGuest ? rows : 0;

        // A cancellation comes on top of the rows of which it is a share.
        for (int left = Rounded(rows * _options.CancelledShare / (1 - _options.CancelledShare)); left > 0 && _remembered.Count > 0; left--)
        {
            WriteCancellation(time);
        }
    }

    private void WriteSale(ShopVisitor visitor, Customer customer)
    {
        // One draw serves the small choices of a line: three bits each for quantity and tier, the rest as shares of 1,024.
        ulong bits = _random.NextUInt64();
        ShopBehaviour behaviour = visitor.Behaviour;
        int quantity = behaviour.Quantities[(int)(bits & 7)] * customer.QuantityFactor;
        int tier = behaviour.Tiers[(int)((bits >> 3) & 7)];
        bool isFree = ((bits >> 6) & 1023) < 2;
        bool isRemembered = ((bits >> 16) & 7) == 0;

        // The product of two shares: some products sell far more often than most.
        int rank = (int)(_random.NextDouble() * _random.NextDouble() * ShopCatalogue.ProductsPerTier);
        int product = (rank * ShopCatalogue.Tiers) + tier;
        _lines.Line(
            _catalogue.CodeAndName(product), quantity, isFree ? FreePrice : _catalogue.Price(product, behaviour.BuysWholesale));
        if (_random.NextDouble() * (1 - _options.DuplicateShare) < _options.DuplicateShare)
        {
            _lines.Repeat();
        }

        if (isRemembered && !isFree && !visitor.IsGuest)
        {
            Remember(new Purchase(visitor, product, quantity));
        }
    }

    private void WriteExtras(Customer customer)
    {
        int chance = _random.NextInt32(100);
        if (customer.Country != 0 && chance < 35)
        {
            _lines.Line("POST,POSTAGE"u8, 1 + _random.NextInt32(3), PostagePrice);
        }
        else if (customer.Id == 0 && chance < 15)
        {
            _lines.Line("DOT,DOTCOM POSTAGE"u8, 1, ShopCatalogue.Price(500 + _random.NextInt32(20_000)));
        }
        else if (chance >= 97)
        {
            _lines.Line("M,Manual"u8, 1, ShopCatalogue.Price(10 + _random.NextInt32(5_000)));
        }
    }

    private void WriteCancellation(DateTime time)
    {
        // Taken out, so that no more is returned than was bought.
        int chosen = _random.NextInt32(_remembered.Count);
        Purchase purchase = _remembered[chosen];
        _remembered[chosen] = _remembered[^1];
        _remembered.RemoveAt(_remembered.Count - 1);

        Customer customer = Describe(purchase.Visitor);
        int quantity = _random.NextInt32(2) == 0 ? purchase.Quantity : 1 + _random.NextInt32(purchase.Quantity);
        _lines.Begin(_invoice++, isCancelled: true, time, customer.Id, Countries[customer.Country]);
        _lines.Line(
            _catalogue.CodeAndName(purchase.Product), -quantity, _catalogue.Price(purchase.Product, purchase.Visitor.Behaviour.BuysWholesale));
    }

    private void Remember(Purchase purchase)
    {
        if (_remembered.Count < MostRemembered)
        {
            _remembered.Add(purchase);
        }
        else
        {
            _remembered[_random.NextInt32(MostRemembered)] = purchase;
        }
    }

    /// <summary>What is fixed about a customer follows from the index and the seed, so that it need not be remembered.</summary>
    private Customer Describe(ShopVisitor visitor)
    {
        if (visitor.IsGuest)
        {
            return new Customer(0, 0, 1);
        }

        // SplitMix64's mixing: neighbours get unrelated bits.
        ulong z = unchecked(((ulong)visitor.Index * 0x9E3779B97F4A7C15) + (_options.Seed * 0xD1B54A32D192ED03));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        z ^= z >> 31;

        // The lower of two places: the first foreign countries have most of the foreign customers.
        int foreign = 1 + (int)Math.Min((z >> 16) % (ulong)(Countries.Length - 1), (z >> 32) % (ulong)(Countries.Length - 1));
        int country = (z & 1023) < 932 ? 0 : foreign;
        int factor = ((z >> 10) & 15) switch { 0 => 4, < 4 => 2, _ => 1 };
        return new Customer(FirstCustomer + (int)(visitor.Index * _stride % _customers), country, factor);
    }

    /// <summary>A multiplier that shares no factor with the number of customers: it scatters the ids, so that an id says nothing of the behaviour.</summary>
    private static long Stride(int customers, ulong seed)
    {
        long stride = 1 + (long)(((ulong)customers * 5 / 8) + (seed % 97));
        while (Gcd(stride, customers) != 1)
        {
            stride++;
        }

        return stride;
    }

    private static long Gcd(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }

    /// <summary>A whole number whose mean is the given one.</summary>
    private int Rounded(double mean) => (int)(mean + _random.NextDouble());

    private readonly record struct Customer(int Id, int Country, int QuantityFactor);

    private readonly record struct Purchase(ShopVisitor Visitor, int Product, int Quantity);
}
