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
                [
                    .. report.EarlierRevenue is { } earlier ? [Earlier(earlier, page)] : Array.Empty<(string, double?, string, bool)>(),
                    .. report.Months.Select(month => (page.Month(month.Month), (double?)month.Revenue, page.Amount(month.Revenue), month.Partial)),
                ],
                page);
            Bars(
                page.Say("Largest countries", "Крупнейшие страны"),
                [
                    .. report.Countries.Select(country =>
                        (country.Name, (double?)country.Revenue, $"{page.Amount(country.Revenue)} · {page.Percent(country.Share)}", false)),
                ],
                page);
        }
    }

    // Without a bar: the sum of many months would dwarf each of the others.
    private static (string Name, double? Value, string Text, bool Partial) Earlier(double revenue, Page page) =>
        (page.Say("Earlier", "Ранее"), null, page.Amount(revenue), false);

    private static void Bars(string title, (string Name, double? Value, string Text, bool Partial)[] rows, Page page)
    {
        if (rows.Length == 0)
        {
            return;
        }

        double largest = rows.Max(row => row.Value) ?? 0;
        using (page.Markup.Open("section", "card"))
        {
            page.Markup.Element("h3", title);
            page.Markup.Element("p", "");
            using (page.Markup.Open("div", "sales"))
            {
                foreach ((string name, double? value, string text, bool partial) in rows)
                {
                    page.Markup.Element("span", name);
                    if (value is { } length)
                    {
                        page.Markup.Bar(largest > 0 ? length / largest : 0, partial ? "money faint" : "money");
                    }
                    else
                    {
                        page.Markup.Element("span", "");
                    }

                    page.Markup.Element("b", text);
                }
            }
        }
    }
}
