using Segmentation.Core.Rfm;

namespace Segmentation.Core.Segments;

/// <summary>Conditions in words, as a marketer would put them into a filter.</summary>
internal static class RuleWords
{
    public static string Text(IReadOnlyList<RuleCondition> conditions, Language language)
    {
        string text = string.Join(
            language.Pick(", ", ", "),
            conditions.Select(condition => condition.Measure switch
            {
                _ when condition.Measure == CustomerMeasures.Names[0] => Recency(condition, language),
                _ when condition.Measure == CustomerMeasures.Names[1] => Frequency(condition, language),
                _ => Monetary(condition, language),
            }));
        return char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }

    private static string Recency(RuleCondition condition, Language language) => (condition.AtLeast, condition.AtMost) switch
    {
        ({ } least, { } most) when least == most => language.Pick(
            $"last order {Counted.Days(most, language)} ago", $"последний заказ {Counted.Days(most, language)} назад"),
        ({ } least, { } most) => language.Pick(
            $"last order {Whole(least, language)} to {Counted.Days(most, language)} ago",
            $"последний заказ от {Whole(least, language)} до {DaysOf(most, language)} назад"),
        (null, { } most) => language.Pick(
            $"last order at most {Counted.Days(most, language)} ago", $"последний заказ не более {DaysOf(most, language)} назад"),
        ({ } least, null) => language.Pick(
            $"last order at least {Counted.Days(least, language)} ago", $"последний заказ не менее {DaysOf(least, language)} назад"),
        _ => throw new ArgumentException("A condition without ends says nothing.", nameof(condition)),
    };

    private static string Frequency(RuleCondition condition, Language language) => (condition.AtLeast, condition.AtMost) switch
    {
        ({ } least, { } most) when least == most => language.Pick(
            $"exactly {Counted.Orders(most, language)}", $"ровно {Counted.Orders(most, language)}"),
        ({ } least, { } most) => language.Pick(
            $"{Whole(least, language)} to {Counted.Orders(most, language)}", $"от {Whole(least, language)} до {OrdersOf(most, language)}"),
        (null, { } most) => language.Pick($"at most {Counted.Orders(most, language)}", $"не больше {OrdersOf(most, language)}"),
        ({ } least, null) => language.Pick($"at least {Counted.Orders(least, language)}", $"не меньше {OrdersOf(least, language)}"),
        _ => throw new ArgumentException("A condition without ends says nothing.", nameof(condition)),
    };

    private static string Monetary(RuleCondition condition, Language language) => (condition.AtLeast, condition.AtMost) switch
    {
        ({ } least, { } most) => language.Pick(
            $"{Amount(least, language)} to {Amount(most, language)} spent in total",
            $"сумма покупок от {Amount(least, language)} до {Amount(most, language)}"),
        (null, { } most) => language.Pick(
            $"at most {Amount(most, language)} spent in total", $"сумма покупок не больше {Amount(most, language)}"),
        ({ } least, null) => language.Pick(
            $"at least {Amount(least, language)} spent in total", $"сумма покупок от {Amount(least, language)}"),
        _ => throw new ArgumentException("A condition without ends says nothing.", nameof(condition)),
    };

    // After "не более", "от", "до" and the like a number governs the genitive: 1 дня, 2 дней, 21 дня.
    private static string DaysOf(double days, Language language) =>
        $"{Whole(days, language)} {Counted.Russian((long)days, "дня", "дней", "дней")}";

    private static string OrdersOf(double orders, Language language) =>
        $"{Whole(orders, language)} {Counted.Russian((long)orders, "заказа", "заказов", "заказов")}";

    private static string Whole(double value, Language language) => LocalNumbers.Count((long)value, language);

    private static string Amount(double value, Language language) => LocalNumbers.Amount(value, language);
}
