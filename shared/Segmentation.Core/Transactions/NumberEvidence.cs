namespace Segmentation.Core.Transactions;

/// <summary>Gathers what the numbers of a file say about its decimal separator.</summary>
/// <remarks>
/// A number says it when it has both separators (the last one), one of them twice (it groups), or one that is not followed by exactly three
/// digits. <c>1,234</c> says nothing. The majority decides.
/// </remarks>
internal sealed class NumberEvidence
{
    private long _commas;
    private long _points;
    private long _unclearCommas;
    private long _unclearPoints;

    /// <summary>How many numbers were seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Whether numbers like <c>1,234</c> were seen and no number says what they mean.</summary>
    public bool IsUnclear => _commas == _points && _unclearCommas + _unclearPoints > 0;

    /// <summary>How sure the separator is.</summary>
    public Confidence Confidence => IsUnclear ? Confidence.Guess : _commas > 0 && _points > 0 ? Confidence.Likely : Confidence.Certain;

    /// <summary>Whether any number says that this is the separator.</summary>
    public bool SpeaksFor(byte separator) => (separator == (byte)',' ? _commas : _points) > 0;

    /// <summary>The separator that the numbers speak for.</summary>
    /// <param name="delimiter">Where no number says anything, a semicolon between fields speaks for the comma in <c>1,234</c>.</param>
    public byte Decide(byte delimiter)
    {
        if (_commas != _points)
        {
            return _commas > _points ? (byte)',' : (byte)'.';
        }

        return delimiter == (byte)';' && _unclearCommas > 0 && _unclearPoints == 0 ? (byte)',' : (byte)'.';
    }

    /// <summary>Looks at one number.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        // The point of a currency's short name, as in 100 руб., says nothing.
        if (!NumberSigns.TryStrip(ref text, out _) || text.IsEmpty || !IsFigure(text[0]) || !IsFigure(text[^1]))
        {
            return;
        }

        Seen++;
        int last = text.LastIndexOfAny((byte)',', (byte)'.');
        if (last < 0)
        {
            return;
        }

        bool isComma = text[last] == (byte)',';
        byte other = isComma ? (byte)'.' : (byte)',';
        int digits = CountDigits(text[(last + 1)..]);
        int first = text.IndexOf(text[last]);
        if (text[..last].Contains(other))
        {
            Vote(isComma);
        }
        else if (first != last)
        {
            Vote(!isComma);
        }
        else if (digits != 3 || IsNoGroup(text[..last]))
        {
            Vote(isComma);
        }
        else
        {
            _unclearCommas += isComma ? 1 : 0;
            _unclearPoints += isComma ? 0 : 1;
        }
    }

    /// <summary>
    /// Whether one column's numbers do not go with the separator that all numbers speak for: those that tell anything tell the other, or all
    /// have exactly three digits behind the other, as weights and pieces have in exports of accounting systems.
    /// </summary>
    public bool Contradicts(byte decided)
    {
        bool isComma = decided == (byte)',';
        long unclear = isComma ? _unclearPoints : _unclearCommas;
        long against = isComma ? _points : _commas;
        long speaksFor = isComma ? _commas : _points;
        return unclear > 0 && speaksFor == 0 && (against > 0 || unclear == Seen);
    }

    private static bool IsFigure(byte b) => b is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)',';

    private void Vote(bool forComma)
    {
        _commas += forComma ? 1 : 0;
        _points += forComma ? 0 : 1;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    /// <summary>What stands before a group's separator is one to three digits, the first of them no zero.</summary>
    private static bool IsNoGroup(ReadOnlySpan<byte> whole)
    {
        int start = whole.IndexOfAnyInRange((byte)'0', (byte)'9');
        return start < 0 || whole[start] == (byte)'0' || whole.Length - start > 3;
    }
}
