using System.Globalization;
using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

public class RowJudgementTests
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    [Theory]
    [InlineData("1,A,d,2,2024-01-02,3,C1", "field-count", "7 fields, expected 8 separated by commas", "0.00")]
    [InlineData("1,A,d,2,2024-01-02,3,C1,UK,more", "field-count", "9 fields, expected 8 separated by commas", "0.00")]
    [InlineData("1,A,d,x,2024-13-02,3,,UK", "unreadable-date", "InvoiceDate '2024-13-02' is no date in the form yyyy-MM-dd", "0.00")]
    [InlineData("1,A,d,2,,3,C1,UK", "unreadable-date", "InvoiceDate is empty, expected a date like yyyy-MM-dd", "6.00")]
    [InlineData("1,A,d,2,2024-01-02,abc,,UK", "unreadable-number", "UnitPrice 'abc' is no number with '.' as the decimal separator, below 10^15", "0.00")]
    [InlineData("1,A,d,,2024-01-02,3,C1,UK", "unreadable-number", "Quantity is empty, expected a number", "0.00")]
    [InlineData("1,A,d,1e14,2024-01-02,100,C1,UK", "unreadable-number", "Quantity '1e14' × UnitPrice '100' is 10^15 or more", "0.00")]
    [InlineData("1,A,d\0,2,2024-01-02,3,C1,UK", "unreadable-text", "Field 3 'd\uFFFD' holds NUL bytes or bytes that are no text in the file's encoding", "6.00")]
    [InlineData("1,A,d\uFFFE,2,2024-01-02,3,,UK", "unreadable-text", "Field 3 'd\uFFFD' holds U+FFFE, which is no character", "6.00")]
    [InlineData("1,A,d,2,2024-06-03,3,\uFFFE,UK", "unreadable-text", "Field 7 '\uFFFD' holds U+FFFE, which is no character", "6.00")]
    [InlineData("1,A,d,2,2024-06-03,3,,UK", "future-date", "InvoiceDate '2024-06-03' is later than 2024-06-02 12:00:00 UTC, a day after the upload", "6.00")]
    [InlineData("C1,A,d,-2,2024-01-02,3,,UK", "missing-customer", "CustomerID is empty", "-6.00")]
    [InlineData("1,A,d,2,2024-01-02,3,NaN,UK", "missing-customer", "CustomerID 'NaN' stands for no customer", "6.00")]
    [InlineData("1,A,d,0,2024-01-02,0,C1,UK", "non-positive-quantity", "Quantity '0' is not above zero, and the line is no return", "0.00")]
    [InlineData("1,A,d,-1,2024-01-02,3,C1,UK", "non-positive-quantity", "Quantity '-1' is not above zero, and the line is no return", "-3.00")]
    [InlineData("1,A,d,1,2024-01-02,0.00,C1,UK", "non-positive-price", "UnitPrice '0.00' is not above zero, and the line is no return", "0.00")]
    public async Task Every_reason_has_its_explanation_and_the_money_as_far_as_it_can_be_read(string row, string reason, string detail, string amount)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Header}0,A,d,1,2024-01-01,1,C0,UK\n{row}\n");

        Rejected rejected = Assert.Single(sink.Rejected);
        Assert.Equal((3L, reason, detail, amount, row), (rejected.Line, rejected.Reason, rejected.Detail, rejected.Amount.ToString(), rejected.Raw));
        Assert.Single(sink.Accepted);
    }

    [Fact]
    public async Task Text_that_cannot_be_decoded_is_unreadable_and_merges_no_customers()
    {
        byte[] head = Encoding.Unicode.GetBytes("\uFEFFCustomerID,InvoiceNo,InvoiceDate,UnitPrice\nabcd,1,2011-01-13,2.50\nab");
        byte[] tail = Encoding.Unicode.GetBytes("cd,2,2011-01-11,2.50\n");
        (_, CollectingSink utf16) = await Cleaning.ReadAsync([.. head, 0x00, 0xD8, .. tail]);
        Assert.Equal(RejectionReason.UnreadableText.Name(), Assert.Single(utf16.Rejected).Reason);
        Assert.Single(utf16.Accepted);

        byte[] broken = [.. "CustomerID,InvoiceNo,InvoiceDate,UnitPrice\nab"u8, 0xFF, .. "cd,2,2011-01-11,2.50\n"u8];
        (_, CollectingSink chinese) = await Cleaning.ReadAsync(broken, new ImportOptions { Encoding = "gb18030" });
        Assert.Equal(RejectionReason.UnreadableText.Name(), Assert.Single(chinese.Rejected).Reason);
    }

    [Fact]
    public async Task Invalid_utf8_in_any_field_is_unreadable_text()
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(Header + "0,A,é,1,2024-01-01,1,C0,UK\n1,A,"), 0xFF, 0xFE, .. ",1,2024-01-01,1,C0,UK\n"u8];

        (_, CollectingSink sink) = await Cleaning.ReadAsync(bytes);

        Assert.Equal("unreadable-text", Assert.Single(sink.Rejected).Reason);
    }

    [Theory]
    [InlineData("\uFFFE", false)]
    [InlineData("\uFFFF", true)]
    [InlineData("\U0001FFFE", true)]
    [InlineData("\uFDD0", true)]
    public async Task A_hostile_code_point_in_any_field_stops_no_run_and_no_lookup(string hostile, bool isText)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync(
            $"{Header}0,A,d,1,2024-01-01,1,C0,UK\n{hostile},A,d,1,2024-01-01,1,C0,UK\n1,{hostile},d,1,2024-01-01,1,C0,UK\n1,A,e\u0301{hostile},1,2024-01-01,1,C0,UK\n"
            + $"1,A,d,1,2024-01-01,1,C{hostile},UK\n1,A,d,1,2024-01-01,1,C0,{hostile}\n");

        Assert.Equal(isText ? 6 : 1, sink.Accepted.Count);
        Assert.All(sink.Rejected, static row => Assert.Equal("unreadable-text", row.Reason));
        Assert.Equal(isText ? "C" + hostile : "", CustomerIds.Normalise($" C{hostile} "));
        Assert.Equal("customerid", FieldText.Key($"Customer{hostile} ID"));
    }

    [Fact]
    public async Task A_hostile_code_point_in_a_header_an_option_of_columns_or_a_status_stops_no_run()
    {
        var import = new ImportOptions { Columns = new Dictionary<TransactionField, string> { [TransactionField.Customer] = "cli\uFFFEent" } };

        (_, CollectingSink sink) = await Cleaning.ReadAsync("Cli\uFFFEent,da\uFFFEte,price,status\uFFFE\nA,2024-01-01,1,\uFFFEcancelled\nB,2024-01-01,1,paid\n", import);

        Assert.Equal("unreadable-text", Assert.Single(sink.Rejected).Reason);
        Assert.Single(sink.Accepted);
    }

    [Fact]
    public async Task A_field_beyond_the_limit_is_too_long_and_one_at_the_limit_is_not()
    {
        var import = new ImportOptions { MaxFieldBytes = 100 };
        string Row(int length) => $"1,A,{new string('x', length)},1,2024-01-01,1,C0,UK\n";

        (_, CollectingSink sink) = await Cleaning.ReadAsync(Header + Row(100) + Row(101) + Row(50_000) + Row(3), import);

        Assert.Equal([(3L, "too-long"), (4L, "too-long")], sink.Rejected.Select(static row => (row.Line, row.Reason)));
        Assert.Equal([2L, 5L], sink.Accepted.Select(static line => line.Line));
    }

    [Fact]
    public async Task An_unclosed_quote_is_unreadable_text_and_the_following_rows_count()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync(Header + "1,A,\"d,1,2024-01-01,1,C0,UK\n2,A,d,1,2024-01-01,1,C0,UK\n3,A,d,1,2024-01-01,1,C0,UK\n");

        Rejected rejected = Assert.Single(sink.Rejected);
        Assert.Equal((2L, "unreadable-text", "1,A,\"d,1,2024-01-01,1,C0,UK"), (rejected.Line, rejected.Reason, rejected.Raw));
        Assert.Equal(["2", "3"], sink.Accepted.Select(static line => line.Invoice).ToArray());
    }

    [Theory]
    [InlineData("C536379", LineKind.Return)]
    [InlineData("A563185", LineKind.Sale)]
    [InlineData("C", LineKind.Sale)]
    [InlineData("C12x", LineKind.Sale)]
    [InlineData("c536379", LineKind.Sale)]
    public async Task Only_an_invoice_of_C_and_digits_is_a_cancellation(string invoice, LineKind kind)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Header}{invoice},A,d,3,2024-01-01,2,C0,UK\n");

        Assert.Equal((kind, "6.00"), (sink.Accepted[0].Kind, sink.Accepted[0].Amount.ToString()));
    }

    [Theory]
    [InlineData("Return", LineKind.Return, "-6.00")]
    [InlineData("Credit Note", LineKind.Return, "-6.00")]
    [InlineData("Возврат от покупателя", LineKind.Return, "-6.00")]
    [InlineData("Sale", LineKind.Sale, "6.00")]
    [InlineData("", LineKind.Sale, "6.00")]
    public async Task A_document_of_return_counts_minus_its_size(string type, LineKind kind, string amount)
    {
        foreach (string quantity in kind == LineKind.Return ? new[] { "3", "-3" } : ["3"])
        {
            (_, CollectingSink sink) = await Cleaning.ReadAsync($"customer,date,qty,price,document type\nC0,2024-01-01,{quantity},2,{type}\n");

            Assert.Equal((kind, amount, type), (sink.Accepted[0].Kind, sink.Accepted[0].Amount.ToString(), sink.Accepted[0].DocumentType));
        }
    }

    [Theory]
    [InlineData("Cancelled", LineKind.Void)]
    [InlineData("wc-cancelled", LineKind.Void)]
    [InlineData("CANCELED by customer", LineKind.Void)]
    [InlineData("refunded", LineKind.Void)]
    [InlineData("voided", LineKind.Void)]
    [InlineData("Отменён", LineKind.Void)]
    [InlineData("отменен клиентом", LineKind.Void)]
    [InlineData("возврат", LineKind.Void)]
    [InlineData("partially_refunded", LineKind.Sale)]
    [InlineData("paid", LineKind.Sale)]
    [InlineData("Доставлен", LineKind.Sale)]
    public async Task An_order_that_was_cancelled_or_refunded_counts_for_nothing(string status, LineKind kind)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"customer,date,amount,order status\nC0,2024-01-01,2,{status}\n");

        Assert.Equal(kind, sink.Accepted[0].Kind);
    }

    [Theory]
    [InlineData("17850.0", "17850")]
    [InlineData("17850.000", "17850")]
    [InlineData("17850.10", "17850.10")]
    [InlineData("00017", "00017")]
    [InlineData("a.0", "a.0")]
    [InlineData(".0", ".0")]
    [InlineData(" \u00A0Ann \u2003", "Ann")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("ИЛЬЯ", "ИЛЬЯ")]
    [InlineData("и\u0306", "й")]
    [InlineData("\"Smith, \"\"J\"\"\"", "Smith, \"J\"")]
    [InlineData("顧客", "顧客")]
    public async Task Customer_ids_are_trimmed_composed_and_keep_their_case(string written, string expected)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"customer,date,amount\n{written},2024-01-01,2\n");

        Assert.Equal(expected, sink.Accepted[0].Customer);
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData(" post ", true)]
    [InlineData("m", true)]
    [InlineData("gift_0001_20", true)]
    [InlineData("Bank Charges", true)]
    [InlineData("DCGS0003", false)]
    [InlineData("POSTER", false)]
    [InlineData("85123A", false)]
    [InlineData("", false)]
    public async Task Codes_that_are_no_products_are_marked(string code, bool marked)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Header}1,{code},d,1,2024-01-01,1,C0,UK\n");

        Assert.Equal(marked, sink.Accepted[0].IsNonProduct);
    }

    [Fact]
    public void Codes_of_other_scripts_are_compared_without_case()
    {
        var codes = new NonProductCodes(["Доставка", "упак*"]);

        Assert.True(codes.Contains("ДОСТАВКА"u8) && codes.Contains("доставка"u8) && codes.Contains("УПАКОВКА"u8));
        Assert.False(codes.Contains("Доска"u8));
        Assert.True(new NonProductCodes(["*"]).Contains("x"u8));
    }

    [Fact]
    public async Task A_line_total_wins_over_quantity_times_price_and_is_judged_alone()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("customer,date,quantity,price,amount\nC0,2024-01-01,2,0,5.5\nC0,2024-01-01,2,n/a,5.5\nC0,2024-01-01,2,3,0\n");

        Assert.Equal(["5.50", "5.50"], sink.Accepted.Select(static line => line.Amount.ToString()).ToArray());
        Assert.Equal("amount '0' is not above zero, and the line is no return", Assert.Single(sink.Rejected).Detail);
    }

    [Fact]
    public async Task Without_a_quantity_there_is_one_and_without_a_price_it_is_zero()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("customer,date,price\nC0,2024-01-01 10:30,2.345\n");

        Assert.Equal((DecimalNumber.One, "2.345"), (sink.Accepted[0].Quantity, sink.Accepted[0].Amount.ToString()));
        Assert.Equal(new DateTime(2024, 1, 1, 10, 30, 0), sink.Accepted[0].Time);
        Assert.Equal("", sink.Accepted[0].Invoice);
    }

    [Fact]
    public async Task Empty_fields_beyond_the_header_and_blank_lines_are_harmless()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("customer,date,price\n\nC0,2024-01-01,1,,\n   \n");

        Assert.Single(sink.Accepted);
        Assert.Empty(sink.Rejected);
        Assert.True(sink.Drained > 0);
    }

    [Fact]
    public async Task Long_values_are_cut_in_explanations()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"customer,date,price\nC0,2024-01-01,{new string('z', 500)}\n");

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"'{new string('z', 60)}…'"), sink.Rejected[0].Detail, StringComparison.Ordinal);
    }
}
