using System.Globalization;
using Segmentation.Core.Rfm;
using Segmentation.Core.Storage.Records;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Rfm;

public sealed class RecordMergeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sorted_files_come_out_as_one_sorted_sequence()
    {
        const ulong seed = 51;
        var random = new Xoshiro256StarStar(seed);
        for (int round = 0; round < 50; round++)
        {
            string[][] files = [.. Enumerable.Range(0, random.NextInt32(6)).Select(file =>
                Enumerable.Range(0, random.NextInt32(40))
                    .Select(_ => random.NextInt32(50).ToString("D2", CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)
                    .Select(key => $"{key} of {file}").ToArray())];
            string[] expected = [.. files.SelectMany(file => file).OrderBy(record => record[..2], StringComparer.Ordinal)];
            Assert.Equal(expected, await MergeAsync(files), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Records_of_any_size_are_read_whole_and_from_parts_of_one_stream()
    {
        int[] sizes = [0, 1, 127, 128, 40_000, 200_000, 5];
        using var stream = new MemoryStream();
        var writer = new RecordStreamWriter(stream);
        var ends = new List<long>();
        foreach (int size in sizes)
        {
            await writer.WriteAsync(new string('r', size).Select(letter => (byte)letter).ToArray(), Token);
            ends.Add(writer.Position);
        }

        await writer.FlushAsync(Token);
        Assert.Equal(stream.Length, writer.Position);
        Assert.Equal(sizes, await SizesAsync(new RecordStreamReader(stream)));
        Assert.Equal(sizes[3..5], await SizesAsync(new RecordStreamReader(stream, ends[2], ends[4])));
    }

    [Theory]
    [InlineData("05", "ends inside a record")]
    [InlineData("80", "ends inside a record")]
    [InlineData("0141024242FF", "ends inside a record")]
    [InlineData("FFFFFFFF0F", "impossibly long")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF", "impossibly long")]
    public async Task A_stream_that_ends_or_lies_is_called_damaged(string bytes, string message)
    {
        var reader = new RecordStreamReader(new MemoryStream(Convert.FromHexString(bytes)));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => SizesAsync(reader));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private static async Task<List<int>> SizesAsync(RecordStreamReader reader)
    {
        var sizes = new List<int>();
        while (await reader.ReadAsync(Token))
        {
            sizes.Add(reader.Current.Length);
        }

        return sizes;
    }

    private static async Task<List<string>> MergeAsync(string[][] files)
    {
        var readers = new List<RecordStreamReader>();
        foreach (string[] file in files)
        {
            var stream = new MemoryStream();
            var writer = new RecordStreamWriter(stream);
            foreach (string record in file)
            {
                await writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(record), Token);
            }

            await writer.FlushAsync(Token);
            readers.Add(new RecordStreamReader(stream));
        }

        var merged = new List<string>();
        await foreach (string record in RecordMerge.MergeAsync(
            readers, bytes => System.Text.Encoding.UTF8.GetString(bytes.Span), record => record[..2], StringComparer.Ordinal, Token))
        {
            merged.Add(record);
        }

        return merged;
    }
}
