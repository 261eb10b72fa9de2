using Segmentation.Core.Segments;

namespace Segmentation.Core.Quality;

/// <summary>Says a finding, and what to do about it, in the language of the run.</summary>
public static class QualityWords
{
    /// <summary>What was found.</summary>
    public static string Describe(QualityFinding finding, Language language)
    {
        string count = LocalNumbers.Count(finding.Count, language);
        string share = LocalNumbers.Percent(finding.Share ?? double.NaN, language);
        string amount = finding.Amount is { } money ? LocalNumbers.ExactAmount(money.ToString(), language) : "";
        return (finding.Kind, language == Language.Russian) switch
        {
            (QualityKind.PriceOutlier, false) => $"Product {finding.Subject}: {count} line(s) with a price 1,000 times the median or a thousandth of it, up to {amount}.",
            (QualityKind.PriceOutlier, true) => $"Товар {finding.Subject}: строк с ценой в 1 000 раз больше или меньше медианы — {count}, цена до {amount}.",
            (QualityKind.DominantCustomer, false) => $"{count} customer(s) with more than 5 % of all spend each: together {amount}, {share} of all.",
            (QualityKind.DominantCustomer, true) => $"Клиентов, у каждого из которых больше 5 % всех покупок, — {count}: вместе {amount}, {share} от всего.",
            (QualityKind.CodeCase, false) => $"{count} product code(s) occur in several letter cases: {finding.Subject}.",
            (QualityKind.CodeCase, true) => $"Кодов товара, которые отличаются только регистром букв, — {count}: {finding.Subject}.",
            (QualityKind.SeveralDescriptions, false) => $"{count} product(s) have more than one description (for example {finding.Subject}); the most frequent one is shown.",
            (QualityKind.SeveralDescriptions, true) => $"Товаров с несколькими названиями — {count} (например, {finding.Subject}); показано самое частое.",
            (QualityKind.MissingCustomers, false) => $"{count} rows ({share}) worth {amount} name no customer and are in no segment.",
            (QualityKind.MissingCustomers, true) => $"Строк без клиента — {count} ({share}) на сумму {amount}; они не входят ни в один сегмент.",
            (QualityKind.RejectedRows, false) => $"{count} rows ({share}) could not be used.",
            (QualityKind.RejectedRows, true) => $"Строк, которые нельзя использовать, — {count} ({share}).",
            (QualityKind.Returns, false) => $"Returns and cancellations: {count} lines worth {amount}, {share} of the sales.",
            (QualityKind.Returns, true) => $"Возвраты и отмены: строк — {count}, на сумму {amount}, {share} от продаж.",
            (QualityKind.SalesGap, false) => $"No sale on {count} days in a row: {finding.Subject}.",
            (QualityKind.SalesGap, true) => $"Нет ни одной продажи {count} дн. подряд: {finding.Subject}.",
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
}
