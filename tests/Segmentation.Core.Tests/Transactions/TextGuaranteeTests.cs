using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>What is known of text by the way it was made spares checks, and changes nothing.</summary>
public class TextGuaranteeTests
{
    private static readonly byte[] Pieces = "a1 \"\u00A0\u2003й\u0301ёЯ№\uFFFE"u8.ToArray();

    [Theory]
    [InlineData("windows-1251", TextGuarantee.Composed)]
    [InlineData("koi8-r", TextGuarantee.Composed)]
    [InlineData("cp866", TextGuarantee.Composed)]
    [InlineData("windows-1252", TextGuarantee.Composed)]
    [InlineData("windows-1253", TextGuarantee.Composed)]
    [InlineData("windows-1255", TextGuarantee.None)]
    [InlineData("windows-1258", TextGuarantee.None)]
    [InlineData("windows-874", TextGuarantee.None)]
    public async Task Rows_in_a_code_page_are_judged_as_the_same_rows_in_UTF_8(string name, object composed)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name)!;
        var random = new Xoshiro256StarStar(20240602);
        byte[] text = [.. "customer,date,price,product\n"u8];
        for (int row = 0; row < 1_500; row++)
        {
            // Mostly letters, sometimes what no code page defines, and NUL.
            byte[] letters = [.. Enumerable.Range(0, 1 + random.NextInt32(60)).Select(_ => (byte)(random.NextInt32(3) > 0 ? 0x61 + random.NextInt32(20) : Any(random)))];
            text = [.. text, (byte)'C', .. letters, .. ",2023-01-02,1.50,"u8, .. letters.Reverse(), (byte)'\n'];
        }

        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = new DecoderReplacementFallback("\uFFFE");
        byte[] utf8 = Encoding.UTF8.GetBytes(string.Concat(text.Select(value => strict.GetString([value]))));
        (_, CollectingSink coded) = await Cleaning.ReadAsync(text, new ImportOptions { Encoding = name }, bufferBytes: 2_000);
        (_, CollectingSink plain) = await Cleaning.ReadAsync(utf8, new ImportOptions { Encoding = "utf-8" }, bufferBytes: 2_000);

        Assert.Equal(1_500, coded.Rows);
        Assert.Equal(plain.Accepted, coded.Accepted);
        Assert.Equal(plain.Rejected, coded.Rejected);
        using var source = new SingleByteText(Stream.Null, encoding);
        Assert.Equal((TextGuarantee)composed, source.Guarantee & TextGuarantee.Composed);
    }

    [Theory]
    [InlineData("windows-1251")]
    [InlineData("windows-874")]
    [InlineData("cp866")]
    public async Task A_code_page_in_reads_of_any_size_is_what_the_platform_decodes(string name)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name)!;
        var random = new Xoshiro256StarStar(3);
        byte[] all = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i / 50 % 3 == 0 ? Any(random) : 0x41 + random.NextInt32(26)))];
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = new DecoderReplacementFallback("\uFFFE");
        string expected = string.Concat(all.Select(value => strict.GetString([value])));
        for (int room = 1; room < 5_000; room += 1 + (room / 2))
        {
            using var text = new SingleByteText(new MemoryStream(all), encoding);
            using var taken = new MemoryStream();
            byte[] buffer = new byte[room];
            int read;
            while ((read = await text.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
            {
                taken.Write(buffer, 0, read);
            }

            Assert.True(expected == Encoding.UTF8.GetString(taken.ToArray()), $"{name}, {room} bytes a read");
        }
    }

    [Fact]
    public void Trimming_and_the_look_for_composed_text_equal_plain_ones_on_random_bytes()
    {
        var random = new Xoshiro256StarStar(11);
        for (int round = 0; round < 50_000; round++)
        {
            byte[] text = [.. Enumerable.Range(0, random.NextInt32(9)).Select(_ => random.NextInt32(4) > 0 ? Pieces[random.NextInt32(Pieces.Length)] : Any(random))];
            Assert.True(PlainTrim(text).SequenceEqual(FieldText.Trim(text)), Convert.ToHexString(text));
            Assert.Equal(!Array.Exists(text, static b => b is >= 0xCC and not (0xD0 or 0xD1)), FieldText.IsSurelyComposed(text));
        }
    }

    [Fact]
    public void Dates_that_repeat_count_as_often_as_dates_that_alternate()
    {
        string[] dates = ["01.02.2023", "05.06.2023", "03/04/2023", "2023-01-02", "no date"];
        var repeated = new DateEvidence();
        var alternating = new DateEvidence();
        for (int i = 0; i < 30; i++)
        {
            repeated.Add(Encoding.UTF8.GetBytes(dates[i / 10]));
            alternating.Add(Encoding.UTF8.GetBytes(dates[i % 3]));
        }

        Assert.Equal((30L, 20L), (repeated.Total, repeated.BestCount));
        Assert.Equal((alternating.Total, alternating.BestCount, alternating.Best), (repeated.Total, repeated.BestCount, repeated.Best));
    }

    private static byte Any(Xoshiro256StarStar random)
    {
        byte value = (byte)random.NextInt32(256);
        return value is (byte)'"' or (byte)',' or (byte)'\n' or (byte)'\r' or (byte)'\'' ? (byte)'z' : value;
    }

    private static ReadOnlySpan<byte> PlainTrim(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out Rune first, out int length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(first))
        {
            text = text[length..];
        }

        while (Rune.DecodeLastFromUtf8(text, out Rune last, out int length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(last))
        {
            text = text[..^length];
        }

        return text;
    }
}
