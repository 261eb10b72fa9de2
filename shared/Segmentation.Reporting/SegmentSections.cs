using Segmentation.Core.Segments;

namespace Segmentation.Reporting;

/// <summary>The segments as cards, the most valuable first: the clusters of the model, then the named RFM segments.</summary>
internal static class SegmentSections
{
    /// <summary>The profiles of a kind by falling revenue share, then as given.</summary>
    public static IEnumerable<SegmentProfile> ByValue(ReportModel report, string kind) => report.Profiles
        .Where(profile => string.Equals(profile.Kind, kind, StringComparison.Ordinal))
        .OrderByDescending(profile => profile.RevenueShare);

    public static void Clusters(ReportModel report, Page page)
    {
        SegmentProfile[] clusters = [.. ByValue(report, SegmentProfile.ClusterKind)];
        page.Heading(
            page.Say("Your customers in groups", "Группы ваших клиентов"),
            clusters.Length == 0
                ? report.ChosenReason
                : page.Say(
                    "Groups of customers who behave alike, found in your data; the group that brings most revenue comes first.",
                    "Группы клиентов с похожим поведением, найденные в ваших данных; первой идёт та, что приносит больше всего выручки."));
        Cards(clusters, "cards", page);
    }

    public static void Named(ReportModel report, Page page)
    {
        SegmentProfile[] named = [.. ByValue(report, SegmentProfile.NamedKind)];
        if (named.Length == 0)
        {
            return;
        }

        page.Heading(
            page.Say("Named RFM segments", "Именованные RFM-сегменты"),
            page.Say(
                "The same customers sorted another way, by a fixed table: how recently and how often each ordered compared with the "
                + "others. The table is at the end of this page.",
                "Те же клиенты, разложенные иначе — по постоянной таблице: как давно и как часто каждый заказывал по сравнению с "
                + "другими. Сама таблица — в конце страницы."));
        Cards(named, "cards two", page);
    }

    private static void Cards(SegmentProfile[] profiles, string cssClass, Page page)
    {
        if (profiles.Length == 0)
        {
            return;
        }

        using (page.Markup.Open("div", cssClass))
        {
            foreach (SegmentProfile profile in profiles)
            {
                Card(profile, page);
            }
        }
    }

    private static void Card(SegmentProfile profile, Page page)
    {
        Markup markup = page.Markup;
        using (markup.Open("section", "card"))
        {
            markup.Element("h3", profile.Name);
            using (markup.Open("div", "body"))
            {
                using (markup.Open("div"))
                {
                    Measure(page.Say("Customers", "Клиенты"), page.Count(profile.Size), profile.Share, "people", page);
                    Measure(page.Say("Revenue", "Выручка"), null, profile.RevenueShare, "money", page);
                    if (profile.Medians is { } medians)
                    {
                        Typical(medians, page);
                    }
                }

                using (markup.Open("div"))
                {
                    markup.Element("p", profile.Description);
                    if (profile.Rule is { } rule)
                    {
                        Rule(rule, profile.Kind, page);
                    }

                    using (markup.Open("div", "todo"))
                    {
                        markup.Element("b", page.Say("What to do", "Что делать"));
                        if (profile.Plan is { } plan)
                        {
                            Plan(plan, page);
                        }
                        else
                        {
                            markup.Text(profile.Strategy);
                        }
                    }
                }
            }
        }
    }

    // Only a named segment is defined by its rule: that of a cluster was found afterwards, also where it misses nobody.
    private static void Rule(SegmentRule rule, string kind, Page page)
    {
        using (page.Markup.Open("p"))
        {
            page.Markup.Element("b", page.Say("What sets them apart: ", "Чем отличаются: "));
            page.Markup.Text(rule.Text + " ");
            page.Markup.Element(
                "span",
                rule.Fidelity == 1
                    ? kind == SegmentProfile.NamedKind
                        ? page.Say("This is the definition.", "Это определение сегмента.")
                        : page.Say(
                            "The rule holds for all customers of the group and for no others.",
                            "Правило верно для всех клиентов группы и ни для кого больше.")
                    : page.Say(
                        $"This holds for {page.Percent(rule.Coverage)} of them, and {page.Percent(rule.Precision)} of those for whom it "
                        + $"holds are in the group; it places {page.Percent(rule.Fidelity)} of all customers rightly.",
                        $"Это верно для {page.Percent(rule.Coverage)} группы; из всех, для кого это верно, в группе {page.Percent(rule.Precision)}. "
                        + $"Правило верно относит {page.Percent(rule.Fidelity)} всех клиентов."),
                "soft");
        }
    }

    private static void Plan(SegmentPlan plan, Page page)
    {
        using (page.Markup.Open("dl", "plan"))
        {
            Part(page.Say("Goal", "Цель"), plan.Goal);
            Part(page.Say("Offer", "Предложение"), plan.Offer);
            Part(page.Say("Channel", "Канал"), plan.Channel);
            Part(page.Say("Check", "Контроль"), plan.Watch);
        }

        void Part(string name, string text)
        {
            page.Markup.Element("dt", name);
            page.Markup.Element("dd", text);
        }
    }

    private static void Measure(string name, string? count, double share, string cssClass, Page page)
    {
        using (page.Markup.Open("div", "measure"))
        {
            page.Markup.Element("span", name);
            page.Markup.Element("b", count is null ? page.Percent(share) : $"{count} · {page.Percent(share)}");
            page.Markup.Bar(share, cssClass);
        }
    }

    private static void Typical(RfmTriple medians, Page page)
    {
        using (page.Markup.Open("div", "typical"))
        {
            Figure(LocalNumbers.Trimmed(medians.Recency, page.Language), page.Say("Days since last order", "Дней с последнего заказа"));
            Figure(LocalNumbers.Trimmed(medians.Frequency, page.Language), page.Say("Orders", "Заказов"));
            Figure(page.Amount(medians.Monetary), page.Say("Total spend", "Сумма покупок"));
        }

        void Figure(string value, string meaning)
        {
            using (page.Markup.Open("div"))
            {
                page.Markup.Element("b", value);
                page.Markup.Element("span", meaning, "soft");
            }
        }
    }
}
