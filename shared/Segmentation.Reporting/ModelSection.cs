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

        using (page.Table(
            (page.Say("Model", "Модель"), false),
            (page.Say("Groups", "Групп"), true),
            (page.Say("Silhouette ↑", "Силуэт ↑"), true),
            (page.Say("Davies–Bouldin ↓", "Дэвис–Боулдин ↓"), true),
            (page.Say("Calinski–Harabasz ↑", "Калински–Харабаш ↑"), true),
            (page.Say("Stability ↑", "Устойчивость ↑"), true),
            (page.Say("Smallest group", "Меньшая группа"), true),
            (page.Say("Verdict", "Вывод"), false)))
        {
            foreach (ReportCandidate candidate in report.Candidates)
            {
                Row(candidate, page);
            }
        }
    }

    private static void Row(ReportCandidate candidate, Page page)
    {
        string name = SelectionWords.AlgorithmName(candidate.Algorithm, page.Language);
        using (page.Markup.Open("tr", candidate.Chosen ? "chosen" : null))
        {
            page.Markup.Element("td", name, "model");
            page.Number(page.Count(candidate.K));
            page.Number(page.Fixed(candidate.Silhouette, 3));
            page.Number(page.Fixed(candidate.DaviesBouldin, 3));
            page.Number(page.Fixed(candidate.CalinskiHarabasz, 0));
            page.Number(page.Fixed(candidate.Stability, 2));
            page.Number(page.Percent(candidate.SmallestShare));
            page.Markup.Element("td", candidate.Chosen ? page.Say("chosen", "выбрана") : candidate.Reason, "reason");
        }
    }
}
