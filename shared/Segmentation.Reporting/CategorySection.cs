using Segmentation.Core.Workflow.Results;

namespace Segmentation.Reporting;

/// <summary>What customers buy: the product categories, and what is typical of each segment.</summary>
internal static class CategorySection
{
    public static void Write(ReportModel report, Page page)
    {
        if (report.Categories is not { } categories)
        {
            return;
        }

        page.Heading(
            page.Say("What they buy", "Что покупают"),
            categories.Source == "column"
                ? page.Say("Product categories as your files name them.", "Категории товаров — как в ваших файлах.")
                : page.Say(
                    "Product categories formed from the words of the descriptions, named by the words that set them apart.",
                    "Категории сложены по словам из названий товаров и названы словами, которые их отличают."));
        Categories(categories, page);
        page.Markup.Element("p", "");
        Segments(categories, page);
    }

    private static void Categories(CategoriesDocument categories, Page page)
    {
        using (page.Table(
            (page.Say("Category", "Категория"), false),
            (page.Say("Products", "Товаров"), true),
            (page.Say("Customers", "Клиентов"), true),
            (page.Say("Sales", "Продажи"), true),
            (page.Say("Share", "Доля"), true)))
        {
            foreach (CategoryEntry category in categories.Categories.Where(category => category.Products > 0))
            {
                using (page.Markup.Open("tr"))
                {
                    page.Markup.Element("td", category.Name, "name");
                    page.Number(page.Count(category.Products));
                    page.Number(page.Count(category.Customers));
                    page.Number(page.Exact(category.Revenue.ToString()));
                    page.Number(page.Percent(category.Share));
                }
            }
        }
    }

    private static void Segments(CategoriesDocument categories, Page page)
    {
        using (page.Table(
            (page.Say("Segment", "Сегмент"), false),
            (page.Say("Buys more than others", "Покупает больше других"), false),
            (page.Say("Of its spend", "Доля его покупок"), true),
            (page.Say("Of everybody's", "Доля у всех"), true)))
        {
            foreach (SegmentInterestsEntry segment in categories.Segments.Where(segment => segment.Typical is not null))
            {
                int typical = Enumerable.Range(0, categories.Categories.Count).First(i => categories.Categories[i].Name == segment.Typical);
                using (page.Markup.Open("tr"))
                {
                    page.Markup.Element("td", segment.Name, "name");
                    page.Markup.Element("td", segment.Typical!);
                    page.Number(page.Percent(segment.Shares![typical]));
                    page.Number(page.Percent(categories.Categories[typical].Share));
                }
            }
        }
    }
}
