using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

public class ColumnContentTests
{
    private static readonly string SharedData = Path.Combine(Repository.Shared, "data");

    [SharedFact]
    public async Task A_real_file_with_blanks_and_without_a_header_is_read()
    {
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(SharedData, "cdnow-sample", "CDNOW_sample.txt"), TestContext.Current.CancellationToken);

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(bytes, bufferBytes: 1 << 12);

        Assert.Equal((" ", "yyyyMMdd", false), (reading.Dialect.Delimiter, reading.Dialect.DateFormat, reading.Dialect.Header));
        Assert.Equal("amount=5 customer=1 date=3 quantity=4", string.Join(' ', reading.Dialect.Columns.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("guess", reading.Dialect.Confidence["columns"]);
        Assert.Equal(6_919, sink.Rows);
        Assert.Equal(("00004", new DateTime(1997, 1, 1), "29.33", 1L), (sink.Accepted[0].Customer, sink.Accepted[0].Time, sink.Accepted[0].Amount.ToString(), sink.Accepted[0].Line));
        Assert.All(sink.Rejected, static row => Assert.Equal("non-positive-price", row.Reason));
    }

    [SharedFact]
    public async Task Real_tables_of_customers_are_refused_and_sent_to_their_folder()
    {
        string[] files = ["mall-customers/Mall_Customers.csv", "marketing-campaign/marketing_campaign.csv", "generic-synthetic/customers.csv",
            "v-odin-klik/market_file.csv", "v-odin-klik/market_money.csv", "v-odin-klik/market_time.csv", "v-odin-klik/money.csv"];
        foreach (string file in files)
        {
            UnusableUploadException refusal = await Cleaning.RefusedAsync(await File.ReadAllBytesAsync(Path.Combine(SharedData, file), TestContext.Current.CancellationToken));

            Assert.True(refusal.Advice!.Contains("customers/", StringComparison.Ordinal), $"{file}: {refusal.Message} {refusal.Advice}");
        }
    }

    [Fact]
    public async Task A_total_of_the_order_on_each_of_its_lines_is_not_taken_for_the_lines()
    {
        var text = new StringBuilder("order id,customer id,order date,sku,quantity,price,order total\n");
        var withoutPrice = new StringBuilder("order id,customer id,order date,sku,order total\n");
        for (int order = 0; order < 20; order++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{order},C{order % 4},2023-01-02,A,1,{order + 1}.00,{order + 11}.00\n{order},C{order % 4},2023-01-02,B,2,5.00,{order + 11}.00\n");
            withoutPrice.Append(System.Globalization.CultureInfo.InvariantCulture, $"{order},C{order % 4},2023-01-02,A,{order + 11}.00\n{order},C{order % 4},2023-01-02,B,{order + 11}.00\n");
        }

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(text.ToString());
        UnusableUploadException refusal = await Cleaning.RefusedAsync(withoutPrice.ToString());

        Assert.False(reading.Dialect.Columns.ContainsKey("amount"));
        Assert.Equal("1.00", sink.Accepted[0].Amount.ToString());
        Assert.Contains("order's total", Assert.Single(reading.Warnings), StringComparison.Ordinal);
        Assert.Contains("order's total", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("import.columns.amount", refusal.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_of_the_order_are_carried_to_its_further_lines_in_exports_of_line_items()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync(
            "Name,Email,Financial Status,Created at,Total,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n"
            + "#1,a@b.c,refunded,2023-01-05 10:23:11 -0500,99,2,Tea,4.50,T1\n#1,a@b.c,,,,1,Cup,5.00,T2\n#2,,paid,2023-01-06 10:00:00 -0500,5,1,Cup,5.00,T2\n");

        Assert.Equal([LineKind.Void, LineKind.Void], sink.Accepted.Select(static line => line.Kind));
        Assert.Equal(sink.Accepted[0].Time, sink.Accepted[1].Time);
        Assert.Equal("missing-customer", Assert.Single(sink.Rejected).Reason);
    }

    [Fact]
    public async Task Names_in_another_language_are_found_by_content_with_a_warning_and_not_where_two_columns_fit()
    {
        string Rows(string header, string more) => header + "\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"K{i % 7};{1 + (i % 28):00}.01.2023;{i}.{i % 90 + 10}{more}\n"));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(Rows("Vevő;Nap;Összeg", ""));
        UnusableUploadException refusal = await Cleaning.RefusedAsync(Rows("Vevő;Nap;Összeg;Adó", ";1.19"));

        Assert.Equal(("Vevő", "Nap", "Összeg"), (reading.Dialect.Columns["customer"], reading.Dialect.Columns["date"], reading.Dialect.Columns["amount"]));
        Assert.Contains(reading.Warnings, static warning => warning.Contains("taken by what they hold", StringComparison.Ordinal));
        Assert.Equal(40, sink.Rows);
        Assert.Contains("Found: Vevő, Nap, Összeg, Adó", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_far_beyond_the_sample_decide_the_encoding_of_a_file_that_begins_in_ascii()
    {
        byte[] ascii = Encoding.UTF8.GetBytes("customer,date,price\n" + string.Concat(Enumerable.Repeat("C0,2023-01-02,1\n", 3_000)));
        byte[] latin = [.. ascii, .. Encoding.Latin1.GetBytes("Café,2023-01-02,1\nA,2023-01-02,£1.50\n")];
        byte[] utf8 = [.. ascii, .. Encoding.UTF8.GetBytes("Café,2023-01-02,1\nA,2023-01-02,£1.50\n")];
        foreach (byte[] bytes in (byte[][])[latin, utf8])
        {
            (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(bytes, sampleBytes: 300);

            Assert.Equal(("Café", "1.50"), (sink.Accepted[^2].Customer, sink.Accepted[^1].Amount.ToString()));
            Assert.Equal(bytes == utf8 ? "utf-8" : "windows-1252", reading.Dialect.Encoding);
            Assert.Equal(bytes == utf8 ? 0 : 1, reading.Warnings.Count);
        }
    }

    [Fact]
    public async Task Events_of_a_visit_are_no_sales()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("event_time,event_type,product_id,price,user_id\n2019-11-01 00:00:00 UTC,view,1,5.00,7\n2019-11-01 00:00:01 UTC,purchase,1,5.00,7\n");

        Assert.Equal([LineKind.Void, LineKind.Sale], sink.Accepted.Select(static line => line.Kind));
    }

    [Fact]
    public async Task A_code_page_in_small_reads_is_what_the_platform_decodes()
    {
        byte[] all = [.. Enumerable.Range(0, 3_000).Select(static i => (byte)(32 + (i * 7919 % 224)))];
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
        for (int room = 1; room < 60; room += 3)
        {
            using var text = new SingleByteText(new MemoryStream(all), encoding);
            using var taken = new MemoryStream();
            byte[] buffer = new byte[room];
            int read;
            while ((read = await text.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
            {
                taken.Write(buffer, 0, read);
            }

            Assert.Equal(encoding.GetString(all), Encoding.UTF8.GetString(taken.ToArray()));
        }
    }
}
