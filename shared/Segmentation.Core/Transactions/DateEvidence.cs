namespace Segmentation.Core.Transactions;

/// <summary>Gathers what the dates of a file say about their form, which is one for the whole file.</summary>
internal sealed class DateEvidence
{
    /// <summary>All forms that are looked for; of two that read equally many dates the earlier one wins.</summary>
    /// <remarks>So day and month that nothing tells apart are month-first with <c>/</c>, and day-first with <c>.</c> and <c>-</c>.</remarks>
    private static readonly DateFormat[] All =
    [
        new(DateOrder.YearMonthDay, (byte)'-'), new(DateOrder.YearMonthDay, (byte)'/'), new(DateOrder.YearMonthDay, (byte)'.'),
        .. new[] { false, true }.SelectMany(static isShort => new DateFormat[]
        {
            new(DateOrder.MonthDayYear, (byte)'/', isShort), new(DateOrder.DayMonthYear, (byte)'/', isShort),
            new(DateOrder.DayMonthYear, (byte)'.', isShort), new(DateOrder.MonthDayYear, (byte)'.', isShort),
            new(DateOrder.DayMonthYear, (byte)'-', isShort), new(DateOrder.MonthDayYear, (byte)'-', isShort),
        }),
        new(DateOrder.Compact), new(DateOrder.DayNameYear), new(DateOrder.NameDayYear), new(DateOrder.Unix), new(DateOrder.Excel),
    ];

    private const int Settled = 1_000;

    private static readonly DateTime FirstLikely = new(1950, 1, 1);
    private static readonly DateTime AfterLikely = new(2100, 1, 1);

    private readonly long[] _counts = new long[All.Length];
    private readonly byte[]?[] _examples = new byte[All.Length][];
    private readonly List<int> _lastReads = [];
    private byte[] _last = [];
    private int[] _looked = [.. Enumerable.Range(0, All.Length)];

    /// <summary>How many dates were not empty.</summary>
    public long Total { get; private set; }

    /// <summary>The form that reads most dates, or null when none reads any.</summary>
    public DateFormat? Best => Leader < 0 ? null : All[Leader];

    /// <summary>How many dates it reads.</summary>
    public long BestCount => Leader < 0 ? 0 : _counts[Leader];

    /// <summary>The shortest date in that form.</summary>
    public ReadOnlySpan<byte> Example => Leader < 0 ? default : _examples[Leader];

    /// <summary>Whether day-first and month-first read equally many dates.</summary>
    public bool IsUnclear => Leader >= 0 && MirrorOf(Leader) is >= 0 and int mirror && _counts[mirror] == _counts[Leader];

    /// <summary>Whether a thousand dates more speak for the form than for its mirror: more of them would not change it.</summary>
    public bool IsSettled => Leader >= 0 && (MirrorOf(Leader) is var mirror && (mirror < 0 || _counts[Leader] - _counts[mirror] >= Settled));

    /// <summary>How sure the form is.</summary>
    public Confidence Confidence =>
        Leader < 0 || IsUnclear ? Confidence.Guess
        : _looked.Length == All.Length && _counts[Leader] < Total ? Confidence.Likely
        : All[Leader].Order is DateOrder.Excel or DateOrder.Unix or DateOrder.Compact ? Confidence.Likely
        : Confidence.Certain;

    private int Leader
    {
        get
        {
            int best = -1;
            for (int i = 0; i < All.Length; i++)
            {
                best = _counts[i] > (best < 0 ? 0 : _counts[best]) ? i : best;
            }

            return best;
        }
    }

    /// <summary>From here on looks only at the two forms between which nothing has decided yet.</summary>
    public void KeepUnclear()
    {
        if (Leader >= 0)
        {
            int mirror = MirrorOf(Leader);
            _last = [];
            _looked = mirror < 0 ? [Leader] : [Math.Min(Leader, mirror), Math.Max(Leader, mirror)];
        }
    }

    // A far date speaks against a form, but for the form with the year in front, which nothing else looks like.
    private static bool IsLikely(DateFormat format, DateTime time) =>
        format.Order == DateOrder.YearMonthDay || (time >= FirstLikely && time < AfterLikely);

    /// <summary>Looks at one date.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        text = FieldText.Trim(text);
        if (text.IsEmpty)
        {
            return;
        }

        Total++;
        if (text.SequenceEqual(_last))
        {
            foreach (int i in _lastReads)
            {
                _counts[i]++;
            }

            return;
        }

        _last = text.ToArray();
        _lastReads.Clear();
        foreach (int i in _looked)
        {
            DateFormat format = All[i];
            if (IsPlausible(format, text) && format.TryRead(text, out DateTime time) && IsLikely(format, time))
            {
                _counts[i]++;
                _lastReads.Add(i);
                if (_examples[i] is not { } example || text.Length < example.Length)
                {
                    _examples[i] = text.ToArray();
                }
            }
        }
    }

    private static int MirrorOf(int index) => All[index].Mirror is { } mirror ? Array.IndexOf(All, mirror) : -1;

    /// <summary>A bare number is a date only in the digits that the form has today: eight are a date (and two, four or six more its time), nine or more a Unix time, five a sheet's.</summary>
    private static bool IsPlausible(DateFormat format, ReadOnlySpan<byte> text)
    {
        int whole = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        whole = whole < 0 ? text.Length : whole;
        bool hasOnlyFraction = whole == text.Length || text[whole] is (byte)'.' or (byte)',';
        return format.Order switch
        {
            DateOrder.Unix => hasOnlyFraction && whole is 9 or 10 or 12 or 13,
            DateOrder.Compact => whole is 8 or 10 or 12 or 14,
            DateOrder.Excel => hasOnlyFraction && whole == 5,
            _ => true,
        };
    }
}
