namespace Segmentation.Core.Tests.Workflow.Rejects;

/// <summary>A corrected row means what it meant in its upload, whatever the file of rejects would say by itself.</summary>
public class AnnouncementTests
{
    private const string Days = "customer,date,price\nk1,25/12/2010,1\nk2,01/02/2010,x\nk3,,5\n";
    private const string Opening = "# segmentation (keep this line):";

    [Fact]
    public async Task Days_and_months_are_those_of_the_upload()
    {
        DroppedAgain again = await (await DroppedAgain.RunAsync(Days)).CorrectAsync(",x", ",7");

        Assert.Equal("328,1,7.00", again.Customer("k2"));
        Assert.Equal($"{Opening} dateFormat=dd/MM/yyyy\ncustomer,date,price\nk2,01/02/2010,x\nk3,,5\n", again.Rejects);
        Assert.Equal(("dd/MM/yyyy", "announced"), (again.Dialect.GetProperty("dateFormat").GetString(), again.Confidence.GetProperty("dateFormat").GetString()));
        Assert.Equal("[]", again.Warnings);
    }

    [Fact]
    public async Task Thousands_stay_thousands_between_semicolons()
    {
        DroppedAgain again = await (await DroppedAgain.RunAsync("customer;date;price\nk1;2010-12-25;1,000.50\nk2;soon;1,234\n"))
            .CorrectAsync("soon", "2010-12-24");

        Assert.Equal("2,1,1234.00", again.Customer("k2"));
        Assert.StartsWith($"{Opening} decimalSeparator=point\n", again.Rejects, StringComparison.Ordinal);
        Assert.Equal("announced", again.Confidence.GetProperty("decimalSeparator").GetString());
    }

    [Fact]
    public async Task Decimals_stay_decimals_between_tabs()
    {
        DroppedAgain again = await (await DroppedAgain.RunAsync("customer\tdate\tprice\nk1\t2010-12-25\t2,5\nk2\tsoon\t1,234\n"))
            .CorrectAsync("soon", "2010-12-24");

        Assert.Equal("2,1,1.234", again.Customer("k2"));
        Assert.StartsWith($"{Opening} decimalSeparator=comma\n", again.Rejects, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_show_by_themselves_how_they_are_read_announce_nothing()
    {
        DroppedAgain again = await DroppedAgain.RunAsync("customer,date,price\nk1,2010-12-25,1.5\nk2,soon,2.5\n");

        Assert.Equal("customer,date,price\nk2,soon,2.5\n", again.Rejects);
    }

    [Fact]
    public async Task Rejected_rows_in_another_form_do_not_outvote_the_upload()
    {
        const string Upload = "customer,date,price\nk1,2010-12-25,1.5\nk1,2010-12-25,2.5\nk1,2010-12-25,4\nk2,01/02/2010,2\nk3,02/03/2010,\"3,5\"\nk4,soon,\"4,123\"\n";
        DroppedAgain again = await (await DroppedAgain.RunAsync(Upload)).CorrectAsync("soon", "2010-12-24");

        Assert.Equal("2,1,4123.00", again.Customer("k4"));
        Assert.Equal(("", ""), (again.Customer("k2"), again.Customer("k3")));
        Assert.StartsWith($"{Opening} dateFormat=yyyy-MM-dd decimalSeparator=point\n", again.Rejects, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_win_over_what_is_announced()
    {
        DroppedAgain again = await DroppedAgain.RunAsync(Days);
        await again.DropAsync(again.Rejects.Replace(",x", ",7", StringComparison.Ordinal), ("import.dateFormat", "MM/dd/yyyy"));

        Assert.Equal("set", again.Confidence.GetProperty("dateFormat").GetString());
        Assert.Equal("1,1,7.00", again.Customer("k2"));
    }

    [Fact]
    public async Task Without_the_line_the_file_is_read_as_any_other()
    {
        DroppedAgain again = await DroppedAgain.RunAsync(Days);
        await again.DropAsync("customer,date,price\nk2,01/02/2010,7\n");

        Assert.Equal("guess", again.Confidence.GetProperty("dateFormat").GetString());
        Assert.Equal("358,1,7.00", again.Customer("k2"));
    }

    [Theory]
    [InlineData("\"# segmentation (keep this line): dateFormat=dd/MM/yyyy\",,,\r\ncustomer,date,price,\r\nk2,01/02/2010,7,\r\n")]
    [InlineData("# Segmentation (keep this line): dateFormat=dd/MM/yyyy;;\r\ncustomer;date;price\r\nk2;01/02/2010;7\r\n")]
    [InlineData("sep=;\r\n# segmentation (keep this line): dateFormat=dd/MM/yyyy;;\r\ncustomer;date;price\r\nk2;01/02/2010;7\r\n")]
    [InlineData("Sales of 2010\n\n# segmentation dateFormat=dd/MM/yyyy\ncustomer,date,price\nk2,01/02/2010,7\n")]
    [InlineData("# segmentation: dateFormat=dd/MM/yyyy\n\ncustomer\tdate\tprice\nk2\t01/02/2010\t7")]
    [InlineData("\uFEFF# segmentation,dateFormat=dd/MM/yyyy,decimalSeparator=point,\rcustomer,date,price\rk2,01/02/2010,7\r")]
    public async Task The_line_survives_what_editors_of_tables_do_to_it(string corrected)
    {
        DroppedAgain again = await (await DroppedAgain.RunAsync(Days)).DropAsync(corrected);

        Assert.Equal("328,1,7.00", again.Customer("k2"));
        Assert.DoesNotContain("not known", again.Warnings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_known_is_passed_over_with_a_warning()
    {
        DroppedAgain again = await DroppedAgain.RunAsync(Days);
        await again.DropAsync(
            "# segmentation: dateFormat=rubbish decimalSeparator=dot delimiter=x header=maybe columns=0 customer=first date=99 encoding=nothing more=1 =2 dateFormat=%\n"
            + "customer,date,price\nk2,25/02/2010,7.5\n");

        Assert.Equal("304,1,7.50", again.Customer("k2"));
        foreach (string said in (string[])["dateFormat=rubbish", "decimalSeparator=dot", "delimiter=x", "header=maybe", "columns=0", "customer=first", "encoding=nothing", "more=1"])
        {
            Assert.Contains(said, again.Warnings, StringComparison.Ordinal);
        }

        Assert.Contains("Line 1 numbers the columns of a table of 0, and this one has 3", again.Warnings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_no_name_gives_are_announced()
    {
        (string, string)[] options = [("import.columns.customer", "1"), ("import.columns.date", "wann"), ("import.columns.price", "3"), ("import.columns.invoice", "none")];
        DroppedAgain again = await DroppedAgain.RunAsync("wer;wann;was\nk1;2010-12-25;1\nk2;soon;2\n", options);

        Assert.StartsWith(
            $"{Opening} delimiter=semicolon header=yes columns=3 customer=1 date=2 price=3 decimalSeparator=point\nwer;wann;was\n",
            again.Rejects, StringComparison.Ordinal);

        DroppedAgain other = await (await DroppedAgain.RunAsync("customer,date,price\nk1,2010-12-25,1\n"))
            .DropAsync(again.Rejects.Replace("soon", "2010-12-24", StringComparison.Ordinal));
        Assert.Equal("2,1,2.00", other.Customer("k2"));
        Assert.Equal("announced", other.Confidence.GetProperty("columns").GetString());
    }

    [Fact]
    public async Task Without_a_header_rows_of_any_length_may_come_first()
    {
        string good = string.Concat(Enumerable.Range(1, 40).Select(static i => $"{1_000 + (i / 2)};A{i % 7};{i % 5};{1 + (i / 2)}/12/2010;{i}.{i % 9}5;c{i / 2 % 9}\n"));
        DroppedAgain again = await DroppedAgain.RunAsync(good + "short;row\n2000;A1;x;02/01/2010;2.5;z\n", ("import.header", "false"),
            ("import.columns.customer", "6"), ("import.columns.date", "4"), ("import.columns.price", "5"), ("import.columns.quantity", "3"), ("import.columns.invoice", "1"));
        Assert.Contains("header=no columns=6", again.Rejects, StringComparison.Ordinal);

        DroppedAgain other = await (await DroppedAgain.RunAsync("customer,date,price\nk1,2010-12-25,1\n"))
            .DropAsync(again.Rejects.Replace(";x;", ";3;", StringComparison.Ordinal));

        Assert.Equal("358,1,7.50", other.Customer("z"));
        Assert.Equal(1, other.Upload.GetProperty("rejected").GetProperty("field-count").GetInt32());
    }

    [Fact]
    public async Task What_is_rejected_once_more_announces_the_same_once()
    {
        DroppedAgain again = await DroppedAgain.RunAsync(Days);
        await again.DropAsync("sep=,\n" + again.Rejects);

        Assert.Equal("sep=,\n" + again.Rejects, again.Store.Result("run-2", "rejects/corrected.csv"));
    }

    [Fact]
    public async Task Lines_that_options_skip_stay_above_the_announcement()
    {
        DroppedAgain again = await DroppedAgain.RunAsync("Sales, \"all\nof 2010\n" + Days, ("import.skip", "2"));
        await again.DropAsync(again.Rejects.Replace(",x", ",7", StringComparison.Ordinal));

        Assert.StartsWith($"Sales, \"all\nof 2010\n{Opening} dateFormat=dd/MM/yyyy\ncustomer,", again.Rejects, StringComparison.Ordinal);
        Assert.Equal("328,1,7.00", again.Customer("k2"));
    }

    [Fact]
    public async Task A_total_that_was_the_lines_stays_it()
    {
        const string Header = "order,customer,date,qty,unit price,Total\n";
        string rows = string.Concat(Enumerable.Range(1, 60).Select(static i => $"{i},c{i % 7},2010-12-{1 + (i % 20):D2},2,1.50,3.00\n"));
        DroppedAgain again = await DroppedAgain.RunAsync(Header + rows + "99,k2,2010-12-20,x,1.50,4.50\n");
        Assert.Contains("amount=6", again.Rejects, StringComparison.Ordinal);

        await again.DropAsync(again.Rejects.Replace(",x,", ",1,", StringComparison.Ordinal));

        Assert.Equal("4.50", again.Customer("k2").Split(',')[2]);
    }
}
