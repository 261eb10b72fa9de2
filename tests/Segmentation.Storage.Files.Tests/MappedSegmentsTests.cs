using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Storage.Files.Tests;

/// <summary>Lookups in the mapped file of a shard against the plain search in the same bytes, and in damaged ones.</summary>
public sealed class MappedSegmentsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everybody_and_nobody_is_found_as_by_the_plain_search()
    {
        const ulong seed = 81;
        var random = new Xoshiro256StarStar(seed);
        for (int round = 0; round < 60; round++)
        {
            string[] ids = [.. Enumerable.Range(0, random.NextInt32(80)).Select(_ => RandomIds.Next(random)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            string[] asked = [.. ids, .. Enumerable.Range(0, 50).Select(_ => RandomIds.Next(random)), "\uD83D", "a\uDE00", new string('客', 2_000)];
            await WriteAsync(ids);
            await using FileStream stream = Open();
            using var mapped = new MappedShards((_, _) => Open());
            foreach (string id in asked)
            {
                SegmentAssignment? expected = await PlainSegmentSearch.FindAsync(stream, id, Token);
                Assert.True(expected == mapped.Find("run", 0, id), $"Seed {seed}, round {round}: '{id}'");
                Assert.Equal(ids.Contains(id), expected is not null);
            }
        }
    }

    [Fact]
    public async Task A_damaged_file_is_called_damaged_or_read_whatever_byte_is_wrong()
    {
        const ulong seed = 20240601;
        var random = new Xoshiro256StarStar(seed);
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => $"customer {i:D2}")];
        await WriteAsync(ids);
        byte[] whole = await File.ReadAllBytesAsync(_folder["shard"], Token);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] damaged = [.. whole];
            if (i % 3 == 0)
            {
                damaged = damaged[..random.NextInt32(whole.Length)];
            }
            else
            {
                damaged[random.NextInt32(whole.Length)] ^= (byte)(1 << random.NextInt32(8));
            }

            await File.WriteAllBytesAsync(_folder["shard"], damaged, Token);
            using var mapped = new MappedShards((_, _) => Open());
            try
            {
                mapped.Find("run", 0, ids[random.NextInt32(ids.Length)]);
            }
            catch (InvalidDataException fault)
            {
                Assert.Contains(fault.Message.Contains("damaged", StringComparison.Ordinal) ? "damaged" : "format", fault.Message, StringComparison.Ordinal);
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}, case {i}: {fault}");
            }
        }
    }

    [Theory]
    [InlineData(0, 0xFF, "more than 64 bits")]
    [InlineData(0, 0x7F, "shorter than its fields say")]
    [InlineData(1, 0x7F, "shorter than its fields say")]
    public async Task A_wrong_length_of_a_record_or_of_its_id_is_damage(int at, byte length, string message)
    {
        await WriteAsync("a");
        byte[] bytes = await File.ReadAllBytesAsync(_folder["shard"], Token);
        bytes.AsSpan(at, length == 0xFF ? 11 : 1).Fill(length);
        AssertDamaged(bytes, message);
    }

    [Theory]
    [InlineData(0, "shorter than its tail")]
    [InlineData(15, "shorter than its tail")]
    public void A_cut_file_is_named_for_what_it_is(int length, string message) => AssertDamaged(new byte[length], message);

    [Theory]
    [InlineData(-16, 2, "shorter than its index")]
    [InlineData(-9, 0x80, "shorter than its index")]
    [InlineData(-24, 0x7F, "points past its records")]
    [InlineData(-17, 0x80, "points past its records")]
    [InlineData(-8, 2, "format 2; expected 1.")]
    public async Task A_wrong_number_at_the_end_is_named(int fromEnd, byte value, string message)
    {
        await WriteAsync("a");
        byte[] bytes = await File.ReadAllBytesAsync(_folder["shard"], Token);
        bytes[bytes.Length + fromEnd] = value;
        if (fromEnd == -16)
        {
            bytes[^15] = 1;
        }

        AssertDamaged(bytes, message);
    }

    [Fact]
    public async Task All_customers_of_a_damaged_file_are_read_or_the_damage_is_named()
    {
        await File.WriteAllBytesAsync(_folder["shard"], new byte[10], Token);
        await using FileStream stream = Open();
        await Assert.ThrowsAsync<InvalidDataException>(async () => await SegmentFile.ReadAllAsync(stream, Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_file_is_let_go_of_only_when_the_last_reader_has_left()
    {
        await WriteAsync("a");
        await using FileStream stream = Open();
        using var file = new MappedFile(stream);
        file.Enter();
        byte first = file.Slice(0, 1)[0];
        Task disposal = Task.Run(file.Dispose, Token);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.Equal(first, file.Slice(0, 1)[0]);
        }

        Assert.False(disposal.IsCompleted);
        file.Leave();
        await disposal;
    }

    [Fact]
    public async Task Nothing_outside_the_file_is_ever_sliced()
    {
        await WriteAsync("a");
        await using FileStream stream = Open();
        using var file = new MappedFile(stream);
        Assert.Equal(0, file.Slice(file.Length, 0).Length);
        (long Offset, int Length)[] outside = [(-1, 1), (0, -1), (file.Length, 1), (0, (int)file.Length + 1), (long.MaxValue, 1), (long.MaxValue, int.MaxValue), (1, int.MaxValue)];
        Assert.All(outside, part => Assert.Throws<ArgumentOutOfRangeException>(() => file.Slice(part.Offset, part.Length).Length));
    }

    private void AssertDamaged(byte[] bytes, string message)
    {
        File.WriteAllBytes(_folder["shard"], bytes);
        using var mapped = new MappedShards((_, _) => Open());
        var fault = Assert.Throws<InvalidDataException>(() => mapped.Find("run", 0, "a"));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private async Task WriteAsync(params string[] ids)
    {
        await using FileStream stream = File.Create(_folder["shard"]);
        await SegmentFile.WriteAsync(
            stream, [.. ids.Select((id, i) => new SegmentAssignment { CustomerId = id, RecencyDays = i, Frequency = 2, Monetary = new Money(3) })], Token);
    }

    private FileStream Open() => File.OpenRead(_folder["shard"]);
}
