using Segmentation.Core.Transactions;

namespace Segmentation.Reporting;

/// <summary>Where every row of the uploads went.</summary>
internal static class LedgerSection
{
    public static void Write(ReportModel report, Page page)
    {
        page.Heading(
            page.Say("Every row accounted for", "Учтена каждая строка"),
            page.Say(
                "Each row of your files is in exactly one line below, and rows and money add up to what was read. Money is shown to the "
                + "cent; ledger.json has every decimal.",
                "Каждая строка ваших файлов попала ровно в одну из статей, а строки и суммы сходятся с прочитанным. Суммы показаны до "
                + "сотых; все знаки — в ledger.json."));
        Total(report.Ledger, page);
        if (report.Uploads.Count > 0)
        {
            page.Markup.Element("p", "");
            Uploads(report.Uploads, page);
        }
    }

    private static void Total(ReportLedger ledger, Page page)
    {
        using (page.Table(
            (page.Say("What became of the rows", "Что стало со строками"), false),
            (page.Say("Rows", "Строк"), true),
            (page.Say("Share", "Доля"), true),
            (page.Say("Money", "Сумма"), true)))
        {
            Line(page.Say("Sales that count", "Учтённые продажи"), ledger.Kept);
            Line(page.Say("Cancelled or returned", "Отмены и возвраты"), ledger.Returned);
            Line(page.Say("Exact repetitions, merged", "Точные повторы, объединены"), ledger.Merged);
            Line(page.Say("Replaced by a later upload", "Заменены более поздней загрузкой"), ledger.Superseded);
            Line(page.Say("Rejected", "Отклонены"), ledger.Rejected);
            foreach (RejectionReason reason in RejectionReasons.All)
            {
                if (ledger.Reasons.TryGetValue(reason, out long rows) && rows > 0)
                {
                    Row("part", RejectionWords.Of(reason, page), rows, "");
                }
            }

            Row("total", page.Say("All rows read", "Всего прочитано"), ledger.Rows.Rows, page.Cents(ledger.Rows.Money));
        }

        void Line(string name, LedgerLine line) => Row(null, name, line.Rows, page.Cents(line.Money));

        void Row(string? cssClass, string name, long rows, string money)
        {
            using (page.Markup.Open("tr", cssClass))
            {
                page.Markup.Element("td", name);
                page.Number(page.Count(rows));
                page.Number(ledger.Rows.Rows > 0 ? page.Percent((double)rows / ledger.Rows.Rows) : "");
                page.Number(money);
            }
        }
    }

    private static void Uploads(IReadOnlyList<ReportUpload> uploads, Page page)
    {
        using (page.Table(
            (page.Say("Upload", "Загрузка"), false),
            (page.Say("Rows", "Строк"), true),
            (page.Say("Sales", "Продажи"), true),
            (page.Say("Returned", "Возвраты"), true),
            (page.Say("Merged", "Повторы"), true),
            (page.Say("Replaced", "Заменены"), true),
            (page.Say("Rejected", "Отклонены"), true),
            (page.Say("Money of sales", "Сумма продаж"), true)))
        {
            foreach (ReportUpload upload in uploads)
            {
                using (page.Markup.Open("tr"))
                {
                    using (page.Markup.Open("td", "name"))
                    {
                        page.Markup.Text(upload.Name);
                        Notes(upload, page);
                    }

                    foreach (long rows in (ReadOnlySpan<long>)
                        [upload.Rows, upload.Kept, upload.Returned, upload.Merged, upload.Superseded, upload.Rejected])
                    {
                        page.Number(page.Count(rows));
                    }

                    page.Number(page.Cents(upload.Revenue));
                }
            }
        }
    }

    private static void Notes(ReportUpload upload, Page page)
    {
        if (upload.Error is not null)
        {
            page.Markup.Element("div", page.Say("Not used: ", "Не использована: ") + upload.Error, "alert");
        }

        foreach (string warning in upload.Warnings)
        {
            page.Markup.Element("div", warning, "soft");
        }
    }
}
