using System.Globalization;
using System.IO.Compression;
using System.Text;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>Random tables written in every dialect come back as they were.</summary>
public class RoundTripTests
{
    private static readonly string[] Pieces = ["tea", " ", "\"", ",", ";", "\t", "|", "\n", "\r\n", "é", "чай", "茶", "\uFFFF", "\U0001FFFE", "\uFDD0", "x", "7"];

    [Fact]
    public async Task Tables_come_back_exactly_in_every_dialect_and_with_every_buffer()
    {
        const ulong Seed = 99;
        ulong round = 0;
        foreach (char delimiter in ",;\t|")
        {
            foreach (string lineEnd in new[] { "\n", "\r\n", "\r" })
            {
                foreach (bool quoteAll in new[] { false, true })
                {
                    foreach (string form in new[] { "utf-8", "utf-8 with mark", "utf-16", "gzip" })
                    {
                        round++;
                        await CheckAsync(new Xoshiro256StarStar(Seed, round), delimiter, lineEnd, quoteAll, form, $"seed {Seed}, round {round}");
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Rows_always_reconcile_whatever_the_bytes()
    {
        const ulong Seed = 100;
        byte[] alphabet = [.. "C17,,,2;024-01-02\"\"\n\n\r. "u8, 0, 0xD0, 0xB9, 0xFF];
        byte[][] noncharacters = ["\uFFFE"u8.ToArray(), "\uFFFF"u8.ToArray(), "\U0001FFFE"u8.ToArray(), "\uFDD0"u8.ToArray()];
        for (ulong round = 0; round < 600; round++)
        {
            var random = new Xoshiro256StarStar(Seed, round);
            var bytes = new List<byte>("customer,date,price\nA,2024-01-02,3\n"u8.ToArray());
            for (int i = random.NextInt32(300); i > 0; i--)
            {
                bytes.AddRange(random.NextInt32(48) switch
                {
                    < 8 => "\nB,2024-01-03,1\n"u8.ToArray(),
                    8 => noncharacters[random.NextInt32(noncharacters.Length)],
                    9 => [.. "\nB"u8, .. noncharacters[random.NextInt32(noncharacters.Length)], .. ",2024-01-03,1\n"u8],
                    _ => [alphabet[random.NextInt32(alphabet.Length)]],
                });
            }

            (_, CollectingSink sink) = await Cleaning.ReadAsync([.. bytes], bufferBytes: 1 + random.NextInt32(50));
            (_, CollectingSink again) = await Cleaning.ReadAsync([.. bytes], bufferBytes: 1 << 16);

            int rows = PlainSplitter.Split([.. bytes], (byte)',', 1 << 16, 1 << 20).Count - 1;
            Assert.True(rows == sink.Rows, $"seed {Seed}, round {round}: {rows} rows, {sink.Rows} judged");
            Assert.Equal(sink.Accepted, again.Accepted);
            Assert.Equal(sink.Rejected, again.Rejected);
        }
    }

    private static async Task CheckAsync(Xoshiro256StarStar random, char delimiter, string lineEnd, bool quoteAll, string form, string where)
    {
        char point = delimiter == ';' ? ',' : '.';
        var text = new StringBuilder($"order id{delimiter}customer id{delimiter}description{delimiter}order date{delimiter}qty{delimiter}unit price{lineEnd}");
        var expected = new List<(string Customer, string Description, DateTime Time, string Amount)>();
        for (int row = 0; row < 30; row++)
        {
            string customer = "c" + random.NextInt32(5).ToString(CultureInfo.InvariantCulture);
            string description = "a" + string.Concat(Enumerable.Range(0, random.NextInt32(6)).Select(_ => Pieces[random.NextInt32(Pieces.Length)])) + "z";
            DateTime time = new DateTime(2020, 1, 1).AddMinutes(random.NextInt32(2_000_000));
            int quantity = 1 + random.NextInt32(9);
            decimal price = (1 + random.NextInt32(100_000)) / 100m;
            string[] fields =
            [
                row.ToString(CultureInfo.InvariantCulture), customer, description, time.ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture),
                quantity.ToString(CultureInfo.InvariantCulture), price.ToString("F2", CultureInfo.InvariantCulture).Replace('.', point),
            ];
            text.AppendJoin(delimiter, fields.Select(field => Write(field, delimiter, quoteAll || random.NextInt32(4) == 0)));
            text.Append(row == 29 && random.NextInt32(2) == 0 ? "" : lineEnd);
            expected.Add((customer, description, time, (quantity * price).ToString("F2", CultureInfo.InvariantCulture)));
        }

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(Encode(text.ToString(), form), bufferBytes: 1 + random.NextInt32(100));

        Assert.True(sink.Rejected.Count == 0, $"{where}: {string.Join("; ", sink.Rejected)}");
        Assert.Equal(expected, sink.Accepted.Select(static line => (line.Customer, line.Description, line.Time, line.Amount.ToString())));
        Assert.Equal(delimiter.ToString(), reading.Dialect.Delimiter);
        Assert.Equal(point.ToString(), reading.Dialect.DecimalSeparator);
    }

    private static string Write(string field, char delimiter, bool quote) => quote || field.AsSpan().IndexOfAny("\"\r\n") >= 0 || field.Contains(delimiter, StringComparison.Ordinal)
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;

    private static byte[] Encode(string text, string form)
    {
        switch (form)
        {
            case "utf-8":
                return Encoding.UTF8.GetBytes(text);
            case "utf-8 with mark":
                return [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)];
            case "utf-16":
                return [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)];
            default:
                using (var bytes = new MemoryStream())
                {
                    using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
                    {
                        gzip.Write(Encoding.UTF8.GetBytes(text));
                    }

                    return bytes.ToArray();
                }
        }
    }
}
