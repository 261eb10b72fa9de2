using System.IO.Compression;
using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

public class UnusableUploadTests
{
    [Fact]
    public async Task All_missing_columns_are_named_in_one_sentence_with_what_was_found_and_what_to_do()
    {
        UnusableUploadException refusal = await Cleaning.RefusedAsync("A,B,Qty\nx,y,1\n");

        Assert.Equal(
            "Line 1: no column for the customer, the date or the price or the line total was found. Found: A, B, Qty. Expected one like 'CustomerID', "
            + "one like 'InvoiceDate' and one like 'UnitPrice' or 'Amount'.",
            refusal.Message);
        Assert.Equal(1, refusal.Line);
    }

    [Fact]
    public async Task Dates_far_from_today_in_an_unmistakable_form_are_dates()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("CustomerID,InvoiceDate,UnitPrice\na,9999-12-31,1\nb,0001-01-01,1\n");

        Assert.Equal(RejectionReason.FutureDate.Name(), Assert.Single(sink.Rejected).Reason);
        Assert.Single(sink.Accepted);
    }

    [Theory]
    [InlineData("id;Прибыль\n215348;0,98\n")]
    [InlineData("CustomerID,Gender,Age\n0001,Male,19\n")]
    public async Task A_table_of_customers_is_sent_to_its_folder(string text) =>
        Assert.Contains("customers/", (await Cleaning.RefusedAsync(text)).Advice, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "holds no rows")]
    [InlineData("\n\n", "holds no rows")]
    [InlineData("customer,date,price\n", "header with 3 columns and no row after it")]
    [InlineData("A,2023-01-02,1\n", "no header")]
    [InlineData("customer,date,price\nA,sometime,1\n", "no date in column date")]
    [InlineData("<!DOCTYPE html><html></html>", "HTML")]
    [InlineData("{\"customer\": 1}", "JSON")]
    [InlineData("[{\"customer\": 1}]", "JSON")]
    [InlineData("PK\u0003\u0004....readme.txt", "zip archive is damaged or cut off")]
    [InlineData("%PDF-1.4", "PDF")]
    [InlineData("\0\u0001\u0002\0\0\0\0\0\0\0", "binary")]
    [InlineData("\"customer,date,price\nA,2023-01-02,1\n", "quote is never closed")]
    public async Task What_is_no_table_of_transactions_is_refused_in_plain_words(string text, string said)
    {
        UnusableUploadException refusal = await Cleaning.RefusedAsync(text);

        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(refusal.Advice));
    }

    [Fact]
    public async Task Options_that_do_not_fit_the_file_are_refused()
    {
        const string text = "customer,date,price\nA,2023-01-02,1\n";
        Dictionary<TransactionField, string> columns = new() { [TransactionField.Customer] = "Kunde" };

        Assert.Contains("Found: customer, date, price", (await Cleaning.RefusedAsync(text, new ImportOptions { Columns = columns })).Message, StringComparison.Ordinal);
        Assert.Contains("import.encoding 'klingon'", (await Cleaning.RefusedAsync(text, new ImportOptions { Encoding = "klingon" })).Message, StringComparison.Ordinal);
        Assert.Contains("import.delimiter", (await Cleaning.RefusedAsync(text, new ImportOptions { Delimiter = '"' })).Message, StringComparison.Ordinal);
        Assert.Contains("import.decimalSeparator", (await Cleaning.RefusedAsync(text, new ImportOptions { DecimalSeparator = ';' })).Message, StringComparison.Ordinal);
        Assert.Contains("import.maxColumns", (await Cleaning.RefusedAsync(text, new ImportOptions { MaxColumns = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("import.maxBytes", (await Cleaning.RefusedAsync(text, new ImportOptions { MaxBytes = 20 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_is_read_by_content_with_several_members_and_the_decompressed_size_counts()
    {
        byte[] bytes = [.. Gzip("customer,date,price\nA,2023-01-02,1\n"), .. Gzip("B,2023-01-03,2\n")];

        (_, CollectingSink sink) = await Cleaning.ReadAsync(bytes);

        Assert.Equal(["A", "B"], sink.Accepted.Select(static line => line.Customer).ToArray());
        await Cleaning.RefusedAsync(Gzip("customer,date,price\n" + new string('\n', 1 << 20)), new ImportOptions { MaxBytes = 1000 });
    }

    [Fact]
    public async Task Damaged_gzip_is_refused()
    {
        byte[] whole = Gzip("customer,date,price\n" + string.Concat(Enumerable.Range(0, 5_000).Select(static i => $"A{i},2023-01-02,{(i * 7919) % 1000}\n")));
        byte[] flipped = [.. whole];
        flipped[^6] ^= 0x55;

        foreach (byte[] damaged in new[] { flipped, [.. whole, 1, 2, 3] })
        {
            UnusableUploadException refusal = await Cleaning.RefusedAsync(damaged);
            Assert.Contains("gzip", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gzip_that_is_cut_off_anywhere_is_refused()
    {
        byte[] whole = [.. Gzip("customer,date,price\n"), .. Gzip(string.Concat(Enumerable.Range(0, 40).Select(static i => $"A{i},2023-01-02,{1 + ((i * 7919) % 1000)}\n")))];
        int firstMember = Gzip("customer,date,price\n").Length;

        (_, CollectingSink sink) = await Cleaning.ReadAsync(whole);

        Assert.Equal(40, sink.Accepted.Count);
        for (int length = 10; length < whole.Length; length++)
        {
            UnusableUploadException refusal = await Cleaning.RefusedAsync(whole[..length]);
            Assert.Contains(length == firstMember ? "no row" : "gzip", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(length == firstMember ? "no row" : "ends too early", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gzip_members_are_followed_wherever_reads_end()
    {
        for (int rows = 1; rows < 60; rows++)
        {
            byte[] bytes = [.. Gzip("customer,date,price\n"), .. Gzip(string.Concat(Enumerable.Range(0, rows).Select(static i => $"A{i * 7919},2023-01-02,{i + 1}\n")))];
            var sink = new CollectingSink();
            await UploadCleaning.ReadAsync(
                _ => Task.FromResult<Stream>(new SmallReads(bytes, 1 + (rows % 7))), Cleaning.UploadTime, new ImportOptions(), new CleaningOptions(), sink,
                TestContext.Current.CancellationToken);
            Assert.Equal(rows, sink.Accepted.Count);
        }
    }

    [Theory]
    [InlineData("windows-1251")]
    [InlineData("koi8-r")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_declared_encoding_is_read(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        byte[] bytes = Encoding.GetEncoding(name).GetBytes("клиент;дата;сумма\nИван;02.01.2023;1,5\n");

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(bytes, new ImportOptions { Encoding = name });

        Assert.Equal(("Иван", name, "клиент;дата;сумма"), (sink.Accepted[0].Customer, reading.Dialect.Encoding, reading.Header));
    }

    [Fact]
    public async Task Byte_order_marks_say_the_encoding()
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true) })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("клиент;дата;сумма\nИван;02.01.2023;1,5\n")];

            (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(bytes);

            Assert.Equal(("Иван", encoding.WebName), (sink.Accepted[0].Customer, reading.Dialect.Encoding));
        }
    }

    [Fact]
    public async Task Text_of_an_old_spreadsheet_is_recognised_with_a_warning()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        byte[] bytes = Encoding.GetEncoding("windows-1251").GetBytes("клиент;дата;сумма\nИван;02.01.2023;1,5\n");

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(bytes);

        Assert.Equal("Иван", sink.Accepted[0].Customer);
        Assert.Contains(reading.Warnings, static warning => warning.Contains("windows-1251", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UploadCleaning.ReadAsync(
            _ => Task.FromResult<Stream>(new MemoryStream("customer,date,price\nA,2023-01-02,1\n"u8.ToArray())), Cleaning.UploadTime, new ImportOptions(),
            new CleaningOptions(), new CollectingSink(), source.Token));
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private sealed class SmallReads(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
