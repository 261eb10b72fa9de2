using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>What the first line of an order carries to its further ones is judged as it is where it stands.</summary>
public class CarriedFieldTests
{
    private const string Header = "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem price,Shipping Country\n";

    [Theory]
    [InlineData(64)]
    [InlineData(1 << 16)]
    public async Task A_customer_is_composed_on_every_line_of_the_order_wherever_a_block_of_the_file_ends(int bufferBytes)
    {
        var rows = new StringBuilder(Header).Append("#1,e\u0301a@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,UK\n");
        for (int i = 0; i < 20; i++)
        {
            rows.Append("#1,,,,1,Cup,C1,1.00,\n");
        }

        (_, CollectingSink sink) = await Cleaning.ReadAsync(rows.ToString(), bufferBytes: bufferBytes);

        Assert.Equal(21, sink.Accepted.Count);
        Assert.Equal("\u00E9a@x", Assert.Single(sink.Accepted.Select(static row => row.Customer).Distinct(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("jos\u00E9@x", "unreadable-text", "Field 2 'jos\uFFFD@x' is not valid UTF-8; if the file is in another encoding, set import.encoding")]
    [InlineData("jo\0s@x", "unreadable-text", "Field 2 'jo\uFFFDs@x' holds NUL bytes or bytes that are no text in the file's encoding")]
    [InlineData("\u00EF\u00BF\u00BE@x", "unreadable-text", "Field 2 '\uFFFD@x' holds U+FFFE, which is no character")]
    [InlineData("j01234567890123456789@x", "too-long", "A field or the line is longer than import.maxFieldBytes allows (20 bytes a field)")]
    public async Task A_customer_that_is_no_text_or_too_long_rejects_the_lines_that_would_take_it(string customer, string reason, string detail)
    {
        (_, CollectingSink sink) = await ReadAsync(
            $"#1,{customer},paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,UK\n#1,,,,1,Cup,C1,1.00,\n#1,,,,x,Tee,T1,1.00,\n#1,b@x,,,1,Jar,J1,2.00,\n#1,,,,1,Cup,C1,1.00,\n");

        Assert.Equal([(5L, "b@x"), (6L, "b@x")], sink.Accepted.Select(static row => (row.Line, row.Customer)));
        Assert.Equal([reason, reason, "unreadable-number"], sink.Rejected.Select(static row => row.Reason), StringComparer.Ordinal);
        Assert.Equal([detail, "Of the order's first line: " + detail], sink.Rejected.Take(2).Select(static row => row.Detail), StringComparer.Ordinal);
        Assert.Equal(
            ["", "#1,,paid,2010-12-24 10:00:00,1,Cup,C1,1.00,UK", "#1,,paid,2010-12-24 10:00:00,x,Tee,T1,1.00,UK"],
            sink.Rejected.Select(static row => row.Filled), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_line_with_a_value_of_its_own_takes_none_that_is_no_text()
    {
        (_, CollectingSink sink) = await ReadAsync(
            "#1,j01234567890123456789@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,\u00E9\n#1,,,,1,Cup,C1,1.00,\n#1,b@x,,,1,Tee,T1,1.00,\n#1,,,,1,Jar,J1,2.00,DE\n#1,,,,1,Pot,P1,2.00,\n");

        Assert.Equal([(5L, "b@x", "DE"), (6L, "b@x", "DE")], sink.Accepted.Select(static row => (row.Line, row.Customer, row.Country)));
        Assert.Equal(["unreadable-text", "unreadable-text", "unreadable-text"], sink.Rejected.Select(static row => row.Reason), StringComparer.Ordinal);
        Assert.Equal("#1,,paid,2010-12-24 10:00:00,1,Cup,C1,1.00,", sink.Rejected[1].Filled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_accepted_line_is_filled_only_where_it_is_kept(bool keepsRaw)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Header + "#1,a@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,UK\n#1,,,,1,Cup,C1,1.00,\n#1,,,,1,Postage,POST,1.00,\n");
        (_, CollectingSink sink) = await Cleaning.ReadAsync(bytes, keepsRaw: keepsRaw);

        string filled = keepsRaw ? "#1,a@x,paid,2010-12-24 10:00:00,1,Cup,C1,1.00,UK" : "";
        Assert.Equal(
            ["", filled, "#1,a@x,paid,2010-12-24 10:00:00,1,Postage,POST,1.00,UK"], sink.Accepted.Select(static row => row.Filled), StringComparer.Ordinal);
    }

    private static Task<(UploadReading Reading, CollectingSink Sink)> ReadAsync(string rows) =>
        Cleaning.ReadAsync(Encoding.Latin1.GetBytes(Header + rows), new ImportOptions { Encoding = "utf-8", MaxFieldBytes = 20 }, bufferBytes: 1 << 16);
}
