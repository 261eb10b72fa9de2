namespace Segmentation.Core.Segments;

/// <summary>A number with the noun that agrees with it: 1 day, 2 days; 1 день, 2 дня, 5 дней, 1,5 дня.</summary>
public static class Counted
{
    /// <summary>Customers.</summary>
    public static string Customers(long count, Language language) => LocalNumbers.Count(count, language) + " "
        + language.Pick(count == 1 ? "customer" : "customers", Russian(count, "клиент", "клиента", "клиентов"));

    /// <summary>Days, to one decimal where they are not whole (a median of an even number of customers): 230.5 days.</summary>
    public static string Days(double days, Language language) => LocalNumbers.Trimmed(days, language) + " "
        + language.Pick(LocalNumbers.Rounded(days, 1) == 1 ? "day" : "days", RussianOf(days, "день", "дня", "дней"));

    // From here on half an order says nothing to a reader.
    private const double AboutOrders = 10;

    /// <summary>
    /// Orders, to one decimal where they are few and not whole (a median of an even number of customers): 1.5 orders, about 12 orders.
    /// </summary>
    public static string Orders(double orders, Language language)
    {
        if (orders > AboutOrders && !double.IsInteger(orders) && double.IsFinite(orders))
        {
            long about = (long)LocalNumbers.Rounded(orders, 0);
            return language.Pick(
                $"about {LocalNumbers.Count(about, language)} orders",
                $"около {LocalNumbers.Count(about, language)} {Russian(about, "заказа", "заказов", "заказов")}");
        }

        return LocalNumbers.Trimmed(orders, language) + " "
            + language.Pick(LocalNumbers.Rounded(orders, 1) == 1 ? "order" : "orders", RussianOf(orders, "заказ", "заказа", "заказов"));
    }

    // A fraction governs the genitive singular: 1,5 заказа.
    private static string RussianOf(double value, string one, string few, string many)
    {
        double rounded = LocalNumbers.Rounded(value, 1);
        return double.IsInteger(rounded) ? Russian((long)rounded, one, few, many) : few;
    }

    /// <summary>The Russian form that agrees with a whole number: 1, 21, 101 → one; 2…4, 22… → few; 0, 5…20, 11…14, 111… → many.</summary>
    internal static string Russian(long count, string one, string few, string many)
    {
        ulong magnitude = count < 0 ? (ulong)-(count + 1) + 1 : (ulong)count;
        return (magnitude % 100, magnitude % 10) switch
        {
            ( >= 11 and <= 14, _) => many,
            (_, 1) => one,
            (_, >= 2 and <= 4) => few,
            _ => many,
        };
    }
}
