using System.Globalization;
using Segmentation.Numerics;

namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>Small shops with the dirt of real ones: the same seed gives the same lines.</summary>
internal static class RandomShop
{
    public const int Customers = 40;

    private static readonly string[] Products = ["85123A", "71053", "84406B", "22752", "POST", "21730", "gift_0001_20", "22633"];
    private static readonly string[] Countries = ["United Kingdom", "France", "EIRE"];

    /// <summary>Lines of about <see cref="Customers" /> customers, in the order of the invoices.</summary>
    public static IReadOnlyList<ShopLine> Lines(ulong seed)
    {
        var random = new Xoshiro256StarStar(seed);
        var lines = new List<ShopLine>();
        int invoices = Customers + random.NextInt32(Customers * 3);
        var start = new DateTime(2020, 1, 1, 9, 0, 0, DateTimeKind.Unspecified);
        for (int i = 0; i < invoices; i++)
        {
            int customer = random.NextInt32(Customers);
            bool isReturn = random.NextInt32(8) == 0;
            string invoice = string.Create(CultureInfo.InvariantCulture, $"{(isReturn ? "C" : "")}{500_000 + i}");
            string id = random.NextInt32(12) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{12_000 + customer}");
            DateTime date = start.AddDays(random.NextInt32(300)).AddMinutes(random.NextInt32(600));
            foreach (int product in Enumerable.Range(0, Products.Length).Where(_ => random.NextInt32(3) == 0))
            {
                int quantity = random.NextInt32(20) == 0 ? 0 : 1 + random.NextInt32(12);
                decimal price = random.NextInt32(20) == 0 ? 0m : (1 + random.NextInt32(2_000)) / 100m;
                var line = new ShopLine(
                    invoice, Products[product], $"ARTICLE {product}", isReturn ? -quantity : quantity, date, price, id, Countries[customer % 3]);
                lines.AddRange(Enumerable.Repeat(line, random.NextInt32(10) == 0 ? 2 : 1));
            }
        }

        return lines;
    }

    /// <summary>The same elements in another order.</summary>
    public static T[] Shuffled<T>(IEnumerable<T> elements, ulong seed)
    {
        var random = new Xoshiro256StarStar(seed);
        T[] shuffled = [.. elements];
        for (int i = shuffled.Length - 1; i > 0; i--)
        {
            int j = random.NextInt32(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }
}
