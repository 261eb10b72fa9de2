using System.Globalization;
using Segmentation.Numerics;

namespace Segmentation.Testing.Forms;

/// <summary>A line of the small shop that is written in many forms.</summary>
internal sealed record FormLine(string Invoice, string Product, int Article, int Quantity, DateTime Time, decimal Price, string Customer)
{
    /// <summary>Whether its quantity is written as no number.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Some orders of eight customers with returns, rows without a customer and rows of price zero.</summary>
    public static IReadOnlyList<FormLine> Shop { get; } = Make();

    private static List<FormLine> Make()
    {
        var random = new Xoshiro256StarStar(7);
        var lines = new List<FormLine>();
        for (int order = 0; order < 60; order++)
        {
            bool isReturn = order % 11 == 10;
            string invoice = string.Create(CultureInfo.InvariantCulture, $"{(isReturn ? "C" : "")}{536_365 + order}");
            string customer = order % 13 == 12 ? "" : string.Create(CultureInfo.InvariantCulture, $"{17_850 + (order * 7 % 8)}");
            DateTime time = new DateTime(2010, 12, 1, 0, 26, 0, DateTimeKind.Unspecified).AddDays(order * 5).AddHours(8 + (order % 9));
            for (int line = 0; line <= order % 3; line++)
            {
                int article = (order + line) * 5 % 12;
                int quantity = 1 + random.NextInt32(9);
                decimal price = order % 17 == 16 ? 0m : 1.25m + article + (article == 11 ? 1_500m : 0m);
                lines.Add(new FormLine(invoice, string.Create(CultureInfo.InvariantCulture, $"{84_400 + article}B"), article, isReturn ? -quantity : quantity, time, price, customer));
            }
        }

        return lines;
    }
}
