using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

public class DialectDetectionTests
{
    [Fact]
    public async Task A_Russian_export_with_semicolons_and_decimal_commas_is_read()
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(
            "Номер чека;Дата продажи;Покупатель;Артикул;Наименование;Кол-во;Цена;Категория\n15;31.12.2023 18:05;К-1;A1;Чай, зелёный;2;1 250,50 ₽;Чай\n");

        Assert.Equal((";", ",", "dd.MM.yyyy HH:mm", "utf-8", true),
            (reading.Dialect.Delimiter, reading.Dialect.DecimalSeparator, reading.Dialect.DateFormat, reading.Dialect.Encoding, reading.Dialect.Header));
        Assert.Equal("Кол-во", reading.Dialect.Columns["quantity"]);
        Assert.Equal(("К-1", "2501.00", "Чай, зелёный", "Чай"), (sink.Accepted[0].Customer, sink.Accepted[0].Amount.ToString(), sink.Accepted[0].Description, sink.Accepted[0].Category));
        Assert.Empty(reading.Warnings);
    }

    [Fact]
    public async Task Day_or_month_first_is_decided_by_a_date_far_beyond_the_sample()
    {
        string rows = string.Concat(Enumerable.Repeat("C0,03/04/2023,1\n", 3_000));

        (UploadReading first, CollectingSink sink) = await Cleaning.ReadAsync("customer,date,price\n" + rows + "C0,31/12/2023,1\n", sampleBytes: 200);
        (UploadReading second, _) = await Cleaning.ReadAsync("customer,date,price\n" + rows + "C0,12/31/2023,1\n");

        Assert.Equal("dd/MM/yyyy", first.Dialect.DateFormat);
        Assert.Equal("MM/dd/yyyy", second.Dialect.DateFormat);
        Assert.Equal(new DateTime(2023, 4, 3), sink.Accepted[0].Time);
        Assert.Equal(3_001, sink.Accepted.Count);
        Assert.Empty(first.Warnings);
    }

    [Theory]
    [InlineData("03/04/2023", "MM/dd/yyyy", "month-first")]
    [InlineData("03.04.2023", "dd.MM.yyyy", "day-first")]
    [InlineData("3-4-2023", "d-M-yyyy", "day-first")]
    public async Task Dates_that_never_tell_are_read_by_the_documented_default_with_a_warning(string date, string format, string order)
    {
        (UploadReading reading, _) = await Cleaning.ReadAsync($"customer,date,price\nC0,{date},1\n");

        Assert.Equal(format, reading.Dialect.DateFormat);
        Assert.Contains(order, Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_form_of_dates_holds_for_the_whole_file()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("customer,date,price\nC0,2023-01-02,1\nC0,2023-01-03 10:00,1\nC0,02.01.2023,1\n");

        Assert.Equal("unreadable-date", Assert.Single(sink.Rejected).Reason);
        Assert.Equal(2, sink.Accepted.Count);
    }

    [Theory]
    [InlineData("1,234\n2,5", ';', "1.234")]
    [InlineData("\"1,234\"\n2.5", ',', "1234.00")]
    [InlineData("1.234\n\"1.234,5\"", ',', "1234.00")]
    [InlineData("1.234\n0.5", ',', "1.234")]
    public async Task The_decimal_separator_is_what_the_numbers_of_the_file_say(string prices, char delimiter, string expected)
    {
        string rows = string.Concat(prices.Split('\n').Select(price => $"C0{delimiter}2023-01-02{delimiter}{price}\n"));

        (_, CollectingSink sink) = await Cleaning.ReadAsync($"customer{delimiter}date{delimiter}price\n{rows}");

        Assert.Equal(expected, sink.Accepted[0].Amount.ToString());
    }

    [Fact]
    public async Task Options_override_what_would_be_detected()
    {
        var import = new ImportOptions
        {
            Skip = 2,
            Delimiter = '|',
            DecimalSeparator = ',',
            DateFormat = "dd/MM/yyyy",
            Columns = new Dictionary<TransactionField, string>
            {
                [TransactionField.Customer] = "Kunde",
                [TransactionField.Date] = "2",
                [TransactionField.Price] = "none",
                [TransactionField.Amount] = "Betrag",
            },
        };

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync("Report \"x\nof May\nKunde|Tag|price|Betrag\nA|03/04/2023|x|1.000,5\n", import);

        Assert.Equal(("A", new DateTime(2023, 4, 3), "1000.50", 4L), (sink.Accepted[0].Customer, sink.Accepted[0].Time, sink.Accepted[0].Amount.ToString(), sink.Accepted[0].Line));
        Assert.Equal(["amount", "customer", "date"], reading.Dialect.Columns.Keys.Order(StringComparer.Ordinal).ToArray());
    }

    [Fact]
    public async Task A_file_without_a_header_is_read_by_numbers_of_columns()
    {
        var import = new ImportOptions
        {
            Columns = new Dictionary<TransactionField, string>
            {
                [TransactionField.Customer] = "1",
                [TransactionField.Date] = "2",
                [TransactionField.Amount] = "3",
            },
        };

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync("A,20230102,5\nB,20230103,6\n", import);

        Assert.Equal((false, "yyyyMMdd", null), (reading.Dialect.Header, reading.Dialect.DateFormat, reading.Header));
        Assert.Equal(["A", "B"], sink.Accepted.Select(static line => line.Customer).ToArray());
    }

    [Fact]
    public async Task Of_two_columns_for_one_field_the_better_name_wins_with_a_warning()
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync("email,customer id,date,price,Price\na@b,7,2023-01-02,1,2\n");

        Assert.Equal(("7", "1.00"), (sink.Accepted[0].Customer, sink.Accepted[0].Amount.ToString()));
        Assert.Equal(2, reading.Warnings.Count);
        Assert.Contains("import.columns.customer", reading.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_of_line_items_is_read_by_its_line_items()
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(
            "Name,Email,Financial Status,Created at,Total,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n#1001,a@b.c,paid,2023-01-05 10:23:11 -0500,99,2,Tea,4.50,T1\n");

        Assert.Equal(("#1001", "a@b.c", "9.00", "T1"), (sink.Accepted[0].Invoice, sink.Accepted[0].Customer, sink.Accepted[0].Amount.ToString(), sink.Accepted[0].Product));
        Assert.Equal(new DateTime(2023, 1, 5, 10, 23, 11), sink.Accepted[0].Time);
        Assert.False(reading.Dialect.Columns.ContainsKey("amount"));
    }

    [Fact]
    public async Task A_line_that_announces_the_delimiter_is_obeyed()
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync("sep=|\r\ncustomer|date|price\r\nA|2023-01-02|1\r\n");

        Assert.Equal(("|", 3L), (reading.Dialect.Delimiter, sink.Accepted[0].Line));
    }

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("sep=,\r\n", 0, "sep=,\r\n")]
    [InlineData("Report \"x\n\nof May\r\n", 3, "Report \"x\n\nof May\r\n")]
    [InlineData("Report\rof May\r", 2, "Report\rof May\r")]
    public async Task The_lines_before_the_header_are_kept_as_written(string before, int skip, string preamble)
    {
        (UploadReading reading, _) = await Cleaning.ReadAsync(before + "customer,date,price\nA,2023-01-02,1\n", new ImportOptions { Skip = skip });

        Assert.Equal((preamble, "customer,date,price"), (reading.Preamble, reading.Header));
    }
}
