using Segmentation.Core.Products;

namespace Segmentation.Core.Tests.Products;

public sealed class ProductWordsTests
{
    [Theory]
    [InlineData("WHITE HANGING HEART T-LIGHT HOLDER", "hanging heart holder")]
    [InlineData("SET OF 3 CAKE TINS PANTRY DESIGN", "cake tins pantry")]
    [InlineData("Children's boxes, 12 x small box", "childrens boxes")]
    [InlineData("  GLASS  dress bus ", "glass dress bus")]
    [InlineData("Кружка керамическая белая 350 мл", "кружка керамическая")]
    [InlineData("£5 №7 + 12,5%", "")]
    public void Words_that_count_measure_or_colour_are_left_out(string description, string words) =>
        Assert.Equal(words, string.Join(' ', ProductWords.Of(description).Select(word => word.Word)));

    [Theory]
    [InlineData("box", "boxes")]
    [InlineData("berry", "berries")]
    [InlineData("bag", "BAGS")]
    [InlineData("dish", "dishes")]
    [InlineData("кружка", "Кружки")]
    [InlineData("подушка", "подушками")]
    [InlineData("стеклянный", "стеклянные")]
    public void Forms_of_one_word_have_one_stem(string one, string other) =>
        Assert.Equal(Assert.Single(ProductWords.Of(one)).Stem, Assert.Single(ProductWords.Of(other)).Stem);

    [Theory]
    [InlineData("glass", "glas")]
    [InlineData("bus", "bu")]
    public void Words_of_one_number_keep_their_last_letter(string word, string wrong) =>
        Assert.False(string.Equals(wrong, Assert.Single(ProductWords.Of(word)).Stem, StringComparison.Ordinal));
}
