using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Reporting.Tests;

public sealed class ReportWriterTests
{
    public static TheoryData<Language> AllLanguages => [.. Enum.GetValues<Language>()];

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void The_page_is_well_formed_and_loads_and_runs_nothing(Language language)
    {
        string html = ReportWriter.Write(SampleReport.In(language));

        XDocument page = Parse(html);
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        Assert.Equal(language.Code(), page.Root!.Attribute("lang")!.Value);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute => attribute.Name.LocalName is "href" or "src" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Every_segment_is_shown_with_its_words_and_numbers(Language language)
    {
        ReportModel report = SampleReport.In(language);
        XElement[] cards = [.. Parse(ReportWriter.Write(report)).Descendants("section").Where(section => section.Element("h3") is not null)];

        foreach (SegmentProfile profile in report.Profiles)
        {
            string card = Assert.Single(cards, section => string.Equals(section.Element("h3")!.Value, profile.Name, StringComparison.Ordinal)).Value;
            Assert.Contains(profile.Description, card, StringComparison.Ordinal);
            SegmentPlan plan = profile.Plan!;
            Assert.All([plan.Goal, plan.Offer, plan.Channel, plan.Watch], part => Assert.Contains(part, card, StringComparison.Ordinal));
            Assert.Contains(LocalNumbers.Count(profile.Size, language), card, StringComparison.Ordinal);
            Assert.Contains(LocalNumbers.Percent(profile.Share, language), card, StringComparison.Ordinal);
            Assert.Contains(LocalNumbers.Percent(profile.RevenueShare, language), card, StringComparison.Ordinal);
            if (profile.Medians is { } medians)
            {
                Assert.Contains(LocalNumbers.Amount(medians.Monetary, language), card, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Segments_come_in_the_order_of_their_revenue()
    {
        ReportModel report = SampleReport.In(Language.English);

        string html = ReportWriter.Write(report with { Profiles = [.. report.Profiles.Reverse()] });

        int[] places =
        [
            .. report.Profiles
                .Where(profile => string.Equals(profile.Kind, SegmentProfile.ClusterKind, StringComparison.Ordinal))
                .OrderByDescending(profile => profile.RevenueShare)
                .Select(profile => html.IndexOf($"<h3>{profile.Name}</h3>", StringComparison.Ordinal)),
        ];
        Assert.All(places, place => Assert.True(place > 0));
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Supplied_text_is_shown_as_it_is_and_never_becomes_markup()
    {
        const string Hostile = "<b>&\"'</b><img src=x onerror=alert(1)>";
        ReportModel report = SampleReport.In(Language.English);
        report = report with
        {
            Title = Hostile,
            RunId = Hostile,
            Warnings = [Hostile],
            ChosenReason = Hostile,
            Profiles = [.. report.Profiles.Select(profile => profile with { Name = Hostile, Description = Hostile, Strategy = Hostile })],
            Candidates = [.. report.Candidates.Select(candidate => candidate with { Algorithm = Hostile, Reason = Hostile })],
            Uploads = [.. report.Uploads.Select(upload => upload with { Name = Hostile, Error = Hostile, Warnings = [Hostile] })],
            Countries = [new(Hostile, 1, 1)],
        };

        string html = ReportWriter.Write(report);

        XDocument page = Parse(html);
        Assert.DoesNotContain("<b>&", html, StringComparison.Ordinal);
        Assert.Empty(page.Descendants("img"));
        Assert.Equal(Hostile, page.Descendants("title").Single().Value);
        Assert.Equal(Hostile, page.Descendants("h1").Single().Value);
    }

    [Fact]
    public void Characters_that_no_document_may_hold_are_replaced()
    {
        string html = ReportWriter.Write(SampleReport.In(Language.English) with { Title = "a\u0001b\uD800c\uFFFF\U0001F600" });

        Assert.Equal("a\uFFFDb\uFFFDc\uFFFD\U0001F600", Parse(html).Descendants("h1").Single().Value);
        Assert.Contains("&lt;b&gt;&amp;&quot;&#39; shop\uFFFD.csv", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chosen_model_is_marked_and_the_others_say_why_not()
    {
        ReportModel report = SampleReport.In(Language.English);
        XDocument page = Parse(ReportWriter.Write(report));

        XElement chosen = Assert.Single(page.Descendants("tr"), row => Has(row, "chosen"));
        Assert.Contains("0.336", chosen.Value, StringComparison.Ordinal);
        string text = page.Root!.Value;
        Assert.Contains(report.ChosenReason, text, StringComparison.Ordinal);
        Assert.All(
            report.Candidates.Where(candidate => !candidate.Chosen),
            candidate => Assert.Contains(candidate.Reason, text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void The_ledger_shows_rows_and_money_to_the_cent_of_every_kind(Language language)
    {
        ReportModel report = SampleReport.In(language);
        string text = Parse(ReportWriter.Write(report)).Root!.Value;

        ReportLedger ledger = report.Ledger;
        foreach (LedgerLine line in (LedgerLine[])[ledger.Rows, ledger.Kept, ledger.Returned, ledger.Merged, ledger.Superseded, ledger.Rejected])
        {
            Assert.Contains(LocalNumbers.Count(line.Rows, language), text, StringComparison.Ordinal);
            Assert.Contains(LocalNumbers.CentAmount(line.Money, language), text, StringComparison.Ordinal);
        }

        Assert.Contains(LocalNumbers.Count(ledger.Reasons[RejectionReason.MissingCustomer], language), text, StringComparison.Ordinal);
        Assert.All(report.Uploads.Take(2), upload => Assert.Contains(upload.Name, text, StringComparison.Ordinal));
        Assert.Contains("No column looks like a date.", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Every_reason_of_rejection_has_its_own_words(Language language)
    {
        ReportModel report = SampleReport.In(language);
        report = report with
        {
            Ledger = report.Ledger with { Reasons = RejectionReasons.All.ToDictionary(reason => reason, _ => 1L) },
        };

        string[] words =
        [
            .. Parse(ReportWriter.Write(report)).Descendants("tr").Where(row => Has(row, "part")).Select(row => row.Element("td")!.Value),
        ];

        Assert.Equal(RejectionReasons.All.Count, words.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_longest_bar_is_the_best_month()
    {
        XElement[] bars =
        [
            .. Parse(ReportWriter.Write(SampleReport.In(Language.English))).Descendants("div")
                .First(block => Has(block, "sales")).Descendants("span")
                .Where(span => span.Attribute("style") is not null),
        ];

        Assert.Equal(13, bars.Length);
        Assert.Equal("width:100%", bars[11].Attribute("style")!.Value);
        Assert.Contains("faint", bars[12].Attribute("class")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_clusters_the_reason_stands_in_their_place()
    {
        ReportModel report = SampleReport.In(Language.English);
        const string Reason = "49 customers are too few for clusters.";
        report = report with
        {
            Candidates = [],
            ChosenReason = Reason,
            Profiles = [.. report.Profiles.Where(profile => string.Equals(profile.Kind, SegmentProfile.NamedKind, StringComparison.Ordinal))],
        };

        string html = ReportWriter.Write(report);

        Assert.Contains(Reason, html, StringComparison.Ordinal);
        Assert.Contains("Champions", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_an_empty_store_is_still_a_page()
    {
        ReportModel report = SampleReport.In(Language.Russian);
        var nothing = new LedgerLine(0, "0.00");
        report = report with
        {
            Customers = 0,
            Profiles = [],
            Candidates = [],
            Uploads = [],
            Months = [],
            Countries = [],
            Warnings = [],
            Ledger = new ReportLedger(nothing, nothing, nothing, nothing, nothing, nothing, new Dictionary<RejectionReason, long>()),
        };

        Assert.NotNull(Parse(ReportWriter.Write(report)).Root);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void The_page_does_not_depend_on_the_culture_of_the_thread(Language language)
    {
        CultureInfo before = Thread.CurrentThread.CurrentCulture;
        try
        {
            string plain = ReportWriter.Write(SampleReport.In(language));
            Thread.CurrentThread.CurrentCulture = new CultureInfo("ar-SA");

            Assert.Equal(plain, ReportWriter.Write(SampleReport.In(language)));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(Language.English, "stayed in their group: 1,600", "redrawn: 31", "0.710", "check the uploads", "Fitted anew without 868")]
    [InlineData(Language.Russian, "остались в своей группе — 1\u202F600", "границы: 31", "0,710", "проверьте загрузки", "(868)")]
    public void What_changed_since_the_previous_run_is_shown(Language language, params string[] texts)
    {
        string page = ReportWriter.Write(SampleReport.In(language));
        Assert.All(texts, text => Assert.Contains(text, page, StringComparison.Ordinal));
        string without = ReportWriter.Write(SampleReport.In(language) with { Transitions = null, HeldOut = null });
        Assert.All(texts, text => Assert.DoesNotContain(text, without, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Language.English, "What sets them apart: ", "At least 6 orders.", "This holds for 87.0% of them", "Goal", "Check")]
    [InlineData(Language.Russian, "Чем отличаются: ", "Не меньше 6 заказов.", "Это верно для 87,0\u202F% группы", "Цель", "Контроль")]
    public void A_card_says_what_sets_the_segment_apart_and_what_to_do_in_four_parts(Language language, params string[] texts)
    {
        string page = ReportWriter.Write(SampleReport.In(language));
        Assert.All(texts, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Language.English, "This is the definition.", "The rule holds for all customers of the group and for no others.")]
    [InlineData(Language.Russian, "Это определение сегмента.", "Правило верно для всех клиентов группы и ни для кого больше.")]
    public void Only_a_named_segment_is_defined_by_its_rule(Language language, string definition, string exact)
    {
        ReportModel report = SampleReport.In(language);
        var rule = new SegmentRule("A rule.", [new("frequency", 6, null)], 1, 1, 1);
        string page = ReportWriter.Write(report with { Profiles = [.. report.Profiles.Select(profile => profile with { Rule = rule })] });
        Assert.Equal(report.Profiles.Count(profile => profile.Kind == SegmentProfile.NamedKind), page.Split(definition).Length - 1);
        Assert.Equal(report.Profiles.Count(profile => profile.Kind == SegmentProfile.ClusterKind), page.Split(exact).Length - 1);
    }

    [Theory]
    [InlineData(Language.English, "Days since last order", "Orders", "Total spend", "Admissible", "Gaussian mixture", "Ward")]
    [InlineData(Language.Russian, "Дней с последнего заказа", "Заказов", "Сумма покупок", "Допустима", "Гауссова смесь", "Метод Уорда")]
    public void Labels_fit_every_figure_and_the_words_of_the_models_are_explained(Language language, params string[] texts)
    {
        string page = ReportWriter.Write(SampleReport.In(language));
        Assert.All(texts, text => Assert.Contains($">{text}<", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Language.English, "elbow", "pick", "–", "25,113", "by it alone there is but one group: Ward")]
    [InlineData(Language.Russian, "излом", "выбор", "–", "25\u202F113", "если судить только по нему, группа одна: метод Уорда")]
    public void The_table_of_models_marks_what_single_measures_point_to(
        Language language, string elbow, string pick, string undefined, string bic, string oneGroup)
    {
        XElement table = Models(ReportWriter.Write(SampleReport.In(language)));
        string[][] rows = [.. table.Descendants("tr").Skip(1).Select(row => row.Elements("td").Select(Text).ToArray())];
        Assert.Equal("4", Assert.Single(rows, row => row[6].StartsWith(bic, StringComparison.Ordinal))[1]);
        Assert.Equal($"5 {elbow}", Assert.Single(rows, row => row[1].Contains(elbow, StringComparison.Ordinal))[1]);
        Assert.Equal($"{LocalNumbers.Fixed(1.514, 3, language)} {pick}", Assert.Single(rows, row => row[5].EndsWith(pick, StringComparison.Ordinal))[5]);
        Assert.Equal($"{bic} {pick}", Assert.Single(rows, row => row[6].EndsWith(pick, StringComparison.Ordinal))[6]);
        Assert.All(rows, row => Assert.Contains(undefined, row[5..7], StringComparer.Ordinal));
        Assert.Contains(oneGroup, Legend(ReportWriter.Write(SampleReport.In(language))).Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Every_column_of_the_models_is_explained_and_none_without_figures_is_shown(Language language)
    {
        ReportModel report = SampleReport.In(language);
        Assert.Equal(10, Explained(report).Length);
        report = report with { Criteria = [], Candidates = [.. report.Candidates.Select(candidate => candidate with { Gap = null, Bic = null })] };
        Assert.Equal(8, Explained(report).Length);

        static string[] Explained(ReportModel report)
        {
            string page = ReportWriter.Write(report);
            string[] headings = [.. Models(page).Descendants("th").Select(Text)];
            string[] words = [.. Legend(page).Descendants("b").Select(Text)];
            Assert.Equal(headings[1..^1], words[..(headings.Length - 2)], StringComparer.Ordinal);
            return headings;
        }
    }

    [Theory]
    [InlineData(Language.English, "New groups: B (no. 3). Groups that ended: B (no. 2). The number", "goes on under its number", "all groups are new")]
    [InlineData(Language.Russian, "Новые группы: B (№\u202F3). Закончились группы: B (№\u202F2). Номер", "продолжается под своим номером", "все группы новые")]
    public void It_is_said_which_groups_began_and_ended(Language language, string changed, string unchanged, string allNew)
    {
        ReportModel report = SampleReport.In(language);
        TransitionTable table = report.Transitions!.Clusters! with { Before = [new("1", "A", 2), new("2", "B", 3)], After = [new("1", "A", 2), new("3", "B", 3)] };
        (TransitionTable? Table, string Words)[] cases = [(table, changed), (report.Transitions.Clusters, unchanged), (null, allNew)];
        Assert.All(cases, one =>
        {
            string page = ReportWriter.Write(report with { Transitions = report.Transitions with { Clusters = one.Table } });
            Assert.All(cases, other => Assert.Equal(other == one, page.Contains(other.Words, StringComparison.Ordinal)));
        });
    }

    [Theory]
    [InlineData(Language.English, " (new)", " (ended)")]
    [InlineData(Language.Russian, " (новая)", " (закончилась)")]
    public void A_group_that_ended_and_a_new_one_of_the_same_name_are_told_apart(Language language, string isNew, string hasEnded)
    {
        ReportModel report = SampleReport.In(language);
        Assert.DoesNotContain(isNew + "<", ReportWriter.Write(report), StringComparison.Ordinal);
        TransitionTable table = report.Transitions!.Clusters! with { Before = [new("1", "A", 2), new("2", "B", 3)], After = [new("1", "A", 2), new("3", "B", 3)] };
        string page = ReportWriter.Write(report with { Transitions = report.Transitions with { Clusters = table } });
        Assert.Contains($">B{isNew}<", page, StringComparison.Ordinal);
        Assert.Contains($">B{hasEnded}<", page, StringComparison.Ordinal);
        Assert.DoesNotContain($">A{isNew}<", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.English, "B (again)", "Groups that are there again: B (no. 3).", "New groups")]
    [InlineData(Language.Russian, "B (снова)", "Снова есть группы: B (№\u202F3).", "Новые группы")]
    public void A_group_that_has_come_back_is_there_again_and_not_new(Language language, string marked, string again, string isNew)
    {
        ReportModel report = SampleReport.In(language);
        TransitionTable table = report.Transitions!.Clusters! with { Before = [new("1", "A", 2)], After = [new("1", "A", 2), new("3", "B", 3)] };
        string page = ReportWriter.Write(report with
        {
            Transitions = report.Transitions with { Clusters = table, Matches = [new(3, "B", null, null, 0.4, ClusterMatch.Returned)] },
        });
        Assert.Contains(marked, page, StringComparison.Ordinal);
        Assert.Contains(again, page, StringComparison.Ordinal);
        Assert.DoesNotContain(isNew, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.English, "This run was held back", "came for the first time", "because of returns: 2.")]
    [InlineData(Language.Russian, "Этот расчёт придержан", "пришли впервые", "из-за возвратов — 2.")]
    public void A_run_that_was_held_back_says_so_and_who_stays_without_a_group_is_told_apart(
        Language language, string held, string firstTime, string withoutGroup)
    {
        ReportModel report = SampleReport.In(language);
        string before = ReportWriter.Write(report);
        Assert.DoesNotContain(held, before, StringComparison.Ordinal);
        Assert.DoesNotContain(withoutGroup, before, StringComparison.Ordinal);
        Assert.Contains(firstTime, before, StringComparison.Ordinal);
        TransitionTable table = report.Transitions!.Clusters! with { StayedExcluded = 2 };
        string page = ReportWriter.Write(report with
        {
            HeldBack = "The index of orders is <0.9>.",
            Transitions = report.Transitions with { Clusters = table },
        });
        Assert.Contains(held, page, StringComparison.Ordinal);
        Assert.Contains("The index of orders is &lt;0.9", page, StringComparison.Ordinal);
        Assert.Contains(withoutGroup, page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_two_languages_do_not_mix()
    {
        ReportModel report = SampleReport.In(Language.English);

        Assert.DoesNotContain(ReportWriter.Write(report), letter => letter is >= 'А' and <= 'я');
    }

    private static XDocument Parse(string html)
    {
        using var text = new StringReader(html);
        using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static bool Has(XElement element, string cssClass) =>
        element.Attribute("class")?.Value.Split(' ').Contains(cssClass, StringComparer.Ordinal) == true;

    // The table before the legend.
    private static XElement Models(string html) => Legend(html).ElementsBeforeSelf().Last().Element("table")!;

    private static XElement Legend(string html) => Parse(html).Descendants("div").Single(block => Has(block, "legend"));

    private static string Text(XElement cell) => string.Join(' ', cell.DescendantNodes().OfType<XText>().Select(text => text.Value.Trim())).Trim();
}
