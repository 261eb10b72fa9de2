using Segmentation.Core.Transactions;
using Segmentation.Testing.Forms;

namespace Segmentation.Core.Tests.Transactions.Forms;

/// <summary>One small shop in many forms gives the same lines and the same ledger from each.</summary>
public class ShopFormTests
{
    public static TheoryData<string> Names => [.. ShopForms.All.Select(static form => form.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_same_shop_is_read(string name)
    {
        ShopForm form = ShopForms.All.First(form => form.Name == name);
        ShopForm plain = new("plain") { Latin = form.Latin, HasTotals = form.HasTotals, Header = form.HasTotals ? form.Header : ShopForms.All[0].Header };
        (_, CollectingSink expected) = await Cleaning.ReadAsync(plain.Write(FormLine.Shop));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(form.Write(FormLine.Shop), bufferBytes: 1 << 12);

        Assert.Equal(FormLine.Shop.Count, expected.Rows);
        string told = string.Join("\n", reading.Warnings);
        Assert.True(expected.Rows == sink.Rows, $"{sink.Rows} rows, expected {expected.Rows}: {told}");
        Assert.Equal(
            expected.Rejected.Select(static row => (row.Reason, row.Amount)), sink.Rejected.Select(static row => (row.Reason, row.Amount)));
        Assert.Equal(expected.Accepted.Select(line => Of(line, form)), sink.Accepted.Select(line => Of(line, form)));
        if (form.Header is not null && form.Delimiter != ' ')
        {
            Assert.Equal(expected.Accepted.Select(static line => line.Description).ToArray(), sink.Accepted.Select(static line => line.Description).ToArray());
        }
    }

    [Fact]
    public void There_are_many_forms() => Assert.True(ShopForms.All.Count >= 45);

    private static (LineKind, string, string, string, DateTime, DecimalNumber, Money) Of(Kept line, ShopForm form) =>
        (line.Kind, line.Customer, line.Invoice, line.Product, form.Kept(line.Time), line.Quantity, line.Amount);
}
