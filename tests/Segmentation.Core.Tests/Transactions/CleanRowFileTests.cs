using Segmentation.Core.Rfm;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Transactions;

public sealed class CleanRowFileTests
{
    // Two rows of version 1 of the format: a sale with every field, and a return of a code that is no product, kept as written.
    private const string YesterdaysRowsAndList =
        "QQJrMQM1MDABQQCTmcbNgdwIDNCg0L7RgdGB0LjRjwQA+gECwJaxAgZhIGxhbXAFbGlnaHQEcGFpZAdpbnZvaW"
        + "NlAgAiAmsxBEM1MDEEUE9TVADAysfNgdwIAAEABgD/mu4CAAAAAODcKg0QQzUwMSxQT1NULC0xLCIzIgB8Ag==";

    private const int YesterdaysBucket = 17;
    private const int YesterdaysList = 124;

    private static readonly TestRow[] YesterdaysRows =
    [
        new("k1", "500", "A", new DateTime(2024, 5, 31, 23, 59, 58), new DecimalNumber(2, 0), new DecimalNumber(125, 2), new Money(2_500_000))
        {
            Line = 2, Country = "Россия", Description = "a lamp", Category = "light", Status = "paid", DocumentType = "invoice",
        },
        new("k1", "C501", "POST", new DateTime(2024, 6, 1), new DecimalNumber(-1, 0), new DecimalNumber(3, 0), new Money(-3_000_000))
        {
            Line = 700_000, Kind = LineKind.Return, IsNonProduct = true, Raw = "C501,POST,-1,\"3\"",
        },
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Yesterdays_bytes_are_still_read_and_still_written()
    {
        byte[] yesterday = Stored(Convert.FromBase64String(YesterdaysRowsAndList), YesterdaysBucket, YesterdaysList, YesterdaysList + 3);
        Assert.Equal(Convert.ToBase64String(yesterday), Convert.ToBase64String(await TestRow.StoreAsync(YesterdaysRows, keepRaw: false)));
        await AssertHoldsAsync(yesterday, YesterdaysRows, keepRaw: false, "yesterday");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Random_rows_come_back_with_all_their_fields(bool keepRaw)
    {
        const ulong seed = 21;
        var random = new Xoshiro256StarStar(seed);
        for (int round = 0; round < 60; round++)
        {
            TestRow[] rows = [.. Enumerable.Range(0, random.NextInt32(200)).Select(i => Random(random, i))];
            await AssertHoldsAsync(await TestRow.StoreAsync(rows, keepRaw), rows, keepRaw, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task A_bucket_of_several_blocks_keeps_the_order_of_the_file()
    {
        TestRow row = TestRow.Of("k", "1", "A", "2024-01-01", 1, 1) with { Description = new string('d', 1_000) };
        TestRow[] rows = [.. Enumerable.Range(0, 200).Select(i => row with { Line = i })];
        byte[] stored = await TestRow.StoreAsync(rows);
        await using CleanRowFileReader reader = await TestRow.OpenAsync(stored);
        IReadOnlyList<CleanRowBlock> blocks = await reader.BlocksOfAsync(CustomerBuckets.Of("k"u8), Token);
        Assert.True(blocks.Count > 4);
        Assert.Equal(200, blocks.Sum(block => block.Rows));
        await AssertHoldsAsync(stored, rows, keepRaw: true, "blocks");
    }

    [Fact]
    public async Task Rows_of_no_text_and_of_a_mebibyte_lie_side_by_side()
    {
        TestRow small = TestRow.Of("k", "", "", "0001-01-01", 1, 1);
        TestRow large = small with { Raw = new string('r', 1 << 20), Product = new string('p', 1 << 16), Time = DateTime.MaxValue, Line = long.MaxValue };
        TestRow[] rows = [small, large, small, large];
        await AssertHoldsAsync(await TestRow.StoreAsync(rows), rows, keepRaw: true, "sizes");
    }

    [Fact]
    public async Task A_file_without_rows_has_no_blocks()
    {
        await using CleanRowFileReader reader = await TestRow.OpenAsync(await TestRow.StoreAsync([]));
        for (int bucket = 0; bucket < CustomerBuckets.Count; bucket++)
        {
            Assert.Empty(await reader.BlocksOfAsync(bucket, Token));
        }
    }

    [Fact]
    public async Task Rows_say_the_same_exactly_when_all_fields_are_equal()
    {
        const ulong seed = 22;
        var random = new Xoshiro256StarStar(seed);
        TestRow[] rows = [.. Enumerable.Range(0, 150).Select(i => Random(random, i % 40) with { Customer = "k", Line = i })];
        rows = [.. rows, .. rows.Select(row => row with { Line = row.Line + 1_000, Raw = "other" })];
        BucketRows read = await LoadAsync(await TestRow.StoreAsync(rows), CustomerBuckets.Of("k"u8));
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool same = FieldsOf(read, i).SequenceEqual(FieldsOf(read, j));
                Assert.True(same == rows[i].Fields.Equals(rows[j].Fields), $"Seed {seed}, rows {i} and {j}");
            }
        }
    }

    [Fact]
    public async Task A_cut_or_altered_file_is_called_damaged_and_reads_no_row_that_could_not_be()
    {
        const ulong seed = 23;
        var random = new Xoshiro256StarStar(seed);
        TestRow[] rows = [.. Enumerable.Range(0, 60).Select(i => Random(random, i))];
        byte[] whole = await TestRow.StoreAsync(rows);
        var read = new BucketRows();
        for (int i = 0; i < 3_000; i++)
        {
            byte[] damaged = [.. whole];
            if (i % 4 == 0)
            {
                damaged = damaged[..random.NextInt32(whole.Length)];
            }
            else
            {
                // Half of the damage hits the lists of blocks and the tail.
                int from = i % 2 == 0 ? 0 : whole.Length - CleanRowFormat.TailLength - 60;
                damaged[from + random.NextInt32(whole.Length - from)] ^= (byte)(1 << random.NextInt32(8));
            }

            try
            {
                await using CleanRowFileReader reader = await TestRow.OpenAsync(damaged);
                for (int bucket = 0; bucket < CustomerBuckets.Count; bucket++)
                {
                    if (await reader.BlocksOfAsync(bucket, Token) is { Count: > 0 } blocks)
                    {
                        await read.LoadAsync([new BucketOfUpload(0, reader, blocks)], 0, 1 + (i % 2), Token);
                        for (int row = 0; row < read.Count; row++)
                        {
                            _ = read[row];
                        }
                    }
                }
            }
            catch (InvalidDataException)
            {
                // That is what is expected: the message is tested below.
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}, case {i}: {fault}");
            }
        }
    }

    [Theory]
    [InlineData("", 1, 0, "lists of blocks do not lie inside it")]
    [InlineData("", -1, 0, "lists of blocks do not lie inside it")]
    [InlineData("", 0, 1, "lists of blocks do not lie inside it")]
    [InlineData("", 0, long.MaxValue, "lists of blocks do not lie inside it")]
    [InlineData("AA010101", 1, 4, "a block does not lie inside it")]
    [InlineData("AA000201", 1, 4, "a block does not lie inside it")]
    [InlineData("AA000102", 1, 4, "a block does not lie inside it")]
    [InlineData("AA000101000101", 1, 7, "a block does not lie inside it")]
    [InlineData("AA0001", 1, 3, "shorter than its fields say")]
    [InlineData("AAFFFFFFFFFFFFFFFFFF010101", 1, 13, "a block does not lie inside it")]
    [InlineData("AA00FFFFFFFF7F01", 1, 8, "impossibly large")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF7F", 0, 11, "more than 64 bits")]
    public async Task A_damaged_list_of_blocks_is_named(string body, long start, long end, string message)
    {
        await using CleanRowFileReader reader = await TestRow.OpenAsync(Stored(Convert.FromHexString(body), 7, start, end));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.BlocksOfAsync(7, Token));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_short_or_of_another_version_says_so()
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => TestRow.OpenAsync(new byte[15]));
        Assert.Equal("A file of cleaned rows is damaged: it is shorter than its tail.", fault.Message);
        byte[] stored = Stored([], 0, 0, 0);
        await (await TestRow.OpenAsync(stored)).DisposeAsync();
        stored[^8] = 2;
        fault = await Assert.ThrowsAsync<InvalidDataException>(() => TestRow.OpenAsync(stored));
        Assert.Equal("A file of cleaned rows has format 2; expected 1.", fault.Message);
        stored[^1] = 0;
        fault = await Assert.ThrowsAsync<InvalidDataException>(() => TestRow.OpenAsync(stored));
        Assert.Equal("A file of cleaned rows is damaged: it does not end with its mark.", fault.Message);
    }

    // The tail: where the list of each of 256 buckets starts, and the last ends; here only one bucket has a list.
    private static byte[] Stored(byte[] body, int bucket, long start, long end) =>
    [
        .. body, .. Enumerable.Range(0, 257).SelectMany(place => BitConverter.GetBytes(place <= bucket ? start : end)), .. BitConverter.GetBytes(1), .. "SEGR"u8,
    ];

    private static async Task AssertHoldsAsync(byte[] stored, IReadOnlyList<TestRow> rows, bool keepRaw, string context)
    {
        foreach (IGrouping<int, TestRow> bucket in rows.GroupBy(row => CustomerBuckets.Of(System.Text.Encoding.UTF8.GetBytes(row.Customer))))
        {
            BucketRows read = await LoadAsync(stored, bucket.Key);
            TestRow[] expected = [.. bucket.Select(row => row with { Raw = keepRaw || row.IsNonProduct ? row.Raw : "" })];
            TestRow[] found = [.. Enumerable.Range(0, read.Count).Select(i => Decode(read, i))];
            Assert.True(expected.SequenceEqual(found), $"{context}: bucket {bucket.Key} differs");
        }
    }

    private static async Task<BucketRows> LoadAsync(byte[] stored, int bucket)
    {
        await using CleanRowFileReader reader = await TestRow.OpenAsync(stored);
        var rows = new BucketRows();
        await rows.LoadAsync([new BucketOfUpload(0, reader, await reader.BlocksOfAsync(bucket, Token))], 0, 1, Token);
        return rows;
    }

    private static ReadOnlySpan<byte> FieldsOf(BucketRows rows, int i) => rows.Buffer.AsSpan(rows[i].Fields, rows[i].FieldsLength);

    /// <summary>Reads a row field by field, and what the product reads of it against that.</summary>
    private static TestRow Decode(BucketRows rows, int i)
    {
        CleanRow row = rows[i];
        var fields = new RecordFields(FieldsOf(rows, i));
        string customer = fields.ReadText();
        Assert.Equal(row.CustomerPrefix, fields.Position);
        string invoice = fields.ReadText();
        Assert.Equal((row.InvoicePrefix, row.HasInvoice), (fields.Position, invoice.Length > 0));
        string product = fields.ReadText();
        Assert.Equal(row.UnitPrefix, fields.Position);
        var time = new DateTime(fields.ReadInt64());
        Assert.Equal(DateOnly.FromDateTime(time).DayNumber, row.Day);
        Assert.Equal(row.Country, row.Fields + fields.Position);
        string country = fields.ReadText();
        var quantity = new DecimalNumber(fields.ReadSigned(), fields.ReadByte());
        var price = new DecimalNumber(fields.ReadSigned(), fields.ReadByte());
        var decoded = new TestRow(customer, invoice, product, time, quantity, price, fields.ReadMoney())
        {
            Line = row.Line,
            Kind = row.Kind,
            IsNonProduct = row.IsNonProduct,
            Country = country,
            Description = fields.ReadText(),
            Category = fields.ReadText(),
            Status = fields.ReadText(),
            DocumentType = fields.ReadText(),
            Raw = row.Raw < 0 ? "" : new RecordFields(rows.Buffer, row.Raw).ReadText(),
        };
        Assert.True(fields.AtEnd);
        Assert.Equal(decoded.Amount, row.Amount);
        return decoded;
    }

    private static TestRow Random(Xoshiro256StarStar random, int line)
    {
        string[] texts = ["", "a", "b", "ab", "клиент", "😀", "\"x,\ny\"", new string('z', 130)];
        string Text() => texts[random.NextInt32(texts.Length)];
        long Digits() => (long)(random.NextUInt64() % 1_000_000_000_000_000_000) >> random.NextInt32(60);
        return new TestRow(
            $"k{random.NextInt32(9)}", Text(), Text(), new DateTime((long)(random.NextUInt64() % (ulong)DateTime.MaxValue.Ticks)),
            new DecimalNumber(-Digits(), random.NextInt32(19)), new DecimalNumber(Digits(), random.NextInt32(19)),
            new Money((Int128)Digits() * (random.NextInt32(3) - 1) * 1_000_000))
        {
            Line = line,
            Kind = (LineKind)random.NextInt32(3),
            IsNonProduct = random.NextInt32(2) == 0,
            Country = Text(),
            Description = Text(),
            Category = Text(),
            Status = Text(),
            DocumentType = Text(),
            Raw = Text(),
        };
    }
}
