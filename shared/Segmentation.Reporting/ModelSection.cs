using Segmentation.Core.Segments;

namespace Segmentation.Reporting;

/// <summary>Which models were tried, which was chosen, and why.</summary>
internal static class ModelSection
{
    public static void Write(ReportModel report, Page page)
    {
        if (report.Candidates.Count == 0)
        {
            return;
        }

        page.Heading(page.Say("How the groups were found", "Как найдены группы"), report.ChosenReason);
        if (report.HeldOut is { } heldOut)
        {
            page.Markup.Element("p", page.Say(
                $"Fitted anew without {page.Count(heldOut.Customers)} customers drawn at random, the model puts {page.Percent(heldOut.Agreement)} of "
                + "them into the same group.",
                $"Построенная заново без случайно отложенных клиентов ({page.Count(heldOut.Customers)}), модель относит {page.Percent(heldOut.Agreement)} "
                + "из них к той же группе."));
        }

        Column[] columns = [.. ColumnsOf(report, page)];
        using (page.Table(
            "models",
            [
                (page.Say("Model", "Модель"), false),
                .. columns.Select(column => (column.Heading, true)),
                (page.Say("Verdict", "Вывод"), false),
            ]))
        {
            foreach (ReportCandidate candidate in report.Candidates)
            {
                Row(candidate, columns, page);
            }
        }

        Legend(report, columns, page);
    }

    private static void Legend(ReportModel report, Column[] columns, Page page)
    {
        using (page.Markup.Open("div", "legend"))
        {
            foreach (Column column in columns)
            {
                Entry(column.Heading, column.Meaning);
            }

            string[] remarks = [.. report.Candidates.SelectMany(candidate => columns.Select(column => column.Remark?.Invoke(candidate) ?? ""))];
            if (remarks.Contains(Elbow(page), StringComparer.Ordinal))
            {
                Entry(Elbow(page), page.Say(
                    "from here on more groups hardly become tighter; it does not decide",
                    "дальше группы почти не становятся плотнее; на выбор не влияет"));
            }

            if (remarks.Contains(Pick(page), StringComparer.Ordinal))
            {
                Entry(Pick(page), page.Say(
                    "the number that this measure alone would take; it does not decide",
                    "число групп только по этому показателю; на выбор модели не влияет"));
            }
        }

        void Entry(string word, string meaning)
        {
            using (page.Markup.Open("div"))
            {
                page.Markup.Element("b", word);
                page.Markup.Text(" — " + meaning);
            }
        }
    }

    private static string Elbow(Page page) => page.Say("elbow", "излом");

    private static string Pick(Page page) => page.Say("pick", "выбор");

    private static IEnumerable<Column> ColumnsOf(ReportModel report, Page page)
    {
        yield return new(
            page.Say("Groups", "Групп"),
            page.Say("how many the model makes", "сколько их у модели"),
            candidate => page.Count(candidate.K),
            candidate => Criteria(candidate)?.Elbow == candidate.K ? Elbow(page) : null);
        yield return new(
            page.Say("Silhouette ↑", "Силуэт ↑"),
            page.Say(
                "how well the groups stand apart, at most 1; the choice goes by it",
                "насколько группы отделены, не больше 1; выбор идёт по нему"),
            candidate => page.Fixed(candidate.Silhouette, 3));
        yield return new(
            page.Say("Davies–Bouldin ↓", "Дэвис–Боулдин ↓"),
            page.Say("how much neighbouring groups overlap", "насколько соседние группы перекрываются"),
            candidate => page.Fixed(candidate.DaviesBouldin, 3));
        yield return new(
            page.Say("Calinski–Harabasz ↑", "Калински–Харабаш ↑"),
            page.Say("the spread between groups against that within them", "разброс между группами в сравнении с разбросом внутри"),
            candidate => page.Fixed(candidate.CalinskiHarabasz, 0));
        if (report.Candidates.Any(candidate => candidate.Gap is not null))
        {
            yield return new(
                page.Say("Gap ↑", "Разрыв (gap) ↑"),
                page.Say("how much tighter the groups are than in data without any", "насколько группы плотнее, чем в данных без групп")
                + NoGroups(report, page),
                candidate => page.Fixed(candidate.Gap, 3),
                candidate => Criteria(candidate)?.Gap == candidate.K ? Pick(page) : null);
        }

        if (report.Candidates.Any(candidate => candidate.Bic is not null))
        {
            yield return new(
                "BIC ↓",
                page.Say(
                    "how well a mixture fits, with a penalty for each parameter",
                    "насколько точна смесь, со штрафом за каждый параметр"),
                candidate => page.Fixed(candidate.Bic, 0),
                candidate => Criteria(candidate)?.Bic == candidate.K ? Pick(page) : null);
        }

        yield return new(
            page.Say("Stability ↑", "Устойчивость ↑"),
            page.Say(
                "how alike the groups stay on other samples of the customers; 1 is the same",
                "насколько группы повторяются на других выборках; 1 — полностью"),
            candidate => page.Fixed(candidate.Stability, 2));
        yield return new(
            page.Say("Smallest group", "Наименьшая группа"),
            page.Say("its part of the customers", "её доля клиентов"),
            candidate => page.Percent(candidate.SmallestShare));

        SelectionCriteria? Criteria(ReportCandidate candidate) =>
            report.Criteria.FirstOrDefault(one => string.Equals(one.Algorithm, candidate.Algorithm, StringComparison.Ordinal));
    }

    // One group is no row of the table, but the gap may point to it.
    private static string NoGroups(ReportModel report, Page page)
    {
        string[] algorithms = [.. report.Criteria.Where(one => one.Gap == 1).Select(one => SelectionWords.AlgorithmName(one.Algorithm, page.Language))];
        return algorithms.Length == 0 ? "" : page.Say("; by it alone there is but one group: ", "; если судить только по нему, группа одна: ") + string.Join(", ", algorithms);
    }

    private static void Row(ReportCandidate candidate, Column[] columns, Page page)
    {
        string name = SelectionWords.AlgorithmName(candidate.Algorithm, page.Language);
        using (page.Markup.Open("tr", candidate.Chosen ? "chosen" : null))
        {
            page.Markup.Element("td", name, "model");
            foreach (Column column in columns)
            {
                page.Number(column.Figure(candidate), column.Remark?.Invoke(candidate));
            }

            page.Markup.Element("td", candidate.Chosen ? page.Say("chosen", "выбрана") : candidate.Reason, "reason");
        }
    }

    /// <summary>A column of figures.</summary>
    /// <param name="Heading">Its heading; an arrow says which way is better.</param>
    /// <param name="Meaning">What it says, in a phrase.</param>
    /// <param name="Figure">The figure of a model.</param>
    /// <param name="Remark">What stands below it, or null.</param>
    private sealed record Column(string Heading, string Meaning, Func<ReportCandidate, string> Figure, Func<ReportCandidate, string?>? Remark = null);
}
