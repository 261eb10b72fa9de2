namespace Segmentation.Core.Transactions;

/// <summary>What values of rejected rows that are not in the file's form say of another form: alone, they would be taken for the rule.</summary>
internal sealed class StrayValues(DetectedDialect dialect)
{
    private static readonly TransactionField[] Numbers = [TransactionField.Quantity, TransactionField.Price, TransactionField.Amount];

    private readonly DateEvidence _dates = new();
    private readonly NumberEvidence _numbers = new();
    private readonly int _date = dialect.Columns[TransactionField.Date];
    private readonly int[] _columns = [.. Numbers.Select(field => dialect.Columns[field]).Where(static column => column >= 0)];

    /// <summary>Whether a date was written in another form that is known.</summary>
    public bool HaveDates => _dates.Best is not null;

    /// <summary>Whether a number speaks for the other decimal separator.</summary>
    public bool HaveNumbers => _numbers.SpeaksFor(dialect.DecimalSeparator == (byte)',' ? (byte)'.' : (byte)',');

    /// <summary>Looks at a rejected row, as the detection of its form would.</summary>
    public void Look(RecordReader row)
    {
        if (row.FieldCount < dialect.Columns.Count)
        {
            return;
        }

        if (!dialect.Dates.TryRead(row.Field(_date), out _))
        {
            _dates.Add(row.Field(_date));
        }

        foreach (int column in _columns)
        {
            if (!NumberReader.TryRead(row.Field(column), dialect.DecimalSeparator, out _))
            {
                _numbers.Add(row.Field(column));
            }
        }
    }
}
