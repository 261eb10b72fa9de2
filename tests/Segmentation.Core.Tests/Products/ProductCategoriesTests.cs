using Segmentation.Core.Products;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Products;

public sealed class ProductCategoriesTests
{
    private static readonly string[] Sorts = ["mug", "candle", "bag", "card"];
    private static readonly string[] Makes = ["retro", "floral", "striped", "dotted", "plain", "rustic", "modern", "tiny", "royal", "cosy"];

    [Fact]
    public void Products_whose_names_share_a_word_form_a_category()
    {
        Categorization categories = Form(Shop());
        Assert.Equal(CategorySource.Descriptions, categories.Source);
        Assert.Equal(5, categories.Categories.Count);
        KeyValuePair<string, ProductFigures>[] products = [.. Shop()];
        foreach (string sort in Sorts)
        {
            int[] found = [.. products.Select((product, i) => (product, i))
                .Where(one => one.product.Value.Name.Contains(sort, StringComparison.Ordinal))
                .Select(one => categories.CategoryOf[one.i]).Distinct()];
            Assert.Contains(sort, categories.Categories[Assert.Single(found)].Words, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Every_product_is_in_one_category_and_the_money_adds_up()
    {
        KeyValuePair<string, ProductFigures>[] products = [.. Shop(), .. Products(("zz1", "", "", 7), ("zz2", "unheard of", "", 8))];
        Categorization categories = Form(products);
        Assert.All(categories.CategoryOf, category => Assert.InRange(category, 0, categories.Categories.Count - 1));
        Assert.Equal(products.Length, categories.Categories.Sum(category => category.Products));
        Assert.Equal(
            products.Aggregate(Money.Zero, (sum, product) => sum + product.Value.Sales.Revenue),
            categories.Categories.Aggregate(Money.Zero, (sum, category) => sum + category.Revenue));
        Assert.Equal("Other", categories.Categories[^1].Name);
        Assert.Equal(2, categories.Categories[^1].Products);
    }

    [Fact]
    public void Names_of_categories_are_unique_and_the_categories_fall_by_revenue()
    {
        Categorization categories = Form(Shop());
        string[] names = [.. categories.Categories.Select(category => category.Name)];
        Assert.Equal(names, names.Distinct(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);
        Money[] revenues = [.. categories.Categories.SkipLast(1).Select(category => category.Revenue)];
        Assert.Equal(revenues.OrderDescending(), revenues);
    }

    [Fact]
    public void Categories_that_the_files_say_win_whatever_their_letter_case()
    {
        Categorization categories = Form(Products(
            ("a", "mug", "Kitchen", 5), ("b", "cup", "KITCHEN", 1), ("c", "pen", "Office", 3), ("d", "lamp", "", 2)));
        Assert.Equal(CategorySource.Column, categories.Source);
        Assert.Equal(["Kitchen", "Office", "Other"], categories.Categories.Select(category => category.Name), StringComparer.Ordinal);
        Assert.Equal([0, 0, 1, 2], categories.CategoryOf);
    }

    [Fact]
    public void Categories_of_a_small_part_of_the_sales_do_not_count() =>
        Assert.Equal(CategorySource.None, Form(Products(("a", "mug", "Kitchen", 1), ("b", "pen", "", 5))).Source);

    [Fact]
    public void A_category_that_the_files_call_other_keeps_its_name()
    {
        Categorization categories = Form(Products(("a", "", "Other", 5), ("b", "", "", 1)));
        Assert.Equal(["Other", "Other…"], categories.Categories.Select(category => category.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void More_categories_than_are_told_apart_end_in_the_one_of_everything_else()
    {
        Categorization categories = Form(Products(
            [.. Enumerable.Range(0, 50).Select(i => ($"p{i:D2}", "", $"c{i:D2}", 100 - i))]));
        Assert.Equal(ProductCategories.MostSaid + 1, categories.Categories.Count);
        Assert.Equal(30, categories.Categories[^1].Products);
    }

    [Fact]
    public void Products_without_names_or_with_nothing_in_common_have_no_categories()
    {
        Assert.Same(Categorization.Nothing, Form([]));
        Assert.Same(Categorization.Nothing, Form(Products([.. Enumerable.Range(0, 40).Select(i => ($"p{i:D2}", "", "", 1))])));
        string letters = "abcdefghijklmnopqrstuvwxyz";
        Assert.Same(Categorization.Nothing, Form(Products([.. letters.Select(letter => ($"{letter}", new string(letter, 5), "", 1))])));
        Assert.Same(Categorization.Nothing, Form(Products([.. Enumerable.Range(0, 40).Select(i => ($"p{i:D2}", "same name", "", 1))])));
    }

    private static Categorization Form(KeyValuePair<string, ProductFigures>[] products) =>
        ProductCategories.Form(products, ProductOptionsDefault, Language.English, TestContext.Current.CancellationToken);

    private const int ProductOptionsDefault = 12;

    // Forty products: each sort in ten makes, so that what a product is says more than how it looks.
    private static KeyValuePair<string, ProductFigures>[] Shop()
    {
        var random = new Xoshiro256StarStar(5);
        return Products([.. Sorts.SelectMany((sort, s) => Makes.Select((make, m) =>
            ($"p{s}{m}", $"{make}{s} {sort} of shelf {random.NextInt32(9)}", "", 1 + random.NextInt32(50))))]);
    }

    private static KeyValuePair<string, ProductFigures>[] Products(params (string Code, string Name, string Category, int Revenue)[] products) =>
        [.. products.Select(product =>
        {
            var figures = new ProductFigures { Sales = new RowTally(1, new Money(product.Revenue * Money.MicrosPerUnit)) };
            if (product.Name.Length > 0)
            {
                figures.Names.Add(product.Name, 1);
            }

            if (product.Category.Length > 0)
            {
                figures.Categories.Add(product.Category, 1);
            }

            return KeyValuePair.Create(product.Code, figures);
        })];
}
