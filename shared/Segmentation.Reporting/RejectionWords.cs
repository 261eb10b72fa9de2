using Segmentation.Core.Transactions;

namespace Segmentation.Reporting;

/// <summary>Reasons of rejection as a marketer would say them; files keep the short keys.</summary>
internal static class RejectionWords
{
    public static string Of(RejectionReason reason, Page page) => reason switch
    {
        RejectionReason.ErasedCustomer => page.Say("customer was erased", "данные клиента удалены"),
        RejectionReason.FieldCount => page.Say("another number of columns than the header", "число столбцов не как в заголовке"),
        RejectionReason.UnreadableDate => page.Say("date cannot be read", "не читается дата"),
        RejectionReason.UnreadableNumber => page.Say("quantity or price cannot be read", "не читается количество или цена"),
        RejectionReason.UnreadableText => page.Say("text is damaged", "повреждён текст"),
        RejectionReason.TooLong => page.Say("a field is too long", "слишком длинное поле"),
        RejectionReason.FutureDate => page.Say("date is in the future", "дата в будущем"),
        RejectionReason.MissingCustomer => page.Say("no customer", "не указан клиент"),
        RejectionReason.NonPositiveQuantity => page.Say("quantity is zero or less", "количество не больше нуля"),
        RejectionReason.NonPositivePrice => page.Say("price is zero or less", "цена не больше нуля"),
        RejectionReason.NonProduct => page.Say("postage, fees and other non-products", "доставка, сборы и прочие нетовары"),
        RejectionReason.AfterAsOf => page.Say("on or after the as-of date", "на дату расчёта или позже"),
        RejectionReason.BeforeWindow => page.Say("before the look-back window", "раньше выбранного периода"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Unknown reason of rejection."),
    };
}
