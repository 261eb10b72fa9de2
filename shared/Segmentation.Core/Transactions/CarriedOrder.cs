using System.Text.Unicode;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Core.Transactions;

/// <summary>
/// Carries fields of an order from its first line to its further ones, where they are empty, as exports of line items leave them: who
/// bought, when, where, and whether the order was cancelled.
/// </summary>
/// <remarks>Only within lines of one invoice number that stand together. Not thread-safe.</remarks>
/// <param name="columns">The roles of the columns.</param>
/// <param name="maxFieldBytes">The most bytes of a field.</param>
internal sealed class CarriedOrder(ColumnMapping columns, int maxFieldBytes)
{
    /// <summary>The most fields of a line that can be filled.</summary>
    public const int MostFields = 6;

    private const byte Quote = (byte)'"';

    private static readonly TransactionField[] Fields =
        [TransactionField.Customer, TransactionField.Date, TransactionField.Country, TransactionField.Status, TransactionField.Type];

    private readonly int[] _columns =
        [.. Fields.Select(field => columns[field]).Append(columns.CancellationFlag).Where(static column => column >= 0).Distinct()];

    private readonly int _invoice = columns[TransactionField.Invoice];
    private readonly byte[][] _values = [.. Enumerable.Repeat(Array.Empty<byte>(), MostFields)];
    private readonly RejectionReason?[] _faults = new RejectionReason?[MostFields];
    private readonly RecordBuffer _filled = new();
    private byte[] _order = [];

    /// <summary>Looks at the next line.</summary>
    public void Look(RecordReader row)
    {
        ReadOnlySpan<byte> order = FieldText.Trim(row.Field(_invoice));
        bool isSame = order.Length > 0 && order.SequenceEqual(_order);
        if (!isSame)
        {
            _order = order.ToArray();
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            ReadOnlySpan<byte> value = FieldText.Trim(row.Field(_columns[i]));
            if (!isSame || !value.IsEmpty)
            {
                _values[i] = value.ToArray();
                _faults[i] = FaultOf(value);
            }
        }
    }

    /// <summary>Whether a column is one of the order's that is empty on this line, and what the order's first line said.</summary>
    public bool Carries(RecordReader row, int column, out ReadOnlySpan<byte> carried)
    {
        int place = Array.IndexOf(_columns, column);
        carried = place < 0 ? default : _values[place];
        return place >= 0 && FieldText.Trim(row.Field(column)).IsEmpty;
    }

    /// <summary>Whether a line would take a value for which the order's first line is rejected, whatever the line itself says.</summary>
    /// <param name="row">The line that was looked at last.</param>
    /// <param name="reason">Why the first line is rejected.</param>
    /// <param name="column">The column of the value.</param>
    public bool CarriesFault(RecordReader row, out RejectionReason reason, out int column)
    {
        reason = default;
        column = -1;
        for (int i = 0; i < _columns.Length; i++)
        {
            // The reason that is judged first wins.
            if (_faults[i] is { } fault && (column < 0 || fault < reason) && FieldText.Trim(row.Field(_columns[i])).IsEmpty)
            {
                reason = fault;
                column = _columns[i];
            }
        }

        return column >= 0;
    }

    /// <summary>A line with the fields that its order carries to it, so that it can be read without the lines before it.</summary>
    /// <param name="row">The line that was looked at last.</param>
    /// <param name="delimiter">What separates its fields.</param>
    /// <param name="fault">A column that stays as it is, since what is carried is what is wrong: corrected on the first line, it is carried again; or −1.</param>
    /// <returns>The line, valid until the next call; empty where nothing is carried that can be.</returns>
    public ReadOnlySpan<byte> Fill(RecordReader row, byte delimiter, int fault)
    {
        bool isFilled = false;
        foreach (int column in _columns)
        {
            isFilled |= column != fault && Fills(row, column, out ReadOnlySpan<byte> carried) && !carried.IsEmpty;
        }

        if (!isFilled)
        {
            return default;
        }

        _filled.Clear();
        for (int i = 0; i < row.FieldCount; i++)
        {
            if (i > 0)
            {
                _filled.WriteByte(delimiter);
            }

            Write(i != fault && Fills(row, i, out ReadOnlySpan<byte> carried) ? carried : row.Field(i), delimiter);
        }

        return _filled.Written;
    }

    private bool Fills(RecordReader row, int column, out ReadOnlySpan<byte> carried) =>
        Carries(row, column, out carried) && _faults[Array.IndexOf(_columns, column)] is null;

    private RejectionReason? FaultOf(ReadOnlySpan<byte> value) =>
        value.Contains((byte)0) || !Utf8.IsValid(value) || FieldText.HasNoncharacter(value) ? RejectionReason.UnreadableText
        : value.Length > maxFieldBytes ? RejectionReason.TooLong
        : null;

    private void Write(ReadOnlySpan<byte> field, byte delimiter)
    {
        if (!field.IsEmpty && field.IndexOfAny(delimiter, Quote) < 0 && field.IndexOfAny((byte)'\r', (byte)'\n') < 0)
        {
            _filled.Append(field);
            return;
        }

        if (field.IsEmpty && delimiter != (byte)' ')
        {
            return;
        }

        _filled.WriteByte(Quote);
        foreach (byte one in field)
        {
            _filled.WriteByte(one);
            if (one == Quote)
            {
                _filled.WriteByte(Quote);
            }
        }

        _filled.WriteByte(Quote);
    }
}
