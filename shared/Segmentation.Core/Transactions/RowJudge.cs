using System.Globalization;
using System.Text.Unicode;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Judges each row by itself, in the documented order, and hands it to the sink: accepted, or rejected with an explanation.</summary>
/// <remarks>Nothing is allocated for an accepted row whose text is composed already. Not thread-safe.</remarks>
internal sealed class RowJudge
{
    private static readonly DecimalNumber NoNumber = new(0, 0);
    private static readonly DateFormat TypedDates = new(DateOrder.YearMonthDay, (byte)'-');

    private readonly ColumnMapping _columns;
    private readonly DateFormat _dates;
    private readonly byte _decimalSeparator;
    private readonly byte _delimiter;
    private readonly bool _isSheet;
    private readonly int _maxField;
    private readonly DateTime _latest;
    private readonly IJudgedLineSink _sink;
    private readonly NonProductCodes _nonProducts;
    private readonly CancellationWords _words = new();
    private readonly RejectionDetail _details;
    private readonly int _customer;
    private readonly int _invoice;
    private readonly int _date;
    private readonly int _quantity;
    private readonly int _price;
    private readonly int _amount;
    private readonly int _product;
    private readonly int _description;
    private readonly int _category;
    private readonly int _country;
    private readonly int _status;
    private readonly int _type;
    private readonly int _cancelled;
    private readonly bool _comparesTotals;
    private long _compared;
    private long _exceeding;
    private readonly CarriedOrder? _orders;
    private byte[] _lastDate = [];
    private int _lastDateLength = -1;
    private DateTime _lastTime;

    /// <summary>A judge of the rows of one upload.</summary>
    /// <param name="dialect">How the file is read.</param>
    /// <param name="import">The limits.</param>
    /// <param name="cleaning">The codes that are no products.</param>
    /// <param name="uploadTime">When the upload was first seen, UTC; dates later than a day after are in the future.</param>
    /// <param name="sink">Takes the rows.</param>
    public RowJudge(DetectedDialect dialect, ImportOptions import, CleaningOptions cleaning, DateTime uploadTime, IJudgedLineSink sink)
    {
        _columns = dialect.Columns;
        _dates = dialect.Dates;
        _decimalSeparator = dialect.DecimalSeparator;
        _delimiter = dialect.Delimiter;
        Strays = new StrayValues(dialect);
        _isSheet = dialect.IsSheet;
        _orders = dialect.CarriesOrders && _columns[TransactionField.Invoice] >= 0 ? new CarriedOrder(_columns, import.MaxFieldBytes) : null;
        _maxField = import.MaxFieldBytes;
        _latest = uploadTime < DateTime.MaxValue.AddDays(-1) ? uploadTime.AddDays(1) : DateTime.MaxValue;
        _sink = sink;
        _nonProducts = new NonProductCodes(cleaning.NonProductCodes);
        _details = new RejectionDetail(dialect, import, _latest);
        _customer = _columns[TransactionField.Customer];
        _invoice = _columns[TransactionField.Invoice];
        _date = _columns[TransactionField.Date];
        _quantity = _columns[TransactionField.Quantity];
        _price = _columns[TransactionField.Price];
        _amount = _columns[TransactionField.Amount];
        _product = _columns[TransactionField.Product];
        _description = _columns[TransactionField.Description];
        _category = _columns[TransactionField.Category];
        _country = _columns[TransactionField.Country];
        _status = _columns[TransactionField.Status];
        _type = _columns[TransactionField.Type];
        _cancelled = _columns.CancellationFlag;
        _comparesTotals = _amount >= 0 && _price >= 0 && _quantity >= 0 && !import.Columns.ContainsKey(TransactionField.Amount);
    }

    /// <summary>What rows that could not be read say of another form of dates and numbers.</summary>
    public StrayValues Strays { get; }

    /// <summary>What the rows that were judged say against the line totals, or null.</summary>
    public string? TotalsInDoubt => _exceeding == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"Column {_columns.ColumnName(TransactionField.Amount)} was taken for the line's total, and is more than quantity × price on {_exceeding} of {_compared} rows. "
        + $"If it is the order's total, set import.columns.amount to none; else set it to this column.");

    /// <summary>Rejects a physical line that is no record.</summary>
    public void JudgeBroken(RecordReader row) => RejectUnread(row, row.Breakage, _details.Broken(row.Breakage));

    /// <summary>Judges one record.</summary>
    public void Judge(RecordReader row)
    {
        if (row.FieldCount != _columns.Count && !HasHarmlessTail(row))
        {
            RejectUnread(row, RejectionReason.FieldCount, _details.FieldCount(row.FieldCount));
            return;
        }

        _orders?.Look(row);
        bool hasDate = TryReadDate(Field(row, _date), out DateTime time);
        bool hasMoney = TryReadMoney(row, out DecimalNumber quantity, out DecimalNumber price, out Money amount);
        if (!hasDate)
        {
            Reject(row, RejectionReason.UnreadableDate, amount, _details.Date(Field(row, _date)));
        }
        else if (!hasMoney)
        {
            Reject(row, RejectionReason.UnreadableNumber, amount, _details.Number(row));
        }
        else if (row.Marks.MayBeInvalid && (row.Raw.Contains((byte)0) || !Utf8.IsValid(row.Raw)))
        {
            Reject(row, RejectionReason.UnreadableText, amount, RejectionDetail.Text(row));
        }
        else if (row.Marks.MayHoldNoncharacter && FieldText.HasNoncharacter(row.Raw))
        {
            Reject(row, RejectionReason.UnreadableText, amount, Noncharacter(row));
        }
        else if (row.Raw.Length > _maxField && HasLongField(row))
        {
            Reject(row, RejectionReason.TooLong, amount, _details.Broken(RejectionReason.TooLong));
        }
        else if (_orders is not null && _orders.CarriesFault(row, out RejectionReason reason, out int column))
        {
            Reject(row, reason, amount, _details.Carried(reason, column, Field(row, column)));
        }
        else if (time > _latest)
        {
            Reject(row, RejectionReason.FutureDate, amount, _details.Future(row.Field(_date)));
        }
        else
        {
            JudgeReadable(row, time, quantity, price, amount);
        }
    }

    private void JudgeReadable(RecordReader row, DateTime time, DecimalNumber quantity, DecimalNumber price, Money amount)
    {
        ReadOnlySpan<byte> customer = FieldText.WithoutZeroFraction(Text(row, _customer), _decimalSeparator);
        if (FieldText.IsMissingId(customer))
        {
            Reject(row, RejectionReason.MissingCustomer, amount, _details.Customer(customer));
            return;
        }

        ReadOnlySpan<byte> invoice = Text(row, _invoice);
        ReadOnlySpan<byte> status = Text(row, _status);
        ReadOnlySpan<byte> type = Text(row, _type);
        LineKind kind = LineKind.Sale;
        if (CancellationWords.IsCancellationInvoice(invoice))
        {
            kind = LineKind.Return;
        }
        else if ((_type >= 0 && _words.IsReturnType(type)) || _words.IsReturnInvoice(invoice))
        {
            kind = LineKind.Return;
            amount = -Money.Abs(amount);
        }
        else if ((_status >= 0 && _words.IsCancelledStatus(status)) || (_type >= 0 && _words.IsNoSale(type))
            || (_cancelled >= 0 && _words.IsSetFlag(Text(row, _cancelled))))
        {
            kind = LineKind.Void;
        }
        else if (quantity.Mantissa <= 0)
        {
            Reject(row, RejectionReason.NonPositiveQuantity, amount, _details.NonPositive(row, TransactionField.Quantity));
            return;
        }
        else if (amount <= Money.Zero || (_amount < 0 && price.Mantissa <= 0))
        {
            TransactionField judged = _amount >= 0 ? TransactionField.Amount : TransactionField.Price;
            Reject(row, RejectionReason.NonPositivePrice, amount, _details.NonPositive(row, judged));
            return;
        }

        ReadOnlySpan<byte> product = Text(row, _product);
        bool isNonProduct = _nonProducts.Contains(product);
        _sink.Accept(new JudgedLine
        {
            Line = row.Line,
            Kind = kind,
            Customer = customer,
            Invoice = invoice,
            Product = product,
            Description = Text(row, _description),
            Category = Text(row, _category),
            Country = Text(row, _country),
            Status = status,
            DocumentType = type,
            Time = time,
            Quantity = quantity,
            Price = price,
            Amount = amount,
            IsNonProduct = isNonProduct,
            Raw = row.Raw,
            Filled = _orders is not null && (isNonProduct || _sink.KeepsRaw) ? _orders.Fill(row, _delimiter, fault: -1) : default,
        });
    }

    private void Reject(RecordReader row, RejectionReason reason, Money amount, string detail)
    {
        int fault = reason switch
        {
            RejectionReason.UnreadableDate or RejectionReason.FutureDate => _date,
            RejectionReason.MissingCustomer => _customer,
            _ => -1,
        };
        Strays.Look(row);
        _sink.Reject(new RejectedLine
        {
            Line = row.Line,
            Reason = reason,
            Detail = detail,
            Amount = amount,
            Raw = row.Raw,
            Filled = _orders is null ? default : _orders.Fill(row, _delimiter, fault),
        });
    }

    // What is no record, or has its fields in other places, is given back as it is.
    private void RejectUnread(RecordReader row, RejectionReason reason, string detail)
    {
        Strays.Look(row);
        _sink.Reject(new RejectedLine { Line = row.Line, Reason = reason, Detail = detail, Amount = Money.Zero, Raw = row.Raw });
    }

    /// <summary>Fields beyond the header that are all empty, as a delimiter too many at the end of lines makes them.</summary>
    private bool HasHarmlessTail(RecordReader row)
    {
        for (int i = _columns.Count; i < row.FieldCount; i++)
        {
            if (!FieldText.Trim(row.Field(i)).IsEmpty)
            {
                return false;
            }
        }

        return row.FieldCount > _columns.Count;
    }

    private static string Noncharacter(RecordReader row)
    {
        int field = 0;
        while (field < row.FieldCount - 1 && !FieldText.HasNoncharacter(row.Field(field)))
        {
            field++;
        }

        return RejectionDetail.Text(field, row.Field(field));
    }

    private bool HasLongField(RecordReader row)
    {
        for (int i = 0; i < row.FieldCount; i++)
        {
            if (row.Field(i).Length > _maxField)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The lines of one order stand together and have one date: it is read once.</summary>
    private bool TryReadDate(ReadOnlySpan<byte> text, out DateTime time)
    {
        if (text.Length == _lastDateLength && text.SequenceEqual(_lastDate.AsSpan(0, _lastDateLength)))
        {
            time = _lastTime;
            return true;
        }

        if (!_dates.TryRead(text, out time) && (!_isSheet || !TypedDates.TryRead(text, out time)))
        {
            return false;
        }

        if (_lastDate.Length < text.Length)
        {
            _lastDate = new byte[text.Length * 2];
        }

        text.CopyTo(_lastDate);
        _lastDateLength = text.Length;
        _lastTime = time;
        return true;
    }

    /// <summary>Reads the numbers of a row. The amount is zero where it cannot be read.</summary>
    private bool TryReadMoney(RecordReader row, out DecimalNumber quantity, out DecimalNumber price, out Money amount)
    {
        quantity = DecimalNumber.One;
        price = NoNumber;
        amount = Money.Zero;
        bool hasQuantity = _quantity < 0 || NumberReader.TryRead(row.Field(_quantity), _decimalSeparator, out quantity);
        bool hasPrice = _price >= 0 && NumberReader.TryRead(row.Field(_price), _decimalSeparator, out price);
        if (_amount >= 0)
        {
            // The line total alone is judged: a price beside it that cannot be read does not matter.
            bool hasAmount = NumberReader.TryRead(row.Field(_amount), _decimalSeparator, out DecimalNumber total);
            amount = total.ToMoney();
            if (_comparesTotals && hasQuantity && hasPrice && hasAmount)
            {
                _compared++;
                _exceeding += LineProduct.IsExceeded(quantity.Times(price), amount, LineProduct.Rounded) ? 1 : 0;
            }

            return hasQuantity && hasAmount;
        }

        if (!hasQuantity || !hasPrice)
        {
            return false;
        }

        Money product = quantity.Times(price);
        if (Money.Abs(product).Micros >= RejectionDetail.AmountLimit)
        {
            return false;
        }

        amount = product;
        return true;
    }

    private ReadOnlySpan<byte> Field(RecordReader row, int column) => Field(row, column, out _);

    private ReadOnlySpan<byte> Field(RecordReader row, int column, out bool isCarried)
    {
        ReadOnlySpan<byte> carried = default;
        isCarried = _orders is not null && _orders.Carries(row, column, out carried);
        return isCarried ? carried : row.Field(column);
    }

    private ReadOnlySpan<byte> Text(RecordReader row, int column)
    {
        if (column < 0)
        {
            return default;
        }

        // The marks are those of the row's part of the file: what is carried may be of another part.
        ReadOnlySpan<byte> text = FieldText.Trim(Field(row, column, out bool isCarried));
        return !(isCarried || row.Marks.MayBeDecomposed) || FieldText.IsSurelyComposed(text) ? text : FieldText.Compose(text);
    }
}
