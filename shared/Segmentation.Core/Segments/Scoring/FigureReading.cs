using System.Buffers;
using System.Globalization;
using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments.Scoring;

/// <summary>Reads the figures of a customer as they are written, with the same limits and the same words wherever they come from.</summary>
public static class FigureReading
{
    private const int LongestShown = 40;
    private const int MoneyDecimals = 6;

    private static readonly SearchValues<char> Written = SearchValues.Create("0123456789.+-eE");

    /// <summary>Days since the last order.</summary>
    public static (int Value, string? Fault) RecencyDays(string written)
    {
        (long days, string? fault) = Whole(written, 0, CustomerFigures.MostRecencyDays);
        return ((int)days, fault);
    }

    /// <summary>Orders.</summary>
    public static (long Value, string? Fault) Frequency(string written) => Whole(written, 1, CustomerFigures.MostOrders);

    /// <summary>Spend, rounded half to even at the sixth decimal: who spent less than a millionth is in no segment.</summary>
    public static (Money Value, string? Fault) Monetary(string written) =>
        TryRead(written, out DecimalNumber number) && number.Mantissa > 0 && IsAtLeastAMillionth(number)
            ? (number.ToMoney(), null)
            : (Money.Zero, $"Found {Shown(written)}, expected an amount from 0.000001 to less than 1e15: customers whose returns are worth "
                + "at least their purchases are in no segment.");

    private static (long Value, string? Fault) Whole(string written, long least, long most) =>
        TryRead(written, out DecimalNumber number) && number.Scale == 0 && number.Mantissa >= least && number.Mantissa <= most
            ? (number.Mantissa, null)
            : (0, string.Create(CultureInfo.InvariantCulture, $"Found {Shown(written)}, expected a whole number from {least} to {most}."));

    private static bool TryRead(string written, out DecimalNumber number)
    {
        number = default;
        return !written.AsSpan().ContainsAnyExcept(Written)
            && NumberReader.TryRead(Encoding.ASCII.GetBytes(written), (byte)'.', out number);
    }

    // Before it is rounded: six tenths of a millionth are none.
    private static bool IsAtLeastAMillionth(DecimalNumber number)
    {
        long mantissa = number.Mantissa;
        for (int scale = number.Scale; scale > MoneyDecimals; scale--)
        {
            mantissa /= 10;
        }

        return mantissa > 0;
    }

    private static string Shown(string written) => written.Length == 0 ? "nothing" : written.Length <= LongestShown ? written : written[..LongestShown] + "…";
}
