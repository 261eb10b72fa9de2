namespace Segmentation.Core.Transactions;

/// <summary>
/// Carries fields of an order from its first line to its further ones, where they are empty, as exports of line items leave them: who
/// bought, when, where, and whether the order was cancelled.
/// </summary>
/// <remarks>Only within lines of one invoice number that stand together. Not thread-safe.</remarks>
internal sealed class CarriedOrder(ColumnMapping columns)
{
    private static readonly TransactionField[] Fields =
        [TransactionField.Customer, TransactionField.Date, TransactionField.Country, TransactionField.Status, TransactionField.Type];

    private readonly int[] _columns =
        [.. Fields.Select(field => columns[field]).Append(columns.CancellationFlag).Where(static column => column >= 0).Distinct()];

    private readonly int _invoice = columns[TransactionField.Invoice];
    private readonly byte[][] _values = [.. Fields.Select(static _ => Array.Empty<byte>()), []];
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
}
