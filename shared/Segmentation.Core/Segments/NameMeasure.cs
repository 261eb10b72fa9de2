namespace Segmentation.Core.Segments;

/// <summary>A measure by which names tell clusters of one character apart.</summary>
internal sealed class NameMeasure
{
    private readonly Func<string, double, Language, string> _words;
    private readonly bool _isMoney;

    private NameMeasure(
        Func<RfmTriple, double> of, (string English, string Russian) more, (string English, string Russian) less, bool isMoney, Func<string, double, Language, string> words)
    {
        Of = of;
        More = new NameSide(of, true, more.English, more.Russian);
        Less = new NameSide(of, false, less.English, less.Russian);
        _isMoney = isMoney;
        _words = words;
    }

    /// <summary>Recency, frequency, monetary.</summary>
    public static IReadOnlyList<NameMeasure> All { get; } =
    [
        new(
            figures => figures.Recency, ("longer ago", "с более давним заказом"), ("more recent", "с более свежим заказом"), false,
            (figure, value, language) => language.Pick(
                $"last order about {figure} {(value == 1 ? "day" : "days")} ago",
                $"последний заказ около {figure} {RussianGenitive(value, "дня", "дней")} назад")),
        new(
            figures => figures.Frequency, ("more orders", "с большим числом заказов"), ("fewer orders", "с меньшим числом заказов"), false,
            (figure, value, language) => language.Pick(
                $"about {figure} {(value == 1 ? "order" : "orders")}", $"около {figure} {RussianGenitive(value, "заказа", "заказов")}")),
        new(
            figures => figures.Monetary, ("higher spend", "с более высокими тратами"), ("lower spend", "с более низкими тратами"), true,
            (figure, _, language) => language.Pick($"about {figure} spent", $"сумма покупок около {figure}")),
    ];

    /// <summary>The measure of some figures.</summary>
    public Func<RfmTriple, double> Of { get; }

    /// <summary>The upper side.</summary>
    public NameSide More { get; }

    /// <summary>The lower side.</summary>
    public NameSide Less { get; }

    /// <summary>A figure in words: <c>about 20 spent</c>.</summary>
    public string Words(double value, Language language) => _words(LocalNumbers.Plain(value, language), value, language);

    /// <summary>The figure that such words state, or null where they are none.</summary>
    public double? Read(string words, Language language)
    {
        int from = words.AsSpan().IndexOfAnyInRange('0', '9');
        int to = words.AsSpan().LastIndexOfAnyInRange('0', '9');
        return from >= 0 && LocalNumbers.ReadPlain(words[from..(to + 1)], language) is { } value
            && string.Equals(Words(value, language), words, StringComparison.Ordinal)
            ? value
            : null;
    }

    /// <summary>The figure with so many significant digits; with no number of digits as the report shows it.</summary>
    public double Rounded(double value, int? digits) => digits is { } few ? LocalNumbers.Significant(value, few)
        : LocalNumbers.Rounded(value, _isMoney ? LocalNumbers.AmountDecimals(value) : 1);

    private static string RussianGenitive(double value, string one, string many) =>
        double.IsInteger(value) && Math.Abs(value) < long.MaxValue ? Counted.Russian((long)value, one, many, many) : one;
}
