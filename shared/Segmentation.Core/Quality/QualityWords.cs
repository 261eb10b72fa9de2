using System.Globalization;
using Segmentation.Core.Segments;

namespace Segmentation.Core.Quality;

/// <summary>Says a finding, and what to do about it, in the language of the run.</summary>
public static class QualityWords
{
    /// <summary>What was found.</summary>
    public static string Describe(QualityFinding finding, Language language)
    {
        bool isOne = finding.Count == 1;
        string limit = LocalNumbers.PercentLimit(QualityFindings.DominantShare, language);
        string count = LocalNumbers.Count(finding.Count, language);
        string share = LocalNumbers.Percent(finding.Share ?? double.NaN, language);
        string amount = finding.Amount is { } money ? LocalNumbers.ExactAmount(money.ToString(), language) : "";
        return (finding.Kind, language == Language.Russian) switch
        {
            (QualityKind.PriceOutlier, false) =>
                $"Product {finding.Subject}: {count} {(isOne ? "line" : "lines")} with a price 1,000 times the median or a thousandth of it, up to {amount}.",
            (QualityKind.PriceOutlier, true) =>
                $"Товар {finding.Subject}: цена в 1\u202F000 раз больше или меньше медианы — {count} {Counted.Russian(finding.Count, "строка", "строки", "строк")}, цена до {amount}.",
            (QualityKind.DominantCustomer, false) => isOne
                ? $"One customer has more than {limit} of all spend: {amount}, {share} of all."
                : $"{count} customers have more than {limit} of all spend each: together {amount}, {share} of all.",
            (QualityKind.DominantCustomer, true) => isOne
                ? $"На одного клиента приходится больше {limit} всех покупок: {amount}, {share} от всего."
                : $"{Counted.Customers(finding.Count, language)} сделали больше {limit} всех покупок каждый: вместе {amount}, {share} от всего.",
            (QualityKind.CodeCase, false) => $"{count} product {(isOne ? "code occurs" : "codes occur")} in several letter cases: {finding.Subject}.",
            (QualityKind.CodeCase, true) => isOne
                ? $"Код товара записан и прописными, и строчными буквами: {finding.Subject}."
                : $"Некоторые коды товаров ({count}) записаны и прописными, и строчными буквами: {finding.Subject}.",
            (QualityKind.SeveralDescriptions, false) => isOne
                ? $"One product has more than one description ({finding.Subject}); the most frequent one is shown."
                : $"{count} products have more than one description (for example {finding.Subject}); the most frequent one is shown.",
            (QualityKind.SeveralDescriptions, true) => isOne
                ? $"У одного товара несколько названий ({finding.Subject}); показано самое частое."
                : $"У некоторых товаров ({count}) несколько названий (например, {finding.Subject}); показано самое частое.",
            (QualityKind.MissingCustomers, false) => $"{count} {(isOne ? "row" : "rows")} ({share}) worth {amount} {(isOne ? "names no customer and is" : "name no customer and are")} in no segment.",
            (QualityKind.MissingCustomers, true) => $"В {count} {Counted.Russian(finding.Count, "строке", "строках", "строках")} ({share}) на сумму {amount} не указан клиент; в сегменты они не входят.",
            (QualityKind.RejectedRows, false) => $"{count} {(isOne ? "row" : "rows")} ({share}) could not be used.",
            (QualityKind.RejectedRows, true) => $"{count} {Counted.Russian(finding.Count, "строку", "строки", "строк")} ({share}) не удалось использовать.",
            (QualityKind.Returns, false) => $"Returns and cancellations: {count} {(isOne ? "line" : "lines")} worth {amount}, {share} of the sales.",
            (QualityKind.Returns, true) => $"Возвраты и отмены: {count} {Counted.Russian(finding.Count, "строка", "строки", "строк")} на сумму {amount}, {share} от продаж.",
            (QualityKind.SalesGap, false) => $"No sale on {Counted.Days(finding.Count, language)} in a row: {Period(finding.Subject, language)}.",
            (QualityKind.SalesGap, true) => $"Нет ни одной продажи {Counted.Days(finding.Count, language)} подряд: {Period(finding.Subject, language)}",
            (_, false) => $"There are more than {count} products; those over it count as one category.",
            (_, true) => $"Товаров больше {count}; остальные считаются одной категорией.",
        };
    }

    /// <summary>What to do about it.</summary>
    public static string Advise(QualityKind kind, Language language) => (kind, language == Language.Russian) switch
    {
        (QualityKind.PriceOutlier, false) => "Look for a slipped decimal point or a price in another unit; correct the file and upload it again under the same name.",
        (QualityKind.PriceOutlier, true) => "Проверьте десятичный разделитель и единицу цены; исправьте файл и загрузите его снова под тем же именем.",
        (QualityKind.DominantCustomer, false) => "Check whether it is a wholesaler or a till account; the means of its segment follow it. Option selection.outliers=cap limits its weight in the model.",
        (QualityKind.DominantCustomer, true) => "Проверьте, не оптовик ли это и не общий счёт кассы: средние сегмента следуют за ним. Параметр selection.outliers=cap ограничит его вес в модели.",
        (QualityKind.CodeCase, false) => "They count as different products; agree on one spelling in the shop system.",
        (QualityKind.CodeCase, true) => "Они считаются разными товарами; выберите одно написание в системе магазина.",
        (QualityKind.SeveralDescriptions, false) => "Nothing has to be done; hand-typed notes instead of names are a usual cause.",
        (QualityKind.SeveralDescriptions, true) => "Ничего делать не нужно; обычная причина — заметки вместо названий.",
        (QualityKind.MissingCustomers, false) => "Guest orders are a usual cause. If the export lost the column, export it again with customer ids.",
        (QualityKind.MissingCustomers, true) => "Обычная причина — покупки без регистрации. Если столбец потерялся при выгрузке, выгрузите файл с клиентами.",
        (QualityKind.RejectedRows, false) => "See rejects.csv: reason and line of each; correct the rows and upload them again.",
        (QualityKind.RejectedRows, true) => "См. rejects.csv: причина и строка каждой; исправьте строки и загрузите их снова.",
        (QualityKind.Returns, false) => "Option cleaning.returns says whether they reduce a customer's spend (net) or not (ignore).",
        (QualityKind.Returns, true) => "Параметр cleaning.returns решает, вычитаются ли они из покупок клиента (net) или нет (ignore).",
        (QualityKind.SalesGap, false) => "If the shop was open, a file is missing: upload it, in any order.",
        (QualityKind.SalesGap, true) => "Если магазин работал, не хватает файла: загрузите его, порядок не важен.",
        (_, false) => "Check that the product column holds product codes and not order lines.",
        (_, true) => "Проверьте, что в столбце товара коды товаров, а не строк заказа.",
    };

    // The subject is for programs: two ISO dates with an ellipsis between them. In Russian the abbreviated year ends the sentence.
    private static string Period(string subject, Language language)
    {
        string[] ends = subject.Split('…');
        return ends.Length == 2
            && DateOnly.TryParseExact(ends[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly first)
            && DateOnly.TryParseExact(ends[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly last)
            ? language.Pick(
                $"{LocalDates.InFull(first, language)} to {LocalDates.InFull(last, language)}",
                $"с {LocalDates.InFull(first, language)} по {LocalDates.InFull(last, language)}")
            : language.Pick(subject, subject + ".");
    }
}
