using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>Files as they should not be: a clear message or counted rejections, in bounded time and memory.</summary>
public class BadFileTests
{
    private const string Header = "customer,date,price\n";
    private const string Good = "A,2023-01-02,1\n";

    [Theory]
    [InlineData("NaN")]
    [InlineData("1e308")]
    [InlineData("-1e308")]
    [InlineData("0x1F")]
    [InlineData("Infinity")]
    [InlineData("1.2.3")]
    [InlineData("12%")]
    [InlineData("=1+1")]
    [InlineData("<b>1</b>")]
    [InlineData("１２")]
    public async Task What_is_no_number_is_a_rejected_row(string price)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Header}{Good}B,2023-01-02,{price}\n");

        Assert.Equal(("unreadable-number", 3L), (Assert.Single(sink.Rejected).Reason, sink.Rejected[0].Line));
        Assert.Single(sink.Accepted);
    }

    [Theory]
    [InlineData(1_100_000)]
    [InlineData(6_000_000)]
    public async Task A_first_row_that_is_too_long_is_rejected_like_any_other(int length)
    {
        string text = $"{Header}\"{new string('x', length)}\",2023-01-02,1\n{string.Concat(Enumerable.Repeat(Good, 40))}";

        (_, CollectingSink sink) = await Cleaning.ReadAsync(text);

        Assert.Equal(("too-long", 2L), (Assert.Single(sink.Rejected).Reason, sink.Rejected[0].Line));
        Assert.Equal((40, 3L), (sink.Accepted.Count, sink.Accepted[0].Line));
    }

    [Theory]
    [InlineData("cp866", "Ёлкин", "Юрьев", "Эльза")]
    [InlineData("windows-1251", "Ёлкин", "Юрьев", "Эльза")]
    [InlineData("cp866", "Ъэ", "Щъ", "Ыц")]
    public async Task Names_of_rare_letters_are_read_in_a_code_page_with_a_warning(string encoding, params string[] names)
    {
        string text = Header + string.Concat(names.Select(static name => $"{name},2023-01-02,1\n"));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(UploadEncodings.ForWriting(encoding).GetBytes(text));

        Assert.Equal((encoding, "guess"), (reading.Dialect.Encoding, reading.Dialect.Confidence["encoding"]));
        Assert.Equal(names, sink.Accepted.Select(static line => line.Customer).ToArray());
        Assert.Contains(reading.Warnings, static warning => warning.Contains("import.encoding", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ragged_rows_are_rejected_one_by_one()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Header}{Good}B\nC,2023-01-02\nD,2023-01-02,1,2,3\n{Good}");

        Assert.Equal(["field-count", "field-count", "field-count"], sink.Rejected.Select(static row => row.Reason).ToArray());
        Assert.Equal(2, sink.Accepted.Count);
    }

    [Fact]
    public async Task Of_two_columns_of_one_name_the_first_is_taken_with_a_warning()
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync("customer,date,price,price\nA,2023-01-02,1,2\n");

        Assert.Equal("1.00", sink.Accepted[0].Amount.ToString());
        Assert.Contains("column 4", Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Very_many_columns_are_refused_with_the_option_that_allows_more()
    {
        string columns = string.Join(',', Enumerable.Range(0, 10_000).Select(static i => $"c{i}"));

        UnusableUploadException refusal = await Cleaning.RefusedAsync($"customer,date,price,{columns}\n");

        Assert.Contains("10003 columns; at most 1000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_million_empty_names_are_refused()
    {
        UnusableUploadException refusal = await Cleaning.RefusedAsync(new string(',', 2_000_000) + "\n" + Good);

        Assert.False(string.IsNullOrEmpty(refusal.Advice));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_field_of_six_megabytes_is_one_rejected_row(bool quoted)
    {
        string field = new('x', 6 << 20);

        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Header}{Good}{(quoted ? $"\"{field}\"" : field)},2023-01-02,1\n{Good}", bufferBytes: 1 << 16);

        Assert.Equal("too-long", Assert.Single(sink.Rejected).Reason);
        Assert.Equal(2, sink.Accepted.Count);
    }

    [Fact]
    public async Task An_unterminated_quote_costs_its_line_alone()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Header}{Good}\"B,2023-01-02,1\n{string.Concat(Enumerable.Repeat(Good, 2_000))}");

        Assert.Equal(("unreadable-text", 3L), (Assert.Single(sink.Rejected).Reason, sink.Rejected[0].Line));
        Assert.Equal(2_001, sink.Accepted.Count);
    }

    [Fact]
    public async Task Nul_bytes_and_broken_utf8_are_rejected_rows()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Header + "é,2023-01-02,1\nB"), 0, .. ",2023-01-02,1\nC"u8, 0xC3, .. ",2023-01-02,1\n"u8];

        (_, CollectingSink sink) = await Cleaning.ReadAsync(bytes);

        Assert.Equal([(3L, "unreadable-text"), (4L, "unreadable-text")], sink.Rejected.Select(static row => (row.Line, row.Reason)));
    }

    [Fact]
    public async Task Odd_unicode_and_markup_in_ids_is_kept_as_text_in_the_composed_form()
    {
        string[] ids = ["😀", "\u202Eabc", "e\u0301", "<script>", "=cmd()", "Ａ", "a\u200Bb", "ПриветРќ"];

        (_, CollectingSink sink) = await Cleaning.ReadAsync(Header + string.Concat(ids.Select(static id => $"{id},2023-01-02,1\n")));

        Assert.Equal(ids.Select(static id => id.Normalize(NormalizationForm.FormC)).ToArray(), sink.Accepted.Select(static line => line.Customer).ToArray());
    }

    [Theory]
    [InlineData("<table><tr><td>customer</td></tr></table>", "HTML")]
    [InlineData("{\"orders\": []}", "JSON")]
    [InlineData("<?xml version=\"1.0\"?><a/>", "XML")]
    [InlineData("%PDF-1.7\n", "PDF")]
    public async Task Other_formats_under_the_name_of_a_table_are_named(string text, string what) =>
        Assert.Contains(what, (await Cleaning.RefusedAsync(text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Binary_data_is_refused()
    {
        byte[] bytes = [.. Enumerable.Range(0, 50_000).Select(static i => (byte)(i * 2_654_435_761L >> 13))];

        Assert.False(string.IsNullOrEmpty((await Cleaning.RefusedAsync(bytes)).Advice));
    }
}
