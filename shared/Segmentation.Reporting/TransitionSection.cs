using System.Globalization;
using Segmentation.Core.Segments;

namespace Segmentation.Reporting;

/// <summary>What changed since the previous run: who moved where, why, and whether the data are still alike.</summary>
internal static class TransitionSection
{
    public static void Write(ReportModel report, Page page)
    {
        if (report.Transitions is not { } transitions)
        {
            return;
        }

        TransitionTable table = transitions.Clusters ?? transitions.Named;
        page.Heading(
            page.Say("What changed since the previous run", "Что изменилось с прошлого расчёта"), Summary(transitions, table, page));
        if (transitions.Drift.IsLarge)
        {
            using (page.Markup.Open("div", "notice"))
            {
                page.Markup.Element("b", page.Say(
                    "The data are unlike those of the previous run: check the uploads before you use this run",
                    "Данные не похожи на прошлый расчёт: проверьте загрузки, прежде чем пользоваться новым расчётом"));
                Reasons(transitions.Drift, page);
            }
        }

        Matrix(table, Returned(transitions), page);
        page.Markup.Element(
            "p",
            page.Say(
                "Rows: where customers were. Columns: where they are now. Below a number of movers: how many of them moved only because "
                + "the groups were drawn anew; the others moved by their own orders, or by having none.",
                "Строки — где клиенты были, столбцы — где они теперь. Под числом перешедших: сколько из них перешли только потому, "
                + "что границы групп проведены заново; остальные — из-за своих заказов или их отсутствия."),
            "soft");
        if (Succession(report, transitions, page) is { } succession)
        {
            page.Markup.Element("p", succession);
        }

        Drift(transitions.Drift, page);
    }

    private static string Summary(TransitionsDocument transitions, TransitionTable table, Page page)
    {
        string newcomers = page.Count(transitions.New);
        string gone = page.Count(transitions.Gone);
        string stayed = page.Count(table.Stayed);
        string byCustomer = page.Count(table.ByCustomer);
        string byModel = page.Count(table.ByModel);
        return page.Say(
            $"Compared with the run as of {page.Date(transitions.PreviousAsOf)}: customers who stayed in their group: {stayed}; moved by "
            + $"their own orders or silence: {byCustomer}; moved because the groups were drawn anew: {byModel}; new: {newcomers}; gone: {gone}.",
            $"По сравнению с расчётом на {page.Date(transitions.PreviousAsOf)}: остались в своей группе — {stayed}; перешли из-за своих "
            + $"заказов или молчания — {byCustomer}; перешли, потому что группы проведены заново, — {byModel}; новых — {newcomers}; ушло — {gone}.")
            + (table.StayedExcluded == 0 ? "" : page.Say(
                $" Without a group in both runs, because of returns: {page.Count(table.StayedExcluded)}.",
                $" Без группы в обоих расчётах из-за возвратов — {page.Count(table.StayedExcluded)}."));
    }

    // Which groups go on; null where there are none, or nobody can say.
    private static string? Succession(ReportModel report, TransitionsDocument transitions, Page page)
    {
        if (transitions.Clusters is not { } table)
        {
            return report.Profiles.Any(profile => string.Equals(profile.Kind, SegmentProfile.ClusterKind, StringComparison.Ordinal))
                ? page.Say("The previous run had no groups: all groups are new.", "В прошлом расчёте групп не было: все группы новые.")
                : null;
        }

        HashSet<string> returned = Returned(transitions);
        string begun = Listed([.. table.After.Where(segment => !returned.Contains(segment.Id))], table.Before, page);
        string again = Listed([.. table.After.Where(segment => returned.Contains(segment.Id))], table.Before, page);
        string ended = Listed(table.Before, table.After, page);
        if (begun.Length + again.Length + ended.Length == 0)
        {
            return page.Say(
                "Every group of the previous run goes on under its number.",
                "Каждая группа прошлого расчёта продолжается под своим номером.");
        }

        string[] sentences =
        [
            begun.Length == 0 ? "" : page.Say($"New groups: {begun}.", $"Новые группы: {begun}."),
            again.Length == 0 ? "" : page.Say($"Groups that are there again: {again}.", $"Снова есть группы: {again}."),
            ended.Length == 0 ? "" : page.Say($"Groups that ended: {ended}.", $"Закончились группы: {ended}."),
            page.Say(
                "The number is the one in the files; no other group ever gets it.",
                "Номер — тот же, что в файлах; другой группе он не достанется."),
        ];
        return string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
    }

    private static string Listed(IReadOnlyList<TransitionSegment> segments, IReadOnlyList<TransitionSegment> others, Page page) => string.Join(
        ", ", segments.Where(segment => IsOnlyThere(segment, others)).Select(segment => segment.Name + page.Say($" (no. {segment.Id})", $" (№\u202F{segment.Id})")));

    // Groups that ended some runs ago and are there again, by id.
    private static HashSet<string> Returned(TransitionsDocument transitions) => transitions.Matches
        .Where(match => match.Basis == ClusterMatch.Returned)
        .Select(match => match.Id.ToString(CultureInfo.InvariantCulture))
        .ToHashSet(StringComparer.Ordinal);

    private static void Matrix(TransitionTable table, HashSet<string> returned, Page page)
    {
        bool hasNew = table.Cells.Any(cell => cell.From is null);
        bool hasGone = table.Cells.Any(cell => cell.To is null);
        (string, bool)[] headers =
        [
            (page.Say("Was", "Было"), false),
            .. table.After.Select(segment => (Marked(segment, table.Before, MarkOf(segment)), true)),
            .. hasGone ? new[] { (page.Say("gone", "ушли"), true) } : [],
        ];
        using (page.Table(headers))
        {
            foreach (TransitionSegment from in table.Before)
            {
                Row(from.Id, Marked(from, table.After, page.Say(" (ended)", " (закончилась)")));
            }

            if (hasNew)
            {
                Row(null, page.Say("came for the first time", "пришли впервые"));
            }
        }

        string MarkOf(TransitionSegment segment) =>
            returned.Contains(segment.Id) ? page.Say(" (again)", " (снова)") : page.Say(" (new)", " (новая)");

        void Row(string? from, string name)
        {
            using (page.Markup.Open("tr"))
            {
                page.Markup.Element("td", name, "name");
                foreach (TransitionSegment to in table.After)
                {
                    Cell(from, to.Id);
                }

                if (hasGone)
                {
                    Cell(from, null);
                }
            }
        }

        void Cell(string? from, string? to)
        {
            TransitionCell? cell = table.Cells.FirstOrDefault(one => one.From == from && one.To == to && (from is not null || to is not null));
            using (page.Markup.Open("td", from == to ? "n same" : "n"))
            {
                page.Markup.Text(cell is null ? "" : page.Count(cell.Customers));
                if (cell is { ByModel: > 0 })
                {
                    page.Markup.Element("small", page.Say("redrawn: ", "границы: ") + page.Count(cell.ByModel), "soft");
                }
            }
        }
    }

    // Words that tell which groups the runs do not share. The excluded are no group.
    private static string Marked(TransitionSegment segment, IReadOnlyList<TransitionSegment> others, string mark) =>
        IsOnlyThere(segment, others) ? segment.Name + mark : segment.Name;

    private static bool IsOnlyThere(TransitionSegment segment, IReadOnlyList<TransitionSegment> others) =>
        segment.Id != TransitionSegment.ExcludedId && others.All(other => other.Id != segment.Id);

    private static void Drift(DriftVerdict drift, Page page)
    {
        if (drift.Features.Count == 0)
        {
            return;
        }

        page.Markup.Element("h3", page.Say("Are the data still alike?", "Похожи ли данные на прежние?"));
        page.Markup.Element(
            "p",
            page.Say(
                $"The population stability index says how far a distribution has moved: 0 not at all, from {page.Fixed(DriftRule.LargePsi, 2)} on "
                + "it is another. Recency moves with the calendar and is not judged.",
                $"Индекс стабильности показывает, насколько сдвинулось распределение: 0 — ничуть, от {page.Fixed(DriftRule.LargePsi, 2)} — оно уже "
                + "другое. Давность меняется вместе с календарём и не оценивается."),
            "soft");
        using (page.Table((page.Say("Measure", "Показатель"), false), (page.Say("Index", "Индекс"), true)))
        {
            foreach (FeatureDrift feature in drift.Features)
            {
                using (page.Markup.Open("tr"))
                {
                    page.Markup.Element("td", DriftRule.Name(feature.Measure, page.Language));
                    page.Number(page.Fixed(feature.Psi, 3));
                }
            }
        }

        if (!drift.IsLarge && drift.Reasons.Count > 0)
        {
            Reasons(drift, page);
        }
    }

    private static void Reasons(DriftVerdict drift, Page page)
    {
        using (page.Markup.Open("ul"))
        {
            foreach (string reason in drift.Reasons)
            {
                page.Markup.Element("li", reason);
            }
        }
    }
}
