using Segmentation.Core.Segments;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Tests.Segments;

public sealed class SelectionWordsTests
{
    private static readonly SelectionLimits Limits = new(3, 10, 0.02, 0.80, 50);
    private static readonly CandidateFigures Three = new("k-means", 3, 0.3381, 0.95, 0.17, Inadmissibility.None);
    private static readonly CandidateFigures Four = new("ward", 4, 0.3358, 0.93, 0.12, Inadmissibility.None);
    private static readonly CandidateFigures Five = new("k-means", 5, 0.3185, 0.90, 0.08, Inadmissibility.None);

    [Fact]
    public void The_choice_names_the_best_silhouette_the_tolerance_and_what_stops_a_larger_k()
    {
        Assert.Equal(
            "k = 4 (Ward): of the admissible models the best silhouette is 0.338 at k = 3 (k-means); 4 is the largest k within 2% of it "
            + "(0.336). It is stable (0.93) and its smallest cluster holds 12.0% of the customers. k = 5 (k-means) falls short: its "
            + "silhouette, 0.319, is more than 2% below 0.338.",
            SelectionWords.ChosenReason(Four, Three, Five, Limits, Language.English));
        Assert.Equal(
            "k = 4 (метод Уорда): среди допустимых моделей лучший силуэт — 0,338 при k = 3 (k-средних); 4 — наибольшее k, которое отстаёт "
            + "от него не более чем на 2\u202F% (0,336). Модель устойчива (0,93), в наименьшем кластере 12,0\u202F% клиентов. k = 5 "
            + "(k-средних) не подходит: силуэт 0,319 ниже 0,338 более чем на 2\u202F%.",
            SelectionWords.ChosenReason(Four, Three, Five, Limits, Language.Russian));
    }

    [Fact]
    public void A_choice_that_is_the_best_itself_says_so_and_needs_no_larger_k() => Assert.Equal(
        "k = 3 (k-means): of the admissible models it has the best silhouette, 0.338, and none with more clusters comes within 2% of it. "
        + "It is stable (0.95) and its smallest cluster holds 17.0% of the customers.",
        SelectionWords.ChosenReason(Three, Three, null, Limits, Language.English));

    [Fact]
    public void An_inadmissible_larger_k_falls_short_for_its_own_cause() => Assert.EndsWith(
        "k = 5 (k-means) falls short: its stability, 0.71, is below 0.80.",
        SelectionWords.ChosenReason(
            Four, Three, Five with { Stability = 0.71, Inadmissibility = Inadmissibility.Unstable }, Limits, Language.English),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(Inadmissibility.None, "admissible", "допустима")]
    [InlineData(Inadmissibility.BelowMinClusters, "not admissible: fewer clusters than the minimum of 3", "недопустима: кластеров меньше минимума (3)")]
    [InlineData(Inadmissibility.AboveMaxClusters, "not admissible: more clusters than the maximum of 10", "недопустима: кластеров больше максимума (10)")]
    [InlineData(
        Inadmissibility.ClusterTooSmall | Inadmissibility.Unstable,
        "not admissible: its smallest cluster holds 1.2% of the customers, less than 2.0%; its stability, 0.71, is below 0.80",
        "недопустима: в наименьшем кластере 1,2\u202F% клиентов — меньше 2,0\u202F%; устойчивость 0,71 ниже 0,80")]
    [InlineData(
        Inadmissibility.Undefined,
        "not admissible: its figures are undefined, because clusters are empty or coincide",
        "недопустима: показатели не определены, потому что кластеры пусты или совпадают")]
    public void Every_cause_of_inadmissibility_is_named(Inadmissibility causes, string english, string russian)
    {
        var candidate = new CandidateFigures("k-means", 2, 0.4, 0.71, 0.012, causes);

        Assert.Equal(english, SelectionWords.CandidateReason(candidate, Limits, Language.English));
        Assert.Equal(russian, SelectionWords.CandidateReason(candidate, Limits, Language.Russian));
    }

    [Fact]
    public void A_figure_just_below_its_limit_is_shown_with_enough_decimals_to_see_it() => Assert.Equal(
        "not admissible: its stability, 0.7998, is below 0.8000",
        SelectionWords.CandidateReason(
            Three with { Stability = 0.79984, Inadmissibility = Inadmissibility.Unstable }, Limits, Language.English));

    [Fact]
    public void A_stability_without_value_is_a_dash() => Assert.Equal(
        "not admissible: its stability, –, is below 0.80",
        SelectionWords.CandidateReason(
            Three with { Stability = null, Inadmissibility = Inadmissibility.Unstable }, Limits, Language.English));

    [Theory]
    [InlineData(NoModelCause.TooFewCustomers, 49, "49 customers are too few for clusters (the minimum is 50). ", "49 клиентов — слишком мало для кластеров (нужно не меньше 50). ")]
    [InlineData(NoModelCause.TooFewCustomers, 1, "1 customer is too few for clusters", "1 клиент — слишком мало для кластеров")]
    [InlineData(NoModelCause.NoneAdmissible, 900, "None of the models tried is admissible", "Ни одна из проверенных моделей не подошла")]
    [InlineData(NoModelCause.NothingStable, 900, "None of the models tried comes out the same", "Ни одна из проверенных моделей не повторяется")]
    [InlineData(NoModelCause.NothingToSeparate, 900, "The customers differ in fewer ways than the 3 clusters", "Различий между клиентами меньше")]
    [InlineData(NoModelCause.SwitchedOff, 900, "Clusters are switched off (selection.algorithms=none)", "Кластеры отключены (selection.algorithms=none)")]
    [InlineData(NoModelCause.IdenticalCustomers, 900, "All customers have the same recency", "У всех клиентов одинаковые давность")]
    public void Without_a_model_the_reason_says_what_is_used_instead(NoModelCause cause, long customers, string english, string russian)
    {
        string inEnglish = SelectionWords.NoModelReason(cause, customers, Limits, Language.English);
        string inRussian = SelectionWords.NoModelReason(cause, customers, Limits, Language.Russian);

        Assert.StartsWith(english, inEnglish, StringComparison.Ordinal);
        Assert.EndsWith("The named RFM segments are used alone.", inEnglish, StringComparison.Ordinal);
        Assert.StartsWith(russian, inRussian, StringComparison.Ordinal);
        Assert.EndsWith("Используются только именованные RFM-сегменты.", inRussian, StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_who_are_all_excluded_are_not_called_too_few()
    {
        string reason = SelectionWords.NoModelReason(NoModelCause.TooFewCustomers, 0, Limits, Language.English, excluded: 7);
        Assert.StartsWith("All 7 customers are excluded: their returns are worth at least their purchases. ", reason, StringComparison.Ordinal);
        Assert.StartsWith("0 customers are too few", SelectionWords.NoModelReason(NoModelCause.TooFewCustomers, 0, Limits, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void What_stability_was_reached_and_what_is_needed_are_told_apart() => Assert.Contains(
        "(the best stability at k = 3…10 was 0.74; at least 0.80 is needed)",
        SelectionWords.NoModelReason(NoModelCause.NothingStable, 51, Limits, Language.English, bestStability: 0.741),
        StringComparison.Ordinal);

    [Fact]
    public void A_limit_is_shown_with_the_decimals_that_it_was_set_with()
    {
        SelectionLimits strict = Limits with { MaxClusters = 3, MinStability = 0.999, MinShare = 0.0005 };
        Assert.Contains(
            "(лучшая устойчивость при k = 3 — 0,861, нужна не ниже 0,999)",
            SelectionWords.NoModelReason(NoModelCause.NothingStable, 51, strict, Language.Russian, bestStability: 0.8612),
            StringComparison.Ordinal);
        Assert.Contains(
            "a stability of at least 0.999 is needed", SelectionWords.NoModelReason(NoModelCause.NothingStable, 51, strict, Language.English), StringComparison.Ordinal);
        Assert.Equal(
            "not admissible: its smallest cluster holds 0.02% of the customers, less than 0.05%; its stability, 0.710, is below 0.999",
            SelectionWords.CandidateReason(
                Three with { Stability = 0.71, SmallestShare = 0.0002, Inadmissibility = Inadmissibility.ClusterTooSmall | Inadmissibility.Unstable },
                strict,
                Language.English));
    }
}
