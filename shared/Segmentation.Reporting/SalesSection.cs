namespace Segmentation.Reporting;

/// <summary>Sales by month and by country, as bars against the largest.</summary>
internal static class SalesSection
{
    public static void Write(ReportModel report, Page page)
    {
        if (report.Months.Count == 0 && report.Countries.Count == 0)
        {
            return;
        }

        page.Heading(
            page.Say("Sales", "Продажи"),
            page.Say(
                "Kept sales, before returns. A pale bar is a month that the data does not cover in full.",
                "Учтённые продажи без вычета возвратов. Бледный столбец — месяц, который данные охватывают не целиком."));
        using (page.Markup.Open("div", "halves"))
        {
            Bars(
                page.Say("By month", "По месяцам"),
                [.. report.Months.Select(month => (page.Month(month.Month), month.Revenue, page.Amount(month.Revenue), month.Partial))],
                page);
            Bars(
                page.Say("Largest countries", "Крупнейшие страны"),
                [
                    .. report.Countries.Select(country =>
                        (country.Name, country.Revenue, $"{page.Amount(country.Revenue)} · {page.Percent(country.Share)}", false)),
                ],
                page);
        }
    }

    private static void Bars(string title, (string Name, double Value, string Text, bool Partial)[] rows, Page page)
    {
        if (rows.Length == 0)
        {
            return;
        }

        double largest = rows.Max(row => row.Value);
        using (page.Markup.Open("section", "card"))
        {
            page.Markup.Element("h3", title);
            page.Markup.Element("p", "");
            using (page.Markup.Open("div", "sales"))
            {
                foreach ((string name, double value, string text, bool partial) in rows)
                {
                    page.Markup.Element("span", name);
                    page.Markup.Bar(largest > 0 ? value / largest : 0, partial ? "money faint" : "money");
                    page.Markup.Element("b", text);
                }
            }
        }
    }
}
