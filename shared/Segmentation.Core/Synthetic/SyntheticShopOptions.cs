using System.Globalization;

namespace Segmentation.Core.Synthetic;

/// <summary>How large and how dirty a synthetic store is; immutable.</summary>
public sealed record SyntheticShopOptions
{
    /// <summary>Default of <see cref="Customers" />: a fixed number, so that more rows do not mean more customers to remember later.</summary>
    public const int DefaultCustomers = 5_000;

    /// <summary>Rows a customer, where <see cref="Rows" /> is not given.</summary>
    public const int DefaultRowsPerCustomer = 60;

    /// <summary>Most rows: with these, row numbers times the calendar's weights still fit 64 bits.</summary>
    public const long MostRows = 1_000_000_000_000;

    /// <summary>Default of <see cref="MissingCustomerShare" />.</summary>
    public const double DefaultMissingCustomerShare = 0.05;

    /// <summary>Default of <see cref="CancelledShare" />.</summary>
    public const double DefaultCancelledShare = 0.02;

    /// <summary>Default of <see cref="DuplicateShare" />.</summary>
    public const double DefaultDuplicateShare = 0.01;

    /// <summary>
    /// Number of customers, from 1. All of them buy when there are at least four rows a customer; with fewer rows there is one customer
    /// for every four rows, so that a short file still has customers who come again.
    /// </summary>
    public int Customers { get; init; } = DefaultCustomers;

    /// <summary>Number of rows without the header, from 0; null: <see cref="DefaultRowsPerCustomer" /> a customer.</summary>
    public long? Rows { get; init; }

    /// <summary>The seed of every random choice: the same options give the same bytes on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The first day; the store is open for <see cref="SyntheticShop.Days" /> days.</summary>
    public DateOnly Start { get; init; } = new(2010, 12, 1);

    /// <summary>Share of the rows that have no customer, about; 0 to 0.5.</summary>
    public double MissingCustomerShare { get; init; } = DefaultMissingCustomerShare;

    /// <summary>Share of the rows that cancel an earlier purchase, about; 0 to 0.5.</summary>
    public double CancelledShare { get; init; } = DefaultCancelledShare;

    /// <summary>Share of the rows that repeat the row before exactly, about; 0 to 0.5.</summary>
    public double DuplicateShare { get; init; } = DefaultDuplicateShare;

    /// <summary>The number of rows that will be written.</summary>
    public long RowCount => Rows ?? (long)Customers * DefaultRowsPerCustomer;

    /// <summary>The number of customers who take part: <see cref="Customers" />, or fewer where rows are few.</summary>
    internal int ActiveCustomers => (int)Math.Clamp(RowCount / 4, 1, Customers);

    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="options" /> is out of its range; the message says which.</exception>
    internal static void Check(SyntheticShopOptions options)
    {
        DateOnly lastStart = DateOnly.MaxValue.AddDays(-SyntheticShop.Days);
        string? fault = options switch
        {
            { Customers: < 1 } => Fault(nameof(Customers), options.Customers, "1 or more"),
            { RowCount: < 0 or > MostRows } => Fault(nameof(Rows), options.RowCount, "0 to 10^12"),
            { MissingCustomerShare: not (>= 0 and <= 0.5) } => Fault(nameof(MissingCustomerShare), options.MissingCustomerShare, "0 to 0.5"),
            { CancelledShare: not (>= 0 and <= 0.5) } => Fault(nameof(CancelledShare), options.CancelledShare, "0 to 0.5"),
            { DuplicateShare: not (>= 0 and <= 0.5) } => Fault(nameof(DuplicateShare), options.DuplicateShare, "0 to 0.5"),
            _ when options.Start > lastStart => Fault(nameof(Start), options.Start, "a date that leaves room for the days of the store"),
            _ => null,
        };
        if (fault is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(options), fault);
        }
    }

    private static string Fault(string name, IFormattable found, string expected) =>
        $"{name} is {found.ToString(null, CultureInfo.InvariantCulture)}, expected {expected}.";
}
