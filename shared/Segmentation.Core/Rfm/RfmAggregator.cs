using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Products;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>
/// Decides, bucket by bucket, what needs a customer's other rows (superseded, merged, no product, outside the run's dates) and folds
/// the rows that count to one <see cref="RfmRecord" /> a customer.
/// </summary>
/// <remarks>
/// All rows of a customer lie in one bucket, so buckets are independent and their results merge in any order. Memory: one bucket at a
/// time, or a part of its customers where the bucket is larger than the limit. Not thread-safe.
/// </remarks>
internal sealed class RfmAggregator
{
    /// <summary>Rows of more bytes than this are taken in several passes, each over a part of the customers.</summary>
    public const long DefaultPassBytes = 8L << 20;

    private const int MostPasses = 16;

    private readonly AggregationRule _rule;
    private readonly long _passBytes;
    private readonly AggregationBuffers _buffers;
    private readonly BucketRows _rows;
    private readonly BucketJudge _judge;
    private readonly RowKeyTable _customers;
    private readonly RowKeyTable _invoices;
    private readonly RowKeyTable _countries;
    private readonly Dictionary<int, RowTally> _days = [];
    private CustomerSums[] _sums = new CustomerSums[256];
    private RowTally[] _countrySums = new RowTally[64];

    /// <summary>Aggregates rows of uploads that are numbered from 0 in the order of precedence, the last highest.</summary>
    /// <param name="rule">What decides about rows.</param>
    /// <param name="uploads">The uploads in that order: which of them complete others.</param>
    /// <param name="buffers">Buffers that no other aggregator uses meanwhile.</param>
    /// <param name="passBytes">Rows of more bytes than this are taken in several passes.</param>
    public RfmAggregator(AggregationRule rule, UploadPart[] uploads, AggregationBuffers buffers, long passBytes = DefaultPassBytes)
    {
        _rule = rule;
        _passBytes = passBytes;
        _buffers = buffers;
        _rows = buffers.Rows;
        _customers = buffers.Customers;
        _invoices = buffers.Invoices;
        _countries = buffers.Countries;
        _judge = new BucketJudge(rule, uploads, buffers);
        Tallies = [.. uploads.Select(static _ => new LedgerTally())];
        Quantities = [.. Enumerable.Repeat(QuantityLines.All, uploads.Length)];
    }

    /// <summary>The customers with kept purchases, so far in no order.</summary>
    public List<RfmRecord> Customers { get; } = [];

    /// <summary>Where the rows of each upload went (only what is decided here; not the rows rejected by themselves).</summary>
    public LedgerTally[] Tallies { get; }

    /// <summary>Kept sales by day and country.</summary>
    public SalesSummary Sales { get; } = new();

    /// <summary>Rows rejected here, in runs, each sorted by upload and line.</summary>
    public Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask>? WriteLateReject { get; init; }

    /// <summary>Called when a run of late rejects is over.</summary>
    public Action? EndLateRejectRun { get; init; }

    /// <summary>Takes the kept rows by product; null where products are not asked for.</summary>
    public ProductFold? Products { get; init; }

    /// <summary>Which lines of each upload have a quantity; all of them unless this says otherwise.</summary>
    public IReadOnlyList<QuantityLines> Quantities { get; init; }

    /// <summary>Folds one bucket of all uploads.</summary>
    public async Task AddBucketAsync(IReadOnlyList<CleanRowFileReader?> uploads, int bucket, CancellationToken cancellationToken)
    {
        var parts = new List<BucketOfUpload>();
        for (int i = 0; i < uploads.Count; i++)
        {
            if (uploads[i] is { } reader)
            {
                parts.Add(new BucketOfUpload(i, reader, await reader.BlocksOfAsync(bucket, cancellationToken)));
            }
        }

        long bytes = parts.Sum(part => part.Bytes);

        // Every pass reads the whole bucket, so their number is limited: from there on a pass takes more memory instead.
        int passes = (int)Math.Clamp((bytes + _passBytes - 1) / _passBytes, 1, MostPasses);
        for (int pass = 0; pass < passes; pass++)
        {
            await _rows.LoadAsync(parts, pass, passes, cancellationToken);
            if (_rows.Count > 0)
            {
                _judge.Judge(_rows);
                Fold();
                CountReturns();
                EmitCustomers();
                if (Products is not null)
                {
                    await Products.EndAsync(_customers, cancellationToken);
                }

                await EmitLateRejectsAsync(cancellationToken);
            }
        }
    }

    /// <summary>Moves the sums by day to <see cref="Sales" />; called once, after the last bucket.</summary>
    public void Complete()
    {
        foreach ((int day, RowTally tally) in _days)
        {
            Sales.AddDay(DateOnly.FromDayNumber(day), tally);
        }

        _days.Clear();
        Products?.Complete();
    }

    private void Fold()
    {
        byte[] buffer = _rows.Buffer;
        _customers.Reset(buffer);
        _invoices.Reset(buffer);
        _countries.Reset(buffer);
        _buffers.ReserveRows(_rows.Count);
        Products?.Begin(buffer);

        for (int i = 0; i < _rows.Count; i++)
        {
            CleanRow row = _rows[i];
            int customer = NumberCustomer(row);
            _buffers.CustomerOfRow[i] = customer;
            LedgerTally tally = Tallies[_rows.UploadOf(i)];
            switch (_judge.FateOf(i))
            {
                case RowFate.Kept:
                    tally.Kept = tally.Kept.Plus(row.Amount);
                    Keep(row, customer);
                    if (Quantities[_rows.UploadOf(i)].Include(row.Line))
                    {
                        ref ItemTally items = ref _sums[customer].Items;
                        items = items.Plus(row.QuantityIn(buffer), row.Amount);
                    }

                    Products?.Add(row, customer);
                    break;
                case RowFate.Merged:
                    tally.Merged = tally.Merged.Plus(row.Amount);
                    break;
                case RowFate.Returned or RowFate.ReturnCounts:
                    tally.Returned = tally.Returned.Plus(row.Amount);
                    break;
                case RowFate.Superseded:
                    tally.Superseded = tally.Superseded.Plus(row.Amount);
                    break;
                case RowFate.NonProduct:
                    tally.Reject(RejectionReason.NonProduct, row.Amount);
                    Sales.AddNonProduct(ProductOf(row).ToUpperInvariant(), new RowTally(1, row.Amount));
                    break;
                case RowFate.AfterAsOf:
                    tally.Reject(RejectionReason.AfterAsOf, row.Amount);
                    break;
                case RowFate.BeforeWindow:
                    tally.Reject(RejectionReason.BeforeWindow, row.Amount);
                    break;
            }
        }

        FoldCountries();
    }

    private int NumberCustomer(in CleanRow row)
    {
        int before = _customers.Count;
        int customer = _customers.Number(row.Fields, row.CustomerPrefix);
        if (customer == before)
        {
            if (customer == _sums.Length)
            {
                Array.Resize(ref _sums, customer * 2);
            }

            _sums[customer] = new CustomerSums { FirstDay = int.MaxValue };
        }

        return customer;
    }

    private void Keep(in CleanRow row, int customer)
    {
        int day = row.Day;
        ref CustomerSums sums = ref _sums[customer];
        sums.FirstDay = Math.Min(sums.FirstDay, day);
        sums.LastDay = Math.Max(sums.LastDay, day);
        sums.Lines++;
        sums.Sales += row.Amount;

        // Without an invoice number a day is an invoice: the key is then the customer, and the day its tag.
        int before = _invoices.Count;
        int invoice = row.HasInvoice
            ? _invoices.Number(row.Fields, row.InvoicePrefix)
            : _invoices.Number(row.Fields, row.CustomerPrefix, day + 1);
        if (invoice == before)
        {
            sums.Invoices++;
        }

        ref RowTally daySum = ref CollectionsMarshal.GetValueRefOrAddDefault(_days, day, out _);
        daySum = daySum.Plus(row.Amount);

        int country = _countries.Number(row.Country, _rows.FieldLength(row.Country));
        if (country >= _countrySums.Length)
        {
            Array.Resize(ref _countrySums, country * 2);
        }

        _countrySums[country] = _countrySums[country].Plus(row.Amount);
    }

    private void FoldCountries()
    {
        for (int i = 0; i < _countries.Count; i++)
        {
            var field = new RecordFields(_countries.KeyOf(i));
            Sales.AddCountry(field.ReadText(), _countrySums[i]);
            _countrySums[i] = default;
        }
    }

    // Returns of customers without any kept purchase count nowhere, which is known only after all their rows were seen.
    private void CountReturns()
    {
        if (_rule.Returns == ReturnsPolicy.Ignore)
        {
            return;
        }

        for (int i = 0; i < _rows.Count; i++)
        {
            if (_judge.FateOf(i) == RowFate.ReturnCounts && _sums[_buffers.CustomerOfRow[i]].Lines > 0)
            {
                _sums[_buffers.CustomerOfRow[i]].Returns += _rows[i].Amount;
                LedgerTally tally = Tallies[_rows.UploadOf(i)];
                tally.ReturnedCounted += _rows[i].Amount;
            }
        }
    }

    private void EmitCustomers()
    {
        for (int i = 0; i < _customers.Count; i++)
        {
            ref readonly CustomerSums sums = ref _sums[i];
            if (sums.Lines > 0)
            {
                var id = new RecordFields(_customers.KeyOf(i));
                Customers.Add(new RfmRecord(
                    id.ReadText(),
                    DateOnly.FromDayNumber(sums.FirstDay),
                    DateOnly.FromDayNumber(sums.LastDay),
                    sums.Invoices,
                    sums.Lines,
                    sums.Sales,
                    sums.Returns)
                {
                    Items = sums.Items,
                });
            }
        }
    }

    private async ValueTask EmitLateRejectsAsync(CancellationToken cancellationToken)
    {
        if (WriteLateReject is null)
        {
            return;
        }

        var record = new RecordBuffer();
        for (int i = 0; i < _rows.Count; i++)
        {
            if (LateReject(i) is { } reject)
            {
                reject.Write(record);
                await WriteLateReject(record.WrittenMemory, cancellationToken);
            }
        }

        EndLateRejectRun?.Invoke();
    }

    private LateReject? LateReject(int i)
    {
        RowFate fate = _judge.FateOf(i);
        if (fate is not (RowFate.NonProduct or RowFate.AfterAsOf or RowFate.BeforeWindow))
        {
            return null;
        }

        CleanRow row = _rows[i];
        string date = DateOnly.FromDayNumber(row.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (RejectionReason reason, string detail) = fate switch
        {
            RowFate.NonProduct => (RejectionReason.NonProduct, $"the code '{ProductOf(row)}' stands for no product"),
            RowFate.AfterAsOf => (RejectionReason.AfterAsOf, $"{date} is not before the as-of date {Date(_rule.EndDay)}"),
            _ => (RejectionReason.BeforeWindow, $"{date} is before the first day of the window, {Date(_rule.FirstDay)}"),
        };
        return new LateReject(_rows.UploadOf(i), row.Line, reason, detail, TextAt(row.Raw), TextAt(row.Filled));
    }

    private string TextAt(int position) => position < 0 ? "" : new RecordFields(_rows.Buffer, position).ReadText();

    private static string Date(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string ProductOf(in CleanRow row)
    {
        var field = new RecordFields(_rows.Buffer, row.Fields + row.InvoicePrefix);
        return Encoding.UTF8.GetString(field.ReadBytes());
    }

    private struct CustomerSums
    {
        public int FirstDay;
        public int LastDay;
        public long Invoices;
        public long Lines;
        public Money Sales;
        public Money Returns;
        public ItemTally Items;
    }
}
