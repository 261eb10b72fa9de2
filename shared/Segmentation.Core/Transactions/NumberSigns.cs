using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>What stands around the digits of a number: blanks, currency signs, a sign before or after, brackets.</summary>
internal static class NumberSigns
{
    private static readonly byte[][] Currencies =
    [
        .. new[] { "$", "€", "£", "¥", "₽", "₴", "₹", "₺", "₸", "₩", "zł", "kr.", "kr", "Kč", "руб.", "руб", "Руб.", "Руб", "РУБ.", "РУБ", "р.", "р", "грн.", "грн", "тг.", "тг", "Rs.", "Rs",
            "RS.", "RS", "R$", "US$", "USD", "EUR", "GBP", "RUB", "RUR", "INR", "BRL", "CHF", "PLN", "UAH", "KZT" }
            .OrderByDescending(static sign => sign.Length).ThenBy(static sign => sign, StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Takes off blanks, currency signs, one sign and one pair of brackets from both ends, in any order.</summary>
    public static bool TryStrip(ref ReadOnlySpan<byte> text, out bool negative)
    {
        bool signed = false;
        bool opened = false;
        bool closed = false;
        negative = false;
        text = FieldText.Trim(text);
        if (text.Length > 3 && text.StartsWith("=\""u8) && text[^1] == (byte)'"')
        {
            // What sheets are given so that they keep a number as text.
            text = text[2..^1];
        }

        while (!text.IsEmpty)
        {
            int before = text.Length;
            text = FieldText.Trim(text);
            if (text.IsEmpty)
            {
                return false;
            }

            int minus = text[0] == (byte)'-' ? 1 : text.StartsWith("−"u8) ? 3 : 0;
            if (!signed && !opened && (minus > 0 || text[0] == (byte)'+'))
            {
                signed = true;
                negative = minus > 0;
                text = text[Math.Max(minus, 1)..];
            }
            else if (!signed && !opened && text[0] == (byte)'(')
            {
                opened = true;
                negative = true;
                text = text[1..];
            }
            else if (opened && !closed && text[^1] == (byte)')')
            {
                closed = true;
                text = text[..^1];
            }
            else if (!signed && !opened && text[^1] == (byte)'-')
            {
                signed = true;
                negative = true;
                text = text[..^1];
            }
            else
            {
                StripCurrency(ref text);
            }

            if (text.Length == before)
            {
                break;
            }
        }

        return opened == closed;
    }

    private static void StripCurrency(ref ReadOnlySpan<byte> text)
    {
        foreach (byte[] sign in Currencies)
        {
            if (text.StartsWith(sign))
            {
                text = text[sign.Length..];
                return;
            }

            if (text.EndsWith(sign))
            {
                text = text[..^sign.Length];
                return;
            }
        }
    }
}
