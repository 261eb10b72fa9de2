using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics.Selection;

namespace Segmentation.Reporting.Tests;

/// <summary>A report like that of a real store: figures of the Online Retail data, one named segment emptied, hostile names added.</summary>
internal static class SampleReport
{
    public const string HostileName = "<b>&\"' shop\u0001.csv";

    private static readonly SelectionLimits Limits = new(3, 10, 0.02, 0.80, 50);

    private static readonly SegmentFigures Everyone = new(4338, 1.0000, 1.0000, new(93.1, 4.3, 2048.7), new(51, 2, 668.57));

    private static readonly SegmentFigures[] Clusters =
    [
        new(720, 0.1660, 0.6482, new(12.3, 13.6, 8001.1), new(9, 10, 3696.86)),
        new(1173, 0.2704, 0.2398, new(65.5, 4.2, 1817.0), new(52, 4, 1351.63)),
        new(892, 0.2056, 0.0489, new(22.5, 1.9, 487.3), new(20, 2, 414.48)),
        new(1553, 0.3580, 0.0631, new(191.9, 1.4, 360.9), new(186, 1, 303.97)),
    ];

    private static readonly (NamedSegment Segment, SegmentFigures Figures)[] Named =
    [
        (NamedSegment.Champions, new(604, 0.1392, 0.4833, new(6.4, 12.9, 7111.0), new(5, 8, 2680.45))),
        (NamedSegment.Loyal, new(688, 0.1586, 0.2481, new(33.3, 7.1, 3204.4), new(29.5, 6, 1975.62))),
        (NamedSegment.PotentialLoyalists, new(484, 0.1116, 0.0656, new(16.9, 2.4, 1204.8), new(18, 2, 642.37))),
        (NamedSegment.New, new(67, 0.0154, 0.0026, new(7.7, 1.0, 345.0), new(8, 1, 246.30))),
        (NamedSegment.Promising, new(169, 0.0390, 0.0060, new(24.1, 1.0, 314.1), new(24, 1, 223.88))),
        (NamedSegment.NeedAttention, new(121, 0.0279, 0.0158, new(51.3, 3.0, 1163.2), new(51, 3, 824.58))),
        (NamedSegment.AboutToSleep, new(478, 0.1102, 0.0280, new(53.0, 1.4, 519.8), new(53, 1, 374.32))),
        (NamedSegment.AtRisk, new(357, 0.0823, 0.0605, new(136.6, 3.8, 1505.6), new(117, 3, 1009.60))),
        (NamedSegment.Hibernating, new(1335, 0.3077, 0.0767, new(209.1, 1.3, 510.8), new(206, 1, 309.80))),
        (NamedSegment.CantLoseThem, new(0, 0, 0, default, default)),
    ];

    private static readonly CandidateFigures[] Candidates =
    [
        new("k-means", 2, 0.4327, 0.97, 0.385, Inadmissibility.BelowMinClusters),
        new("k-means", 3, 0.3381, 0.95, 0.17, Inadmissibility.None),
        new("k-means", 4, 0.3358, 0.93, 0.12, Inadmissibility.None),
        new("k-means", 5, 0.3185, 0.90, 0.08, Inadmissibility.None),
        new("k-means", 6, 0.3155, 0.74, 0.079, Inadmissibility.Unstable),
        new("ward", 4, 0.2711, 0.58, 0.019, Inadmissibility.Unstable | Inadmissibility.ClusterTooSmall),
        new("gaussian-mixture", 4, null, null, null, Inadmissibility.Undefined),
    ];

    private static TransitionsDocument Transitions(Language language)
    {
        IReadOnlyList<SegmentProfile> clusters = ProfileWords.DescribeClusters(Clusters[..2], Everyone, language);
        TransitionSegment[] segments = [new("1", clusters[0].Name, 700), new("2", clusters[1].Name, 1_100)];
        var table = new TransitionTable(
            1_600, 120, 31, segments, segments,
            [new(null, "1", 40, 0, 0), new("1", "1", 600, 0, 0), new("1", "2", 90, 59, 31), new("2", "1", 61, 61, 0), new("2", null, 3, 0, 0)]);
        return new TransitionsDocument
        {
            PreviousRunId = "2011-11-10-1",
            PreviousAsOf = new DateOnly(2011, 11, 10),
            AsOf = new DateOnly(2011, 12, 10),
            CustomersBefore = 1_754,
            Customers = 1_791,
            New = 40,
            Gone = 3,
            Matches = [],
            Clusters = table,
            Named = table,
            Drift = DriftRule.Judge(
                [new("recency", 0.037), new(FeatureBaseline.OrderValue, 0.71)], 1_754, 3, ExpectedChange.None, language),
        };
    }

    public static ReportModel In(Language language) => new()
    {
        Title = language == Language.Russian ? "Магазин подарков" : "Gift shop",
        RunId = "2011-12-10-1",
        AsOf = new DateOnly(2011, 12, 10),
        Language = language,
        Customers = Everyone.Size,
        Excluded = 16,
        Revenue = "8887208.89",
        Profiles =
        [
            .. ProfileWords.DescribeClusters(Clusters, Everyone, language).Select(profile => profile with
            {
                Rule = new SegmentRule(
                    language == Language.Russian ? "Не меньше 6 заказов." : "At least 6 orders.", [new("frequency", 6, null)], 0.91, 0.87, 0.96),
            }),
            .. Named.Select(named => ProfileWords.DescribeNamed(named.Segment, named.Figures, language)),
        ],
        Candidates =
        [
            .. Candidates.Select((candidate, index) => new ReportCandidate(
                candidate.Algorithm,
                candidate.K,
                candidate.Silhouette,
                candidate.Silhouette is null ? null : 1.016,
                candidate.Silhouette is null ? null : 3346,
                candidate.Stability,
                candidate.SmallestShare,
                candidate.Inadmissibility == Inadmissibility.None,
                index == 2,
                SelectionWords.CandidateReason(candidate, Limits, language))
            {
                Gap = candidate.Algorithm == "gaussian-mixture" ? null : 1.514 + (0.004 * index),
                Bic = candidate.Algorithm == "gaussian-mixture" ? 25_113 : null,
            }),
        ],
        Criteria = [new("k-means", 5, 2, null), new("gaussian-mixture", null, null, 4), new("ward", 7, 1, null)],
        ChosenReason = SelectionWords.ChosenReason(Candidates[2], Candidates[1], Candidates[3], Limits, language),
        Ledger = new ReportLedger(
            new(541_909, "9747747.93"),
            new(391_150, "8737227.64"),
            new(8_905, "-611342.09"),
            new(5_192, "24198.71"),
            new(0, "0.00"),
            new(136_662, "1597663.67"),
            new Dictionary<RejectionReason, long>
            {
                [RejectionReason.MissingCustomer] = 135_080,
                [RejectionReason.NonPositivePrice] = 40,
                [RejectionReason.NonProduct] = 1_542,
                [RejectionReason.FutureDate] = 0,
            }),
        Uploads =
        [
            new("2010-12.csv.gz", 42_481, 25_670, 720, 460, 0, 15_631, "554604.02", null, []),
            new("shop/2011-01.csv.gz", 35_147, 20_988, 721, 310, 0, 13_128, "475074.38", null, ["The decimal separator was taken from the prices."]),
            new(HostileName, 0, 0, 0, 0, 0, 0, "0.00", "No column looks like a date.", []),
        ],
        Months =
        [
            new(new DateOnly(2010, 12, 1), 570422.73),
            new(new DateOnly(2011, 1, 1), 568101.31),
            new(new DateOnly(2011, 2, 1), 446084.92),
            new(new DateOnly(2011, 3, 1), 594081.76),
            new(new DateOnly(2011, 4, 1), 468374.33),
            new(new DateOnly(2011, 5, 1), 677355.15),
            new(new DateOnly(2011, 6, 1), 660046.05),
            new(new DateOnly(2011, 7, 1), 598962.90),
            new(new DateOnly(2011, 8, 1), 644051.04),
            new(new DateOnly(2011, 9, 1), 950690.20),
            new(new DateOnly(2011, 10, 1), 1035642.45),
            new(new DateOnly(2011, 11, 1), 1156205.61),
            new(new DateOnly(2011, 12, 1), 517190.44, Partial: true),
        ],
        Countries =
        [
            new("United Kingdom", 7285024.64, 0.8197),
            new("Netherlands", 285446.34, 0.0321),
            new("EIRE", 265262.46, 0.0298),
            new("Germany", 228678.40, 0.0257),
            new("France", 208934.31, 0.0235),
            new("Australia", 138453.81, 0.0156),
        ],
        HeldOut = new HeldOutResult(868, 0.981, 0.95),
        Transitions = Transitions(language),
        Warnings = [language == Language.Russian ? "У 25 % строк не указан клиент." : "25% of the rows have no customer."],
    };
}
