namespace Segmentation.Core.Segments;

/// <summary>One of the ten named RFM segments: a fixed set of cells of the recency and frequency scores.</summary>
/// <remarks>
/// The table is the widespread one of ten names over scores 1…5; monetary does not take part. Ids and English names are part of the
/// contract of <c>customers.csv</c>, <c>profiles.json</c> and the HTTP API. Each segment is one instance: compare by reference.
/// </remarks>
public sealed class NamedSegment
{
    /// <summary>The best and the worst score are 5 and 1.</summary>
    public const int HighestScore = 5;

    private NamedSegment(int rank, string id, string name, string russianName)
    {
        Rank = rank;
        Id = id;
        Name = name;
        RussianName = russianName;
    }

    /// <summary>R 5, F 4–5.</summary>
    public static NamedSegment Champions { get; } = new(0, "champions", "Champions", "Чемпионы");

    /// <summary>R 3–4, F 4–5.</summary>
    public static NamedSegment Loyal { get; } = new(1, "loyal", "Loyal", "Лояльные");

    /// <summary>R 4–5, F 2–3.</summary>
    public static NamedSegment PotentialLoyalists { get; } =
        new(2, "potential-loyalists", "Potential Loyalists", "Потенциально лояльные");

    /// <summary>R 5, F 1.</summary>
    public static NamedSegment New { get; } = new(3, "new", "New", "Новички");

    /// <summary>R 4, F 1.</summary>
    public static NamedSegment Promising { get; } = new(4, "promising", "Promising", "Перспективные");

    /// <summary>R 3, F 3.</summary>
    public static NamedSegment NeedAttention { get; } = new(5, "need-attention", "Need Attention", "Требуют внимания");

    /// <summary>R 3, F 1–2.</summary>
    public static NamedSegment AboutToSleep { get; } = new(6, "about-to-sleep", "About To Sleep", "Засыпающие");

    /// <summary>R 1–2, F 3–4.</summary>
    public static NamedSegment AtRisk { get; } = new(7, "at-risk", "At Risk", "В зоне риска");

    /// <summary>R 1–2, F 5.</summary>
    public static NamedSegment CantLoseThem { get; } = new(8, "cant-lose-them", "Can't Lose Them", "Нельзя потерять");

    /// <summary>R 1–2, F 1–2.</summary>
    public static NamedSegment Hibernating { get; } = new(9, "hibernating", "Hibernating", "Спящие");

    /// <summary>All ten, from best to worst.</summary>
    public static IReadOnlyList<NamedSegment> All { get; } =
    [
        Champions, Loyal, PotentialLoyalists, New, Promising, NeedAttention, AboutToSleep, AtRisk, CantLoseThem, Hibernating,
    ];

    /// <summary>The place in <see cref="All" />, from 0.</summary>
    public int Rank { get; }

    /// <summary>The stable key, in kebab case: <c>cant-lose-them</c>.</summary>
    public string Id { get; }

    /// <summary>The English name, the one that <c>rfm_segment</c> holds in every language.</summary>
    public string Name { get; }

    private string RussianName { get; }

    /// <summary>The segment of a recency and a frequency score, each 1…5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A score is not in 1…5.</exception>
    public static NamedSegment Of(int r, int f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(r, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(r, HighestScore);
        ArgumentOutOfRangeException.ThrowIfLessThan(f, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(f, HighestScore);
        return (r, f) switch
        {
            (5, >= 4) => Champions,
            ( >= 3, >= 4) => Loyal,
            ( >= 4, >= 2) => PotentialLoyalists,
            (5, _) => New,
            (4, _) => Promising,
            (3, 3) => NeedAttention,
            (3, _) => AboutToSleep,
            (_, 5) => CantLoseThem,
            (_, >= 3) => AtRisk,
            _ => Hibernating,
        };
    }

    /// <summary>The segment with an id, or null where there is none.</summary>
    public static NamedSegment? Find(string id) => All.FirstOrDefault(segment => string.Equals(segment.Id, id, StringComparison.Ordinal));

    /// <summary>The name in a language.</summary>
    public string LocalName(Language language) => language.Pick(Name, RussianName);

    /// <summary>The English name.</summary>
    public override string ToString() => Name;
}
