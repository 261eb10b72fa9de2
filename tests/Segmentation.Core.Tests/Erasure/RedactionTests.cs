using System.Text;
using Segmentation.Core.Erasure;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Erasure;

/// <summary>Lines and words are taken out of files, and nothing else of them changes.</summary>
public sealed class RedactionTests
{
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    public async Task Lines_are_taken_out_as_a_plain_split_takes_them_out(string name, bool keepLineEnds)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            var lines = new LineRanges();
            var text = new StringBuilder();
            var expected = new StringBuilder();
            for (int line = 1; line <= 9_000; line++)
            {
                bool isOut = random.NextDouble() < 0.4;
                string content = new((char)('a' + (line % 26)), (int)(random.NextDouble() * 20) + 1);
                string end = LineEnds[(int)(random.NextDouble() * LineEnds.Length)];
                lines.Row(line, isOut);
                text.Append(content).Append(end);
                expected.Append(isOut ? "" : content).Append(isOut && !keepLineEnds ? "" : end);
            }

            using var into = new MemoryStream();

            // A mark of UTF-32 is read as one of UTF-16, so a file in UTF-32 has none.
            byte[] mark = name == "utf-32" ? [] : encoding.GetPreamble();
            byte[] stored = [.. mark, .. encoding.GetBytes(text.ToString())];
            await LineRedaction.WriteAsync(new MemoryStream(stored), into, lines, name, keepLineEnds, Token);
            byte[] wanted = [.. mark, .. encoding.GetBytes(expected.ToString())];
            Assert.True(wanted.AsSpan().SequenceEqual(into.ToArray()), $"Seed {seed}");
        }
    }

    [Theory]
    [InlineData("k1", "k1", "xx")]
    [InlineData("k1", "ak1 k1a k1.k1", "ak1 k1a xx.xx")]
    [InlineData("17850", "17850.0;17850.00;x17850;17850", "xxxxxxx;xxxxxxxx;x17850;xxxxx")]
    [InlineData("ann@example.com", "<ann@example.com> mailto:ann@example.com", "<xxxxxxxxxxxxxxx> mailto:xxxxxxxxxxxxxxx")]
    [InlineData("Ann Lee", "\"Ann Lee\",Ann Lee's;Ann  Lee", "\"xxxxxxx\",xxxxxxx's;Ann  Lee")]
    [InlineData("#7", "a\t #7 \tb", "a\t xx \tb")]
    [InlineData("Анна", "Анна,Аннаб", "xxxxxxxx,Аннаб")]
    public void Words_and_fields_are_overwritten_and_nothing_else(string id, string text, string expected) =>
        Assert.Equal(expected, Redaction(id).Redact(text));

    [Fact]
    public async Task A_line_longer_than_any_buffer_is_searched_too()
    {
        string filler = string.Concat(Enumerable.Repeat("word ", 100_000));
        using var into = new MemoryStream();
        await Redaction("k1").WriteAsync(new MemoryStream(Encoding.UTF8.GetBytes($"{filler}k1 {filler}k1")), into, Token);
        Assert.Equal($"{filler}xx {filler}xx", Encoding.UTF8.GetString(into.ToArray()));
    }

    [Fact]
    public void The_cache_of_answers_says_what_the_set_says()
    {
        var erased = new SetOf(id => id.Length % 3 == 0);
        var check = new ErasedCheck(erased);
        var random = new Xoshiro256StarStar(5);
        for (int i = 0; i < 200_000; i++)
        {
            string id = new('k', 1 + (int)(random.NextDouble() * 90));
            id += (int)(random.NextDouble() * 20_000);
            byte[] bytes = Encoding.UTF8.GetBytes(id);
            for (int again = 0; again <= i % 3; again++)
            {
                Assert.Equal(erased.Contains(bytes), check.Contains(bytes));
            }
        }

        int asked = erased.Asked;
        for (int i = 0; i < 1_000_000; i++)
        {
            check.Contains("the same"u8);
        }

        Assert.InRange(erased.Asked - asked, 0, 1);
    }

    private static TokenRedaction Redaction(string id)
    {
        byte[] erased = Encoding.UTF8.GetBytes(CustomerIds.Normalise(id));
        return new TokenRedaction(new SetOf(other => other.AsSpan().SequenceEqual(erased)));
    }

    private sealed class SetOf(Predicate<byte[]> isIn) : IErasedSet
    {
        public int Asked { get; private set; }

        public bool IsEmpty => false;

        public bool Contains(ReadOnlySpan<byte> customerId)
        {
            Asked++;
            return isIn(customerId.ToArray());
        }
    }
}
