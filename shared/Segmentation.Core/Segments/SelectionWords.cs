using System.Globalization;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Segments;

/// <summary>Why a model of clusters was or was not chosen, in words: the <c>reason</c> texts of <c>model-selection.json</c>.</summary>
/// <remarks>Pure: the same figures give the same text on every machine. The rule itself is elsewhere.</remarks>
public static class SelectionWords
{
    private const int SilhouetteDecimals = 3;
    private const int StabilityDecimals = 2;
    private const int ShareDecimals = 1;

    /// <summary>Doubles have no more decimal digits that say anything.</summary>
    private const int MostDecimals = 15;

    /// <summary>Whether one candidate is admissible and, if not, every cause.</summary>
    public static string CandidateReason(CandidateFigures candidate, SelectionLimits limits, Language language) =>
        (candidate.Inadmissibility == Inadmissibility.None
            ? language.Pick("admissible", "допустима")
            : language.Pick("not admissible: ", "недопустима: ") + Causes(candidate, limits, language)) + Basis(candidate, language);

    /// <summary>Why the chosen candidate was chosen.</summary>
    /// <param name="chosen">The chosen candidate.</param>
    /// <param name="best">The admissible candidate with the best silhouette; often the chosen one.</param>
    /// <param name="nextLarger">
    /// The candidate that would be chosen with the next larger k if it were good enough, or null where no larger k was tried.
    /// </param>
    /// <param name="limits">The limits in force.</param>
    /// <param name="language">The language.</param>
    public static string ChosenReason(
        CandidateFigures chosen, CandidateFigures best, CandidateFigures? nextLarger, SelectionLimits limits, Language language)
    {
        string within = LocalNumbers.PercentLimit(1 - limits.Tolerance, language);
        string text = $"{Model(chosen, language)}: {Choice(chosen, best, within, language)} {Soundness(chosen, language)}";
        return (nextLarger is null ? text : $"{text} {FallsShort(nextLarger, best, limits, within, language)}") + BasisOfChosen(chosen, language);
    }

    /// <summary>What the gap statistic says against the clusters: that of the chosen algorithm sees but one group.</summary>
    public static string NoSeparateGroups(Language language) => language.Pick(
        "The gap statistic sees no separate groups here (k = 1): take the clusters as slices of a continuum.",
        "Gap-статистика не видит здесь отдельных групп (k = 1): считайте кластеры срезами непрерывного ряда клиентов.");

    /// <summary>Why no larger number of clusters was tried.</summary>
    /// <param name="distinct">The number of ways in which the customers differ.</param>
    /// <param name="language">The language.</param>
    public static string NoLargerK(int distinct, Language language) => language.Pick(
        $"More than {Number(distinct)} clusters cannot be formed: the customers have no more than {Number(distinct)} different sets of figures.",
        $"Больше {Number(distinct)} кластеров не получится: различных наборов показателей у клиентов всего {Number(distinct)}.");

    /// <summary>Why there is no model of clusters and the named RFM segments stand alone.</summary>
    /// <param name="cause">The cause.</param>
    /// <param name="customers">Customers that would have been clustered.</param>
    /// <param name="limits">The limits in force.</param>
    /// <param name="language">The language.</param>
    /// <param name="excluded">Customers that are in no segment, because their returns are worth at least their purchases.</param>
    /// <param name="bestStability">The best stability of the models tried; null where none is known.</param>
    public static string NoModelReason(
        NoModelCause cause, long customers, SelectionLimits limits, Language language, long excluded = 0, double? bestStability = null)
    {
        string counted = Counted.Customers(customers, language);
        string least = LocalNumbers.Count(limits.MinCustomers, language);
        string why = cause switch
        {
            NoModelCause.TooFewCustomers when customers == 0 && excluded > 0 => AllExcluded(excluded, language),
            NoModelCause.TooFewCustomers => language.Pick(
                $"{counted} {(customers == 1 ? "is" : "are")} too few for clusters (the minimum is {least}).",
                $"{counted} — слишком мало для кластеров (нужно не меньше {least})."),
            NoModelCause.NoneAdmissible => language.Pick(
                "None of the models tried is admissible: the reasons stand beside each.",
                "Ни одна из проверенных моделей не подошла: причина указана у каждой."),
            NoModelCause.NothingStable => language.Pick(
                "None of the models tried comes out the same when the customers are drawn again ("
                    + $"{TooUnstableAtBest(bestStability, limits, language)}): such clusters would be an accident.",
                "Ни одна из проверенных моделей не повторяется на новых выборках клиентов ("
                    + $"{TooUnstableAtBest(bestStability, limits, language)}): такие кластеры были бы случайностью."),
            NoModelCause.NothingToSeparate => language.Pick(
                $"The customers differ in fewer ways than the {Number(limits.MinClusters)} clusters that there must be at least.",
                $"Различий между клиентами меньше, чем наименьшее число кластеров ({Number(limits.MinClusters)})."),
            NoModelCause.SwitchedOff => language.Pick(
                "Clusters are switched off (selection.algorithms=none).",
                "Кластеры отключены (selection.algorithms=none)."),
            NoModelCause.IdenticalCustomers => language.Pick(
                "All customers have the same recency, frequency and monetary value: there is nothing to tell them apart by.",
                "У всех клиентов одинаковые давность, частота и сумма покупок: делить их не по чему."),
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "Unknown cause."),
        };
        return why + language.Pick(" The named RFM segments are used alone.", " Используются только именованные RFM-сегменты.");
    }

    /// <summary>The algorithm as people call it; a name that is not known stays as it is.</summary>
    public static string AlgorithmName(string algorithm, Language language) => algorithm switch
    {
        "k-means" => language.Pick("k-means", "k-средних"),
        "gaussian-mixture" => language.Pick("Gaussian mixture", "гауссова смесь"),
        "ward" => language.Pick("Ward", "метод Уорда"),
        _ => algorithm,
    };

    private static string Basis(CandidateFigures candidate, Language language) => candidate.FittedOn is { } points
        ? language.Pick(
            $"; fitted on {LocalNumbers.Count(points, language)} weighted points that stand for the customers",
            $"; построена по взвешенным точкам вместо самих клиентов (точек: {LocalNumbers.Count(points, language)})")
        : "";

    private static string BasisOfChosen(CandidateFigures chosen, Language language) => chosen.FittedOn is { } points
        ? language.Pick(
            $" It was fitted on {LocalNumbers.Count(points, language)} weighted points that stand for the customers.",
            $" Модель построена по взвешенным точкам вместо самих клиентов (точек: {LocalNumbers.Count(points, language)}).")
        : "";

    private static string Choice(CandidateFigures chosen, CandidateFigures best, string within, Language language)
    {
        string top = Silhouette(best, language);
        if (chosen.K == best.K)
        {
            return language.Pick(
                $"of the admissible models it has the best silhouette, {top}, and none with more clusters comes within {within} of it.",
                $"среди допустимых моделей у неё лучший силуэт, {top}, и ни одна модель с большим числом кластеров не отстаёт "
                + $"от неё менее чем на {within}.");
        }

        string k = Number(chosen.K);
        return language.Pick(
            $"of the admissible models the best silhouette is {top} at {Model(best, language)}; "
            + $"{k} is the largest k within {within} of it ({Silhouette(chosen, language)}).",
            $"среди допустимых моделей лучший силуэт — {top} при {Model(best, language)}; "
            + $"{k} — наибольшее k, которое отстаёт от него не более чем на {within} ({Silhouette(chosen, language)}).");
    }

    private static string Soundness(CandidateFigures chosen, Language language)
    {
        string stability = Figure(chosen.Stability, StabilityDecimals, language);
        string share = LocalNumbers.Percent(chosen.SmallestShare ?? double.NaN, language);
        return language.Pick(
            $"It is stable ({stability}) and its smallest cluster holds {share} of the customers.",
            $"Модель устойчива ({stability}), в наименьшем кластере {share} клиентов.");
    }

    private static string FallsShort(
        CandidateFigures next, CandidateFigures best, SelectionLimits limits, string within, Language language)
    {
        string cause = next.Inadmissibility != Inadmissibility.None
            ? Causes(next, limits, language)
            : language.Pick(
                $"its silhouette, {Silhouette(next, language)}, is more than {within} below {Silhouette(best, language)}",
                $"силуэт {Silhouette(next, language)} ниже {Silhouette(best, language)} более чем на {within}");
        return language.Pick($"{Model(next, language)} falls short: {cause}.", $"{Model(next, language)} не подходит: {cause}.");
    }

    private static string Causes(CandidateFigures candidate, SelectionLimits limits, Language language)
    {
        var causes = new List<string>();
        Add(Inadmissibility.BelowMinClusters, () => language.Pick(
            $"fewer clusters than the minimum of {Number(limits.MinClusters)}",
            $"кластеров меньше минимума ({Number(limits.MinClusters)})"));
        Add(Inadmissibility.AboveMaxClusters, () => language.Pick(
            $"more clusters than the maximum of {Number(limits.MaxClusters)}",
            $"кластеров больше максимума ({Number(limits.MaxClusters)})"));
        Add(Inadmissibility.ClusterTooSmall, () => TooSmall(candidate.SmallestShare, limits.MinShare, language));
        Add(Inadmissibility.Unstable, () => TooUnstable(candidate.Stability, limits.MinStability, language));
        Add(Inadmissibility.Undefined, () => language.Pick(
            "its figures are undefined, because clusters are empty or coincide",
            "показатели не определены, потому что кластеры пусты или совпадают"));
        return string.Join("; ", causes);

        void Add(Inadmissibility cause, Func<string> words)
        {
            if (candidate.Inadmissibility.HasFlag(cause))
            {
                causes.Add(words());
            }
        }
    }

    private static string TooSmall(double? share, double limit, Language language)
    {
        string sign = language.Pick("%", "\u202F%");
        (string held, string least) = Apart(100 * share, 100 * limit, DecimalsOf(100 * limit, ShareDecimals), language);
        return language.Pick(
            $"its smallest cluster holds {held}{sign} of the customers, less than {least}{sign}",
            $"в наименьшем кластере {held}{sign} клиентов — меньше {least}{sign}");
    }

    private static string TooUnstable(double? stability, double limit, Language language)
    {
        (string reached, string least) = Apart(stability, limit, DecimalsOf(limit, StabilityDecimals), language);
        return language.Pick($"its stability, {reached}, is below {least}", $"устойчивость {reached} ниже {least}");
    }

    // Of the numbers of clusters that may be chosen: the table shows the others too, and they are often more stable.
    private static string TooUnstableAtBest(double? best, SelectionLimits limits, Language language)
    {
        int decimals = DecimalsOf(limits.MinStability, StabilityDecimals);
        if (best is null)
        {
            string needed = Figure(limits.MinStability, decimals, language);
            return language.Pick($"a stability of at least {needed} is needed", $"нужна устойчивость не ниже {needed}");
        }

        (string reached, string least) = Apart(best, limits.MinStability, decimals, language);
        string k = limits.MinClusters == limits.MaxClusters ? Number(limits.MinClusters) : $"{Number(limits.MinClusters)}…{Number(limits.MaxClusters)}";
        return language.Pick(
            $"the best stability at k = {k} was {reached}; at least {least} is needed",
            $"лучшая устойчивость при k = {k} — {reached}, нужна не ниже {least}");
    }

    private static string AllExcluded(long excluded, Language language)
    {
        string counted = LocalNumbers.Count(excluded, language);
        return excluded == 1
            ? language.Pick(
                "The only customer is excluded: the returns are worth at least the purchases.",
                "Единственный клиент исключён: возвраты не меньше покупок.")
            : language.Pick(
                $"All {counted} customers are excluded: their returns are worth at least their purchases.",
                $"Исключены все клиенты ({counted}): возвраты у каждого не меньше покупок.");
    }

    /// <summary>A figure and its limit with as many decimals as it takes to see that they differ.</summary>
    private static (string Value, string Limit) Apart(double? value, double limit, int decimals, Language language)
    {
        string left = Figure(value, decimals, language);
        string right = Figure(limit, decimals, language);
        return string.Equals(left, right, StringComparison.Ordinal) && decimals < MostDecimals
            ? Apart(value, limit, decimals + 1, language)
            : (left, right);
    }

    /// <summary>The decimals that a limit was set with: rounded, it would be another.</summary>
    private static int DecimalsOf(double limit, int least)
    {
        const double Rounding = 1e-12;
        int decimals = least;
        while (decimals < MostDecimals && Math.Abs(LocalNumbers.Rounded(limit, decimals) - limit) > Rounding)
        {
            decimals++;
        }

        return decimals;
    }

    private static string Model(CandidateFigures candidate, Language language) =>
        $"k = {Number(candidate.K)} ({AlgorithmName(candidate.Algorithm, language)})";

    private static string Silhouette(CandidateFigures candidate, Language language) =>
        Figure(candidate.Silhouette, SilhouetteDecimals, language);

    private static string Figure(double? value, int decimals, Language language) =>
        LocalNumbers.Fixed(value ?? double.NaN, decimals, language);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
