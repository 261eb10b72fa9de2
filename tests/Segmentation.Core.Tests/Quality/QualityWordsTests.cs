using Segmentation.Core.Quality;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Quality;

public sealed class QualityWordsTests
{
    [Theory]
    [InlineData(1, "One customer has more than 5% of all spend: 1,234.50, 80.0% of all.", "На одного клиента приходится больше 5\u202F% всех покупок: 1\u202F234,50, 80,0\u202F% от всего.")]
    [InlineData(2, "2 customers have more than 5% of all spend each: together 1,234.50, 80.0% of all.", "2 клиента сделали больше 5\u202F% всех покупок каждый: вместе 1\u202F234,50, 80,0\u202F% от всего.")]
    public void A_dominant_customer_is_said_as_people_say_it(long count, string english, string russian)
    {
        var finding = new QualityFinding(QualityKind.DominantCustomer, QualitySeverity.Warning, "", count, Money.Parse("1234.50"), 0.8);
        Assert.Equal(english, QualityWords.Describe(finding, Language.English));
        Assert.Equal(russian, QualityWords.Describe(finding, Language.Russian));
    }

    [Fact]
    public void Dates_in_sentences_are_those_of_the_language_and_the_subject_stays_for_programs()
    {
        var gap = new QualityFinding(QualityKind.SalesGap, QualitySeverity.Warning, "2026-11-03…2026-11-24", 22);
        Assert.Equal("No sale on 22 days in a row: 3 November 2026 to 24 November 2026.", QualityWords.Describe(gap, Language.English));
        Assert.Equal("Нет ни одной продажи 22 дня подряд: с 3 ноября 2026 г. по 24 ноября 2026 г.", QualityWords.Describe(gap, Language.Russian));
    }

    [Fact]
    public void Every_finding_is_a_finished_sentence_in_the_singular_and_the_plural()
    {
        foreach (Language language in Enum.GetValues<Language>())
        {
            foreach (QualityKind kind in Enum.GetValues<QualityKind>())
            {
                foreach (long count in (long[])[1, 2, 5])
                {
                    string text = QualityWords.Describe(new QualityFinding(kind, QualitySeverity.Note, "A", count, Money.Parse("1.00"), 0.1), language);
                    Assert.EndsWith(".", text, StringComparison.Ordinal);
                    Assert.DoesNotContain("(s)", text, StringComparison.Ordinal);
                    Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
                }
            }
        }
    }
}
