using System.IO.Compression;
using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;
using Segmentation.Testing.Forms;

namespace Segmentation.Core.Tests.Transactions;

public class ContainerTests
{
    private const string Table = "customer,date,price\nA,2023-01-02,1\nB,2023-01-03,2.50\n";

    private static readonly object?[] Header = ["customer", "date", "price"];
    private static readonly DateTime Day = new(2023, 1, 2, 10, 30, 0, DateTimeKind.Unspecified);

    [Fact]
    public async Task Cells_count_by_their_type_and_lines_are_rows_of_the_sheet()
    {
        byte[] book = XlsxFile.Of(("Sales", [["Report"], [], Header, [17850, Day, 2.555], ["two\nlines", Day, 3], [17851, "soon", 1], [null, Day, 1]]));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(book);

        Assert.Equal(["17850", "two lines"], sink.Accepted.Select(static line => line.Customer).ToArray());
        Assert.Equal((4L, Day, "2.555"), (sink.Accepted[0].Line, sink.Accepted[0].Time, sink.Accepted[0].Amount.ToString()));
        Assert.Equal([(6L, "unreadable-date"), (7L, "missing-customer")], sink.Rejected.Select(static row => (row.Line, row.Reason)));
        Assert.Equal(("utf-8", ",", "certain"), (reading.Dialect.Encoding, reading.Dialect.Delimiter, reading.Dialect.Confidence["encoding"]));
        Assert.Equal("sheet 'Sales'", Assert.Single(reading.Tables).Name);
    }

    [Fact]
    public async Task Typed_dates_are_read_beside_dates_that_are_text_and_typed_numbers_under_decimal_commas()
    {
        byte[] book = XlsxFile.Of(("Sales", [Header, ["A", "31.12.2022", "2,5"], ["B", "30.12.2022", "3,75"], ["C", Day, 2.555]]));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(book);
        (_, CollectingSink set) = await Cleaning.ReadAsync(book, new ImportOptions { DecimalSeparator = ',' });

        Assert.Equal("dd.MM.yyyy", reading.Dialect.DateFormat);
        Assert.Equal(["2.50", "3.75", "2.555"], sink.Accepted.Select(static line => line.Amount.ToString()).ToArray());
        Assert.Equal((3, Day, "2.555"), (set.Accepted.Count, set.Accepted[2].Time, set.Accepted[2].Amount.ToString()));
    }

    [Theory]
    [InlineData("1 234,50", 1.234, "1.234")]
    [InlineData("10,00", 1234.567, "1234.567")]
    [InlineData("10,00", 1.125, "1.125")]
    [InlineData("1,234.50", 1.125, "1.125")]
    [InlineData("10.00", 12.5, "12.50")]
    public async Task Typed_numbers_keep_their_value_beside_numbers_that_are_text(string text, double typed, string expected)
    {
        object?[][] rows = [.. Enumerable.Range(0, 5).Select(i => new object?[] { $"C{i}", Day, typed })];

        (_, CollectingSink sink) = await Cleaning.ReadAsync(XlsxFile.Of(("Sales", [Header, .. rows, ["A", Day, text]])));

        Assert.Empty(sink.Rejected);
        Assert.All(sink.Accepted.Take(5), line => Assert.Equal(expected, line.Amount.ToString()));
    }

    [Fact]
    public async Task Sheets_with_the_same_header_are_read_together_and_others_are_named()
    {
        byte[] book = XlsxFile.Of(
            ("Cover", [["Sales of a year"]]), ("2022", [Header, ["A", Day, 1]]), ("Notes", [["x", "y"], [1, 2]]), ("2023", [Header, ["B", Day, 2]]),
            ("By month", [["customer", "date", "total"], ["A", Day, 3]]));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(book);

        Assert.Equal([("A", 2L), ("B", 4L)], sink.Accepted.Select(static line => (line.Customer, line.Line)));
        Assert.Equal(["sheet '2022'", "sheet '2023'"], reading.Tables.Select(static table => table.Name).ToArray());
        Assert.Contains(reading.Warnings, static warning => warning.StartsWith("Sheet 'By month' was left out: its header differs", StringComparison.Ordinal));
        Assert.Contains(reading.Warnings, static warning => warning.Contains("sheet '2023' starts at line 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_of_entries_are_names_only_and_what_systems_leave_in_archives_is_passed_over()
    {
        byte[] zip = ShopForm.Zip(
            ("../../etc/passwd.csv", Encoding.UTF8.GetBytes(Table)), ("__MACOSX/._a.csv", [0, 1]), ("C:\\x\\~$b.csv", [0]), ("folder/", []),
            ("/abs/people.csv", "CustomerID,Age\n1,2\n"u8.ToArray()));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(zip);

        Assert.Equal(2, sink.Accepted.Count);
        Assert.Equal("passwd.csv", Assert.Single(reading.Tables).Name);
        Assert.Contains("people.csv was left out", Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_counted_on_through_the_tables_of_an_archive()
    {
        byte[] zip = ShopForm.Zip(("a.csv", "customer,date,price\nA,2023-01-02,1"u8.ToArray()), ("b.csv", Encoding.UTF8.GetBytes(Table)));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(zip);

        Assert.Equal([2L, 4L, 5L], sink.Accepted.Select(static line => line.Line));
        Assert.Equal([1L, 3L], reading.Tables.Select(static table => table.FirstLine));
    }

    [Fact]
    public async Task A_damaged_entry_makes_the_whole_archive_unusable()
    {
        byte[] zip = ShopForm.Zip(("a.csv", Encoding.UTF8.GetBytes(Table)), ("b.csv.gz", ShopForm.Gzip(Encoding.UTF8.GetBytes(Table))[..^9]));

        UnusableUploadException refusal = await Cleaning.RefusedAsync(zip);

        Assert.True(refusal.IsDamage);
        Assert.Contains("b.csv.gz", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_or_changed_archive_is_refused_in_plain_words_wherever_the_fault_is()
    {
        byte[] zip = ShopForm.Zip(("a.csv", Encoding.UTF8.GetBytes(Table + string.Concat(Enumerable.Range(0, 300).Select(static i => $"C{i},2023-01-02,{i + 1}\n")))));
        byte[] book = XlsxFile.Of(("Sales", [Header, ["A", Day, 1]]));
        foreach (byte[] whole in (byte[][])[zip, book])
        {
            for (int length = 4; length < whole.Length; length += 7)
            {
                Assert.NotNull((await Cleaning.RefusedAsync(whole[..length])).Advice);
            }

            for (int place = 30; place < whole.Length - 22; place += 11)
            {
                byte[] changed = [.. whole];
                changed[place] ^= 0x55;
                await NoCrashAsync(changed);
            }
        }
    }

    [Fact]
    public async Task A_byte_that_changed_within_an_entry_is_found_by_its_checksum()
    {
        byte[] stored;
        using (var bytes = new MemoryStream())
        {
            using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            {
                using Stream entry = archive.CreateEntry("a.csv", CompressionLevel.NoCompression).Open();
                entry.Write(Encoding.UTF8.GetBytes(Table));
            }

            stored = bytes.ToArray();
        }

        int place = stored.AsSpan().IndexOf("2.50"u8);
        stored[place] = (byte)'9';

        Assert.Contains("checksum", (await Cleaning.RefusedAsync(stored)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bombs_of_gzip_of_archives_and_of_workbooks_are_stopped()
    {
        byte[] bomb = Bomb(400 << 20, "customer,date,price\nA,2023-01-02,1\n");
        byte[] zip = ShopForm.Zip(("bomb.csv.gz", bomb));

        Assert.Contains("expands to more than 40 times", (await Cleaning.RefusedAsync(bomb)).Message, StringComparison.Ordinal);
        Assert.True((await Cleaning.RefusedAsync(zip)).IsDamage);
        Assert.Contains("import.maxBytes", (await Cleaning.RefusedAsync(ShopForm.Zip(("a.csv", new byte[5000])), new ImportOptions { MaxBytes = 1000 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_that_are_archives_too_are_named()
    {
        Assert.Contains(".ods", (await Cleaning.RefusedAsync(ShopForm.Zip(("mimetype", [1]), ("content.xml", [1])))).Message, StringComparison.Ordinal);
        Assert.Contains(".xlsb", (await Cleaning.RefusedAsync(ShopForm.Zip(("xl/workbook.bin", [1])))).Message, StringComparison.Ordinal);
        Assert.Contains("holds no file", (await Cleaning.RefusedAsync(ShopForm.Zip())).Message, StringComparison.Ordinal);
        Assert.Contains("within another", (await Cleaning.RefusedAsync(ShopForm.Zip(("inner.zip", ShopForm.Zip(("a.csv", [1])))))).Message, StringComparison.Ordinal);
        Assert.Contains(".xls)", (await Cleaning.RefusedAsync([0xD0, 0xCF, 0x11, 0xE0, 0, 0])).Message, StringComparison.Ordinal);
    }

    private static async Task NoCrashAsync(byte[] bytes)
    {
        try
        {
            await Cleaning.ReadAsync(bytes);
        }
        catch (UnusableUploadException refusal)
        {
            Assert.NotNull(refusal.Advice);
        }
    }

    private static byte[] Bomb(int size, string start)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(start));
            byte[] blanks = new byte[1 << 20];
            blanks.AsSpan().Fill((byte)' ');
            for (int end = (64 << 10) - 1; end < blanks.Length; end += 64 << 10)
            {
                blanks[end] = (byte)'\n';
            }

            for (int written = 0; written < size; written += blanks.Length)
            {
                gzip.Write(blanks);
            }
        }

        return bytes.ToArray();
    }
}
