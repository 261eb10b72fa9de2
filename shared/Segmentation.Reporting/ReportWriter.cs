using System.Globalization;
using Segmentation.Core.Segments;

namespace Segmentation.Reporting;

/// <summary>Writes the report: one HTML file that opens offline, without scripts, and is well-formed as XML too.</summary>
/// <remarks>
/// Pure: the same model gives the same bytes. Everything supplied by customers is escaped, and a content security policy forbids the
/// page to load or run anything.
/// </remarks>
public static class ReportWriter
{
    /// <summary>The report as text.</summary>
    public static string Write(ReportModel report)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Write(report, output);
        return output.ToString();
    }

    /// <summary>Writes the report to an open writer, which stays open.</summary>
    public static void Write(ReportModel report, TextWriter output)
    {
        output.Write("<!DOCTYPE html>\n");
        var markup = new Markup(output);
        var page = new Page(markup, report.Language);
        using (markup.Open("html", null, ("lang", report.Language.Code())))
        {
            Head(report, markup);
            using (markup.Open("body"))
            {
                Header(report, page);
                using (markup.Open("main"))
                {
                    HeldBack(report, page);
                    Warnings(report, page);
                    SegmentSections.Clusters(report, page);
                    SegmentSections.Named(report, page);
                    TransitionSection.Write(report, page);
                    ModelSection.Write(report, page);
                    CategorySection.Write(report, page);
                    SalesSection.Write(report, page);
                    QualitySection.Write(report, page);
                    LedgerSection.Write(report, page);
                    ReadingSection.Write(page);
                }

                using (markup.Open("footer"))
                {
                    markup.Text(page.Say("Run ", "Расчёт ") + report.RunId);
                }
            }
        }
    }

    private static void Head(ReportModel report, Markup markup)
    {
        using (markup.Open("head"))
        {
            markup.Void("meta", ("charset", "utf-8"));
            markup.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            markup.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'"));
            markup.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
            markup.Element("title", report.Title);
            markup.Style(ReportStyle.Css);
        }
    }

    private static void Header(ReportModel report, Page page)
    {
        Markup markup = page.Markup;
        using (markup.Open("header"))
        {
            markup.Element("h1", report.Title);
            markup.Element("p", page.Say("Customer segments as of ", "Сегменты клиентов на ") + page.Date(report.AsOf), "soft");
            using (markup.Open("div", "tiles"))
            {
                Tile(page, page.Count(report.Customers), page.Say("customers", "всего клиентов"));
                Tile(page, page.Exact(report.Revenue), page.Say("their spend", "их покупки"));
                if (Best(report) is { } best)
                {
                    Tile(
                        page,
                        page.Percent(best.RevenueShare),
                        page.Say("of revenue comes from ", "выручки приносят ") + page.Percent(best.Share)
                        + page.Say(" of customers: ", " клиентов: ") + best.Name);
                }

                if (report.Excluded > 0)
                {
                    Tile(page, page.Count(report.Excluded), page.Say(
                        "more left out: they returned at least as much as they bought", "не учтено: вернули не меньше, чем купили"));
                }
            }
        }
    }

    private static SegmentProfile? Best(ReportModel report) => SegmentSections.ByValue(report, SegmentProfile.ClusterKind)
        .Concat(SegmentSections.ByValue(report, SegmentProfile.NamedKind))
        .FirstOrDefault(profile => profile.Size > 0);

    private static void Tile(Page page, string figure, string meaning)
    {
        using (page.Markup.Open("div", "tile"))
        {
            page.Markup.Element("b", figure);
            page.Markup.Element("span", meaning);
        }
    }

    private static void HeldBack(ReportModel report, Page page)
    {
        if (report.HeldBack is not { } reason)
        {
            return;
        }

        using (page.Markup.Open("div", "notice"))
        {
            page.Markup.Element("b", page.Say(
                "This run was held back: when it ended, customers were still served by the run before it, until a person decides",
                "Этот расчёт придержан: на момент его окончания для клиентов действовал прежний, пока не решит человек"));
            page.Markup.Element("p", reason);
        }
    }

    private static void Warnings(ReportModel report, Page page)
    {
        if (report.Warnings.Count == 0)
        {
            return;
        }

        using (page.Markup.Open("div", "notice"))
        {
            page.Markup.Element("b", page.Say("Before you use these figures", "Прежде чем использовать цифры"));
            using (page.Markup.Open("ul"))
            {
                foreach (string warning in report.Warnings)
                {
                    page.Markup.Element("li", warning);
                }
            }
        }
    }
}
