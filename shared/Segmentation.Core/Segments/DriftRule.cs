namespace Segmentation.Core.Segments;

/// <summary>Why the figures of two runs may differ without anything being wrong.</summary>
public enum ExpectedChange
{
    /// <summary>Nothing but new data.</summary>
    None,

    /// <summary>An upload was withdrawn.</summary>
    Withdrawal,

    /// <summary>Options differ that decide what counts.</summary>
    Options,
}

/// <summary>Decides whether a run drifted so far that it should not replace the current one by itself.</summary>
/// <remarks>
/// Judged are frequency, monetary and the value of an order, by the population stability index, and the customers who are gone. Recency
/// is shown and not judged: in a store with a short history a month alone moves it past every limit. What a person did on purpose is not
/// held back.
/// </remarks>
public static class DriftRule
{
    /// <summary>From this index on the population is another. Ordinary months of a growing store stay below 0.05.</summary>
    public const double LargePsi = 0.2;

    /// <summary>Customers do not go by themselves: more than this part of them gone means that data are missing.</summary>
    public const double LargeGoneShare = 0.2;

    /// <summary>Of fewer customers a few orders change every share.</summary>
    public const int LeastCustomers = 100;

    private const int Decimals = 2;

    /// <summary>The verdict.</summary>
    /// <param name="features">The index of each measure; empty where the previous run kept no distribution.</param>
    /// <param name="before">Customers of the previous run.</param>
    /// <param name="gone">Those of them who are gone.</param>
    /// <param name="expected">What a person changed.</param>
    /// <param name="language">The language of the reasons.</param>
    public static DriftVerdict Judge(
        IReadOnlyList<FeatureDrift> features, long before, long gone, ExpectedChange expected, Language language)
    {
        double goneShare = before == 0 ? 0 : (double)gone / before;
        if (WhyNotJudged(before, expected, language) is { } why)
        {
            return new DriftVerdict(features, goneShare, IsLarge: false, [why]);
        }

        var reasons = new List<string>();
        foreach (FeatureDrift feature in features.Where(feature => IsJudged(feature.Measure) && feature.Psi >= LargePsi))
        {
            string psi = LocalNumbers.Fixed(feature.Psi, Decimals, language);
            string limit = LocalNumbers.Fixed(LargePsi, Decimals, language);
            reasons.Add(language.Pick(
                $"The distribution of {Name(feature.Measure, language)} is another than in the previous run (population stability index {psi}; the limit is {limit}).",
                $"Распределение показателя «{Name(feature.Measure, language)}» не такое, как в прошлом расчёте (индекс стабильности {psi}, предел {limit})."));
        }

        if (goneShare > LargeGoneShare)
        {
            string share = LocalNumbers.Percent(goneShare, language);
            string limit = LocalNumbers.PercentLimit(LargeGoneShare, language);
            reasons.Add(language.Pick(
                $"{share} of the customers of the previous run are gone; the limit is {limit}.",
                $"Исчезли {share} клиентов прошлого расчёта; предел — {limit}."));
        }

        return new DriftVerdict(features, goneShare, reasons.Count > 0, reasons);
    }

    /// <summary>A measure as people call it.</summary>
    public static string Name(string measure, Language language) => measure switch
    {
        "recency" => language.Pick("recency", "давность заказа"),
        "frequency" => language.Pick("orders a customer", "число заказов"),
        "monetary" => language.Pick("spend a customer", "сумма покупок"),
        FeatureBaseline.OrderValue => language.Pick("order value", "сумма заказа"),
        _ => measure,
    };

    /// <summary>Whether a measure is judged.</summary>
    public static bool IsJudged(string measure) => measure != "recency";

    private static string? WhyNotJudged(long before, ExpectedChange expected, Language language) => expected switch
    {
        ExpectedChange.Withdrawal => language.Pick(
            "Not judged: an upload was withdrawn since the previous run.", "Не оценивалось: с прошлого расчёта отозвана загрузка."),
        ExpectedChange.Options => language.Pick(
            "Not judged: the options that decide what counts differ from those of the previous run.",
            "Не оценивалось: настройки, от которых зависят показатели, не те, что в прошлом расчёте."),
        _ when before < LeastCustomers => language.Pick(
            $"Not judged: the previous run has fewer than {LocalNumbers.Count(LeastCustomers, language)} customers.",
            $"Не оценивалось: в прошлом расчёте меньше {LocalNumbers.Count(LeastCustomers, language)} клиентов."),
        _ => null,
    };
}
