using System.Globalization;
using Segmentation.Core.Segments;

namespace Segmentation.Reporting;

/// <summary>What the words and numbers of the report mean, and the map of the named segments.</summary>
internal static class ReadingSection
{
    public static void Write(Page page)
    {
        page.Heading(
            page.Say("How to read this", "Как это читать"),
            page.Say("The words and numbers used above.", "Слова и числа, которые встречаются выше."));
        using (page.Markup.Open("div", "halves"))
        {
            using (page.Markup.Open("section", "card"))
            {
                Definitions(page);
            }

            using (page.Markup.Open("section", "card"))
            {
                Map(page);
            }
        }
    }

    private static void Definitions(Page page)
    {
        using (page.Markup.Open("dl"))
        {
            Define("Recency", "Whole days from a customer's last purchase to the date of this report.",
                "Давность", "Число полных дней от последней покупки клиента до даты отчёта.");
            Define("Frequency", "How many separate orders a customer has placed.",
                "Частота", "Сколько отдельных заказов сделал клиент.");
            Define("Spend", "Purchases less returned lines, unless returns are switched off in the settings.",
                "Сумма покупок", "Покупки за вычетом возвратов, если учёт возвратов не отключён в настройках.");
            Define("Typical customer", "The median: half of the group are above it and half below.",
                "Типичный клиент", "Медиана: у половины группы значение больше, у половины — меньше.");
            Define("k", "How many groups a model divides the customers into; each number within the limits of the settings is tried.",
                "k", "На сколько групп модель делит клиентов; проверяется каждое число в пределах настроек.");
            Define("k-means", "Puts each customer into the group whose centre is nearest.",
                "k-средних", "Относит каждого клиента к группе с ближайшим центром.");
            Define("Gaussian mixture", "Takes groups for overlapping clouds of different shape, and puts each customer into the likeliest.",
                "Гауссова смесь", "Считает группы перекрывающимися облаками разной формы и относит клиента к самому вероятному.");
            Define("Ward", "Begins with single customers and joins, again and again, the two groups that differ least.",
                "Метод Уорда", "Начинает с отдельных клиентов и раз за разом объединяет две наименее различающиеся группы.");
            Define("Admissible", "A model that may be chosen: enough groups, none too small, and stable. The best of these by silhouette is the base of the choice.",
                "Допустима", "Модель, которую можно выбрать: групп достаточно, нет слишком малых, результат устойчив. Выбор идёт от лучшей из них по силуэту.");
            Define("Silhouette", "How well groups stand apart, from −1 to 1. Real customers often give 0.3 to 0.5.",
                "Силуэт", "Насколько группы отделены друг от друга, от −1 до 1. У реальных клиентов обычно 0,3–0,5.");
            Define("Stability", "How alike the groups stay when the model is fitted again on resampled customers; 1 is the same.",
                "Устойчивость", "Насколько группы сохраняются, если обучить модель на других выборках клиентов; 1 — полностью.");
        }

        void Define(string english, string meaning, string russian, string meaningInRussian)
        {
            page.Markup.Element("dt", page.Say(english, russian));
            page.Markup.Element("dd", page.Say(meaning, meaningInRussian));
        }
    }

    private static void Map(Page page)
    {
        page.Markup.Element("h3", page.Say("Scores and named segments", "Баллы и именованные сегменты"));
        page.Markup.Element(
            "p",
            page.Say(
                "Customers get 1 to 5 for recency (R, 5 = most recent) and frequency (F, 5 = most orders).",
                "Каждый клиент получает от 1 до 5 баллов за давность (R, 5 — самые недавние) и за частоту (F, 5 — больше всего заказов)."),
            "soft");
        using (page.Markup.Open("div", "scroll"))
        using (page.Markup.Open("table"))
        using (page.Markup.Open("tbody"))
        {
            for (int r = NamedSegment.HighestScore; r >= 1; r--)
            {
                using (page.Markup.Open("tr"))
                {
                    page.Markup.Element("th", Score("R", r), null, ("scope", "row"));
                    for (int f = 1; f <= NamedSegment.HighestScore; f++)
                    {
                        page.Markup.Element("td", NamedSegment.Of(r, f).LocalName(page.Language), "cell");
                    }
                }
            }

            using (page.Markup.Open("tr"))
            {
                page.Markup.Element("th", "");
                for (int f = 1; f <= NamedSegment.HighestScore; f++)
                {
                    page.Markup.Element("th", Score("F", f), null, ("scope", "col"));
                }
            }
        }
    }

    private static string Score(string measure, int score) => string.Create(CultureInfo.InvariantCulture, $"{measure}\u202F{score}");
}
