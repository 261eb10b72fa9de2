using System.IO.Compression;
using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;
using Segmentation.Testing.Forms;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>Containers that claim what is not so: nothing that they say is believed, and nothing grows beyond its limit.</summary>
public class ContainerLimitTests
{
    private const string SheetPart = "xl/worksheets/sheet1.xml";
    private const string TextsPart = "xl/sharedStrings.xml";

    private static readonly DateTime Day = new(2023, 1, 2, 10, 30, 0, DateTimeKind.Unspecified);

    private static byte[] Book => XlsxFile.Of(("Sales", [["customer", "date", "price"], ["A", Day, 1], ["B", Day, 2.5]]));

    [Theory]
    [InlineData(TextsPart, 97 << 20, "bytes")]
    [InlineData(SheetPart, 300 << 20, "expands to more than 50 times")]
    public async Task A_part_of_a_workbook_that_expands_too_far_is_refused_before_it_is_read(string part, int blanks, string expected)
    {
        byte[] bomb = With(Book, part, text => text, blanks);

        UnusableUploadException refusal = await Cleaning.RefusedAsync(bomb);

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Advice);
    }

    [Fact]
    public async Task A_workbook_counts_decompressed_against_the_limit_of_an_upload() => Assert.Contains(
        "import.maxBytes", (await Cleaning.RefusedAsync(Book, new ImportOptions { MaxBytes = 1000 })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_part_that_is_longer_than_the_directory_says_is_damage()
    {
        byte[] book = With(Book, SheetPart, static text => text, blanks: 1 << 20);
        int entry = book.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(SheetPart)) - 46;
        Assert.True(book.AsSpan(entry).StartsWith("PK\u0001\u0002"u8));
        BitConverter.TryWriteBytes(book.AsSpan(entry + 24), 200);

        Assert.True((await Cleaning.RefusedAsync(book)).IsDamage);
    }

    [Theory]
    [InlineData("A1:XFD1048576")]
    [InlineData("A1:A1")]
    [InlineData("B7")]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("A1:C99999999")]
    public async Task The_dimension_that_a_sheet_claims_decides_nothing(string dimension)
    {
        byte[] book = With(Book, SheetPart, text => text.Replace("<sheetData>", $"<dimension ref=\"{dimension}\"/><sheetData>", StringComparison.Ordinal));

        (_, CollectingSink sink) = await Cleaning.ReadAsync(book);

        Assert.Equal([("A", "1.00"), ("B", "2.50")], sink.Accepted.Select(static line => (line.Customer, line.Amount.ToString())));
        Assert.Empty(sink.Rejected);
    }

    [Fact]
    public async Task A_row_far_beyond_what_sheets_have_is_refused()
    {
        byte[] book = With(Book, SheetPart, static text => text.Replace("<row r=\"3\">", "<row r=\"2000000000\">", StringComparison.Ordinal)
            .Replace("3\"", "2000000000\"", StringComparison.Ordinal));

        Assert.NotNull((await Cleaning.RefusedAsync(book)).Advice);
    }

    [Fact]
    public async Task A_formula_counts_by_its_cached_value_and_without_one_the_cell_is_empty()
    {
        byte[] book = With(Book, SheetPart, static text => text
            .Replace("<c r=\"C2\"><v>1</v></c>", "<c r=\"C2\"><f>0.5+0.75</f><v>1.25</v></c>", StringComparison.Ordinal)
            .Replace("<c r=\"C3\"><v>2.5</v></c>", "<c r=\"C3\"><f>2+0.5</f></c>", StringComparison.Ordinal)
            .Replace("<c r=\"A2\" t=\"s\"><v>3</v></c>", "<c r=\"A2\" t=\"str\"><f>UPPER(\"k\")</f><v>K</v></c>", StringComparison.Ordinal));

        (_, CollectingSink sink) = await Cleaning.ReadAsync(book);

        Assert.Equal(("K", "1.25"), (Assert.Single(sink.Accepted).Customer, sink.Accepted[0].Amount.ToString()));
        Assert.Equal((3L, "unreadable-number"), (Assert.Single(sink.Rejected).Line, sink.Rejected[0].Reason));
    }

    [Fact]
    public async Task An_encrypted_archive_is_refused_as_a_whole()
    {
        byte[] zip = ShopForm.Zip(("a.csv", "customer,date,price\nA,2023-01-02,1\n"u8.ToArray()), ("b.csv", "customer,date,price\nB,2023-01-02,1\n"u8.ToArray()));
        int entry = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        zip[entry + 8] |= 1;
        zip[zip.AsSpan().LastIndexOf("PK\u0003\u0004"u8) + 6] |= 1;

        UnusableUploadException refusal = await Cleaning.RefusedAsync(zip);

        Assert.True(refusal.IsDamage);
        Assert.Contains("protected by a password", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../a.csv")]
    [InlineData("..\\..\\a.csv")]
    [InlineData("/../../a.csv")]
    [InlineData("C:\\a.csv")]
    [InlineData("x/../../a.csv")]
    [InlineData("..\u0000/a.csv")]
    public async Task An_entry_that_names_another_folder_is_a_table_by_its_file_name(string name)
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(ShopForm.Zip((name, "customer,date,price\nA,2023-01-02,1\n"u8.ToArray())));

        Assert.Equal("a.csv", Assert.Single(reading.Tables).Name);
        Assert.Single(sink.Accepted);
    }

    /// <summary>A workbook with one part changed, and blanks before the part's last end tag.</summary>
    private static byte[] With(byte[] book, string part, Func<string, string> change, int blanks = 0)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var original = new ZipArchive(new MemoryStream(book), ZipArchiveMode.Read))
        {
            foreach (ZipArchiveEntry other in original.Entries.Where(entry => entry.FullName != part))
            {
                using Stream from = other.Open();
                using Stream to = archive.CreateEntry(other.FullName).Open();
                from.CopyTo(to);
            }

            using var reader = new StreamReader(original.GetEntry(part)!.Open());
            string text = change(reader.ReadToEnd());
            int end = text.LastIndexOf("</", StringComparison.Ordinal);
            using Stream written = archive.CreateEntry(part, CompressionLevel.Fastest).Open();
            written.Write(Encoding.UTF8.GetBytes(text[..end]));
            byte[] block = new byte[1 << 20];
            block.AsSpan().Fill((byte)' ');
            for (int left = blanks; left > 0; left -= block.Length)
            {
                written.Write(block, 0, Math.Min(left, block.Length));
            }

            written.Write(Encoding.UTF8.GetBytes(text[end..]));
        }

        return bytes.ToArray();
    }
}
