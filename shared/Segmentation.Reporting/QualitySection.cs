using Segmentation.Core.Workflow.Results;

namespace Segmentation.Reporting;

/// <summary>What is suspicious in the data, and what to do about it.</summary>
internal static class QualitySection
{
    private const string Warning = "warning";

    public static void Write(ReportModel report, Page page)
    {
        page.Heading(
            page.Say("Is the data sound?", "Можно ли верить данным?"),
            report.Quality.Findings.Count == 0
                ? page.Say("Nothing suspicious was found.", "Ничего подозрительного не найдено.")
                : page.Say(
                    "Found, shown, and left as it is: nothing below was changed or left out by itself.",
                    "Найдено и показано, но не изменено: ничто из перечисленного не исправлено и не исключено само собой."));
        if (report.Quality.Findings.Count == 0)
        {
            return;
        }

        using (page.Table(
            (page.Say("Found", "Найдено"), false),
            (page.Say("What to do", "Что делать"), false)))
        {
            foreach (QualityEntry finding in report.Quality.Findings)
            {
                using (page.Markup.Open("tr"))
                {
                    page.Markup.Element("td", finding.Text, finding.Severity == Warning ? "alert" : null);
                    page.Markup.Element("td", finding.Advice, "soft");
                }
            }
        }
    }
}
