using System.Text;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Transactions;

public class RecordReaderTests
{
    [Fact]
    public async Task Quotes_doubled_quotes_and_line_ends_inside_quotes_are_read()
    {
        List<PlainRecord> records = await ReadAsync("a,\"b,\"\"c\"\"\",\"d\r\ne\"\r\nf,g,\n");

        Assert.Equal(["a", "b,\"c\"", "d\r\ne"], Texts(records[0]));
        Assert.Equal(["f", "g", ""], Texts(records[1]));
        Assert.Equal([1L, 3L], records.Select(static record => record.Line));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Every_line_end_counts_physical_lines_and_blank_lines_are_no_rows(string end)
    {
        List<PlainRecord> records = await ReadAsync($"a,b{end}{end}  {end}c,d");

        Assert.Equal([1L, 4L], records.Select(static record => record.Line));
        Assert.Equal(["c", "d"], Texts(records[1]));
    }

    [Fact]
    public async Task A_quote_inside_a_field_and_text_after_a_closing_quote_are_literal()
    {
        Assert.Equal(["5\" pipe", "abcd\"e\"", " \"x\""], Texts((await ReadAsync("5\" pipe,\"abc\"d\"e\", \"x\"\n"))[0]));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_one_line()
    {
        List<PlainRecord> records = await ReadAsync("a,\"b\nc,d\ne,f\n");

        Assert.True(records[0].IsBroken);
        Assert.False(records[0].IsTooLong);
        Assert.Equal("a,\"b", Encoding.UTF8.GetString(records[0].Raw));
        Assert.Equal(["c", "d"], Texts(records[1]));
        Assert.Equal(["e", "f"], Texts(records[2]));
    }

    [Fact]
    public async Task A_stray_quote_does_not_swallow_the_rows_up_to_the_next_quoted_field()
    {
        List<PlainRecord> records = await ReadAsync("1,\"two\n3,four\n5,\"six\"\n");

        Assert.Equal([true, false, false], records.Select(static record => record.IsBroken));
        Assert.Equal(["5", "six"], Texts(records[2]));
    }

    [Fact]
    public async Task A_line_beyond_the_limit_of_a_record_is_broken_and_passed_over()
    {
        int limit = RecordReader.MaxRecordBytes(16);
        List<PlainRecord> records = await ReadAsync("a\n" + new string('x', limit + 1) + "\nb\n", maxField: 16);

        Assert.Equal([false, true, false], records.Select(static record => record.IsBroken));
        Assert.True(records[1].IsTooLong);
        Assert.Equal(limit, records[1].Raw.Length);
        Assert.Equal(3, records[2].Line);
    }

    [Fact]
    public async Task Lines_made_to_be_read_again_and_again_cost_linear_time()
    {
        // Each line opens a quote that goes on through all the following ones: read naively, a megabyte a line.
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a\",\"\n", 300_000)));

        List<PlainRecord> records = await ReadAsync(text, (byte)',', 1 << 16, RecordReader.DefaultBufferBytes);

        Assert.Equal(300_000, records.Count);
        Assert.All(records, static record => Assert.True(record.IsBroken));
    }

    [Fact]
    public async Task The_fast_reader_equals_the_plain_one_on_random_bytes_with_any_buffer()
    {
        const ulong Seed = 20240601;
        byte[] alphabet = "aab1 ,,;\t\"\"\"\n\n\r\uFFFE"u8.ToArray();
        for (ulong round = 0; round < 8_000; round++)
        {
            var random = new Xoshiro256StarStar(Seed, round);
            byte[] text = new byte[random.NextInt32(random.NextInt32(8) == 0 ? 400 : 40)];
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = alphabet[random.NextInt32(alphabet.Length)];
            }

            int maxField = 1 + random.NextInt32(12);
            int buffer = 1 + random.NextInt32(64);
            await AssertSameAsync(text, (byte)',', maxField, buffer, $"seed {Seed}, round {round}, maxField {maxField}, buffer {buffer}");
        }
    }

    [Fact]
    public async Task The_fast_reader_equals_the_plain_one_around_the_limit_of_a_record()
    {
        const ulong Seed = 7;
        const int MaxField = 200;
        for (ulong round = 0; round < 200; round++)
        {
            var random = new Xoshiro256StarStar(Seed, round);
            var text = new StringBuilder();
            int limit = RecordReader.MaxRecordBytes(MaxField);
            for (int piece = 0; piece < 4; piece++)
            {
                text.Append(random.NextInt32(5) switch
                {
                    0 => "\"",
                    1 => new string('x', limit - 2 + random.NextInt32(5)),
                    2 when piece < 2 => string.Concat(Enumerable.Repeat(new string('y', 190) + "\",\"\n", 24)),
                    3 => "a,\"b\"\"c\"",
                    _ => "z,\"1\r\n\",",
                });
                text.Append(random.NextInt32(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" });
            }

            int buffer = 1 << (3 + random.NextInt32(12));
            await AssertSameAsync(Encoding.UTF8.GetBytes(text.ToString()), (byte)',', MaxField, buffer, $"seed {Seed}, round {round}, buffer {buffer}");
        }
    }

    private static async Task AssertSameAsync(byte[] text, byte delimiter, int maxField, int buffer, string where)
    {
        List<PlainRecord> expected = PlainSplitter.Split(text, delimiter, maxField, RecordReader.MaxRecordBytes(maxField));
        List<PlainRecord> actual = await ReadAsync(text, delimiter, maxField, buffer);
        Assert.True(string.Equals(Describe(expected), Describe(actual), StringComparison.Ordinal), $"{where}\nexpected\n{Describe(expected)}\nactual\n{Describe(actual)}");
    }

    private static string Describe(List<PlainRecord> records) => string.Join('\n', records.Select(static record =>
        $"{record.Line} {record.IsBroken} {record.IsTooLong} [{string.Join('|', Texts(record))}] {Convert.ToHexString(record.Raw)}"));

    private static string[] Texts(PlainRecord record) => [.. record.Fields.Select(static field => Encoding.UTF8.GetString(field))];

    private static Task<List<PlainRecord>> ReadAsync(string text, int maxField = 1 << 16) => ReadAsync(Encoding.UTF8.GetBytes(text), (byte)',', maxField, 7);

    private static async Task<List<PlainRecord>> ReadAsync(byte[] text, byte delimiter, int maxField, int buffer)
    {
        var reader = new RecordReader(new MemoryStream(text), delimiter, maxField, buffer);
        var records = new List<PlainRecord>();
        while (true)
        {
            switch (reader.Read())
            {
                case ReadOutcome.End:
                    return records;
                case ReadOutcome.NeedMore:
                    await reader.FillAsync(TestContext.Current.CancellationToken);
                    break;
                case ReadOutcome.Broken:
                    records.Add(new PlainRecord(reader.Line, true, reader.Breakage == RejectionReason.TooLong, [], reader.Raw.ToArray()));
                    break;
                default:
                    records.Add(new PlainRecord(
                        reader.Line, false, false, [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.Field(i).ToArray())], reader.Raw.ToArray()));
                    break;
            }
        }
    }
}
