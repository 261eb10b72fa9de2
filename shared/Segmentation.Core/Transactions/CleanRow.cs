using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Transactions;

/// <summary>A cleaned row as it lies in a buffer: places of its fields, not copies of them.</summary>
/// <remarks>
/// The stored form starts with a part that holds every mapped field as parsed; two rows say the same exactly when these bytes are
/// equal. It starts with customer, invoice and product, so that a unit of supersession is a prefix of it.
/// </remarks>
internal struct CleanRow
{
    /// <summary>Where the part that holds the fields starts.</summary>
    public int Fields;

    /// <summary>Its length in bytes.</summary>
    public int FieldsLength;

    /// <summary>Length of the prefix with the customer alone.</summary>
    public int CustomerPrefix;

    /// <summary>Length of the prefix with customer and invoice.</summary>
    public int InvoicePrefix;

    /// <summary>Length of the prefix with customer, invoice and product.</summary>
    public int UnitPrefix;

    /// <summary>Whether the row has an invoice number.</summary>
    public bool HasInvoice;

    /// <summary>The wall time as written, in ticks.</summary>
    public long Ticks;

    /// <summary>Where the country's field starts.</summary>
    public int Country;

    /// <summary>Where quantity and price start; behind them come the amount, the description and the category.</summary>
    public int Numbers;

    /// <summary>The line's money.</summary>
    public Money Amount;

    /// <summary>The physical line.</summary>
    public long Line;

    /// <summary>What the line is.</summary>
    public LineKind Kind;

    /// <summary>Whether its code stands for no product.</summary>
    public bool IsNonProduct;

    /// <summary>Where the row as written starts, behind its length; −1 where it was not kept.</summary>
    public int Raw;

    /// <summary>Where the row with what its order carried to it starts, behind its length; −1 where nothing was carried or kept.</summary>
    public int Filled;

    /// <summary>The day of the wall time, as <see cref="DateOnly.DayNumber" />.</summary>
    public readonly int Day => (int)(Ticks / TimeSpan.TicksPerDay);

    private const byte KindBits = 3;
    private const byte NonProductBit = 4;
    private const byte RawBit = 8;
    private const byte FilledBit = 16;

    /// <summary>How many, as parsed.</summary>
    /// <param name="bytes">The bytes that the row was read from.</param>
    public readonly DecimalNumber QuantityIn(ReadOnlySpan<byte> bytes)
    {
        var fields = new RecordFields(bytes, Numbers);
        return new DecimalNumber(fields.ReadSigned(), fields.ReadByte());
    }

    /// <summary>Appends a line in the stored form.</summary>
    public static void Write(in JudgedLine line, bool keepRaw, RecordBuffer scratch, RecordBuffer into)
    {
        scratch.Clear();
        scratch.WriteBytes(line.Customer);
        scratch.WriteBytes(line.Invoice);
        scratch.WriteBytes(line.Product);
        scratch.WriteInt64(line.Time.Ticks);
        scratch.WriteBytes(line.Country);
        scratch.WriteSigned(line.Quantity.Mantissa);
        scratch.WriteByte(line.Quantity.Scale);
        scratch.WriteSigned(line.Price.Mantissa);
        scratch.WriteByte(line.Price.Scale);
        scratch.WriteMoney(line.Amount);
        scratch.WriteBytes(line.Description);
        scratch.WriteBytes(line.Category);
        scratch.WriteBytes(line.Status);
        scratch.WriteBytes(line.DocumentType);

        into.WriteBytes(scratch.Written);
        into.WriteUnsigned((ulong)line.Line);
        bool keepFilled = keepRaw && !line.Filled.IsEmpty;
        into.WriteByte((byte)((byte)line.Kind | (line.IsNonProduct ? NonProductBit : 0) | (keepRaw ? RawBit : 0) | (keepFilled ? FilledBit : 0)));
        if (keepRaw)
        {
            into.WriteBytes(line.Raw);
        }

        if (keepFilled)
        {
            into.WriteBytes(line.Filled);
        }
    }

    /// <summary>Moves a place from the start of a row behind it.</summary>
    public static void Skip(ReadOnlySpan<byte> bytes, ref int position)
    {
        var fields = new RecordFields(bytes, position);
        fields.ReadBytes();
        fields.ReadUnsigned();
        byte flags = fields.ReadByte();
        if ((flags & RawBit) != 0)
        {
            fields.ReadBytes();
        }

        if ((flags & FilledBit) != 0)
        {
            fields.ReadBytes();
        }

        position = fields.Position;
    }

    /// <summary>Reads the row at a place.</summary>
    public static CleanRow Read(ReadOnlySpan<byte> bytes, int position)
    {
        var fields = new RecordFields(bytes, position);
        CleanRow row = default;
        row.FieldsLength = fields.ReadLength();
        row.Fields = fields.Position;
        fields.ReadBytes();
        row.CustomerPrefix = fields.Position - row.Fields;
        row.HasInvoice = !fields.ReadBytes().IsEmpty;
        row.InvoicePrefix = fields.Position - row.Fields;
        fields.ReadBytes();
        row.UnitPrefix = fields.Position - row.Fields;
        row.Ticks = fields.ReadInt64();
        row.Country = fields.Position;
        fields.ReadBytes();
        row.Numbers = fields.Position;
        fields.ReadSigned();
        fields.ReadByte();
        fields.ReadSigned();
        fields.ReadByte();
        row.Amount = fields.ReadMoney();
        if (fields.Position - row.Fields > row.FieldsLength || (ulong)row.Ticks > (ulong)DateTime.MaxValue.Ticks)
        {
            throw new InvalidDataException("A cleaned row is damaged: its fields are longer than the row, or its date is none.");
        }

        var rest = new RecordFields(bytes, row.Fields + row.FieldsLength);
        row.Line = (long)rest.ReadUnsigned();
        byte flags = rest.ReadByte();
        row.Kind = (LineKind)(flags & KindBits);
        if (row.Kind > LineKind.Void || flags > (FilledBit | RawBit | NonProductBit | KindBits))
        {
            throw new InvalidDataException("A cleaned row is damaged: its kind is none.");
        }

        row.IsNonProduct = (flags & NonProductBit) != 0;
        row.Raw = -1;
        row.Filled = -1;
        if ((flags & RawBit) != 0)
        {
            row.Raw = rest.Position;
        }

        if ((flags & FilledBit) != 0)
        {
            rest.ReadBytes();
            row.Filled = rest.Position;
        }

        return row;
    }
}
