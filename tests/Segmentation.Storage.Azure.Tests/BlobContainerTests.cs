using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Blobs;
using Segmentation.Testing.Emulator;
using Segmentation.Testing.Storage;

namespace Segmentation.Storage.Azure.Tests;

public sealed class BlobContainerTests(Azurite azurite) : BlobContainerContract
{
    private const int Block = BlobWriteStream.BlockLength;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData(Block + 1)]
    [InlineData((3 * Block) + 5)]
    public async Task A_blob_of_any_number_of_blocks_is_read_back_by_small_and_large_reads(int length)
    {
        byte[] bytes = Bytes(length);
        IBlobContainer container = Create();
        await container.WriteAsync("large", async (stream, token) =>
        {
            int half = length / 2;
            await stream.WriteAsync(bytes.AsMemory(0, 7), token);
            await stream.WriteAsync(bytes.AsMemory(7, half), token);
            for (int at = 7 + half; at < length; at += 100_003)
            {
                await stream.WriteAsync(bytes.AsMemory(at, Math.Min(100_003, length - at)), token);
                Assert.Equal(Math.Min(at + 100_003, length), stream.Position);
            }
        }, Token);

        await using Stream read = await container.OpenReadAsync("large", Token);
        using var copy = new MemoryStream();
        await read.CopyToAsync(copy, 100_000, Token);
        Assert.True(bytes.AsSpan().SequenceEqual(copy.ToArray()));
        Assert.Equal(length, (await container.FindAsync("large", Token))!.Length);
    }

    [Fact]
    public async Task Synchronous_writes_and_reads_give_the_same_bytes()
    {
        byte[] bytes = Bytes((2 * Block) + 3);
        IBlobContainer container = Create();
        await container.WriteAsync("large", (stream, _) =>
        {
            stream.Write(bytes);
            stream.Flush();
            return Task.CompletedTask;
        }, Token);
        await using Stream read = await container.OpenReadAsync("large", Token);
        byte[] found = new byte[bytes.Length];
        read.ReadExactly(found);
        Assert.True(bytes.AsSpan().SequenceEqual(found));
        Assert.Equal(-1, read.ReadByte());
    }

    [Fact]
    public async Task Any_place_of_a_blob_is_read_after_a_seek()
    {
        const ulong seed = 4711;
        var random = new Numerics.Xoshiro256StarStar(seed);
        byte[] bytes = Bytes(1_000_000);
        IBlobContainer container = Create();
        await container.WriteAsync("a", (stream, token) => stream.WriteAsync(bytes, token).AsTask(), Token);
        await using Stream read = await container.OpenReadAsync("a", Token);
        for (int i = 0; i < 60; i++)
        {
            int place = random.NextInt32(bytes.Length + 10);
            read.Seek(place - (i % 2 == 0 ? 0 : read.Position), i % 2 == 0 ? SeekOrigin.Begin : SeekOrigin.Current);
            byte[] found = new byte[random.NextInt32(200_000)];
            int count = await read.ReadAtLeastAsync(found, found.Length, throwOnEndOfStream: false, Token);
            int expected = Math.Max(0, Math.Min(found.Length, bytes.Length - place));
            Assert.True(count == expected && bytes.AsSpan(Math.Min(place, bytes.Length), count).SequenceEqual(found.AsSpan(0, count)), $"Seed {seed}, read {i}.");
        }

        Assert.Equal(bytes.Length, read.Seek(0, SeekOrigin.End));
        Assert.Equal(0, await read.ReadAsync(new byte[1], Token));
    }

    [Fact]
    public async Task A_large_blob_is_not_there_before_it_is_complete_and_never_half()
    {
        IBlobContainer container = Create();
        await Assert.ThrowsAsync<PowerCutException>(() => container.WriteAsync("a", async (stream, token) =>
        {
            await stream.WriteAsync(Bytes(2 * Block), token);
            Assert.False(await container.ExistsAsync("a", token));
            throw new PowerCutException();
        }, Token));
        Assert.False(await container.ExistsAsync("a", Token));
        Assert.Null(await container.ListAsync("", Token).FirstOrDefaultAsync(Token));
    }

    [Fact]
    public async Task A_large_blob_that_is_replaced_while_it_is_read_is_never_read_mixed()
    {
        IBlobContainer container = Create();
        await container.WriteAsync("a", (stream, token) => stream.WriteAsync(new byte[Block], token).AsTask(), Token);
        await using Stream read = await container.OpenReadAsync("a", Token);
        await container.WriteAsync("a", (stream, token) => stream.WriteAsync(Bytes(Block), token).AsTask(), Token);
        var fault = await Assert.ThrowsAsync<IOException>(() => read.CopyToAsync(Stream.Null, Token));
        Assert.Contains("Reading blob 'a' of container", fault.Message, StringComparison.Ordinal);
        Assert.Contains("another writer changed or removed it", fault.Message, StringComparison.Ordinal);

        // The emulator calls a removed blob a changed one; the service says that it is not there.
        await container.DeleteAsync("a", Token);
        Assert.True(await Record.ExceptionAsync(() => read.CopyToAsync(Stream.Null, Token)) is IOException or BlobNotFoundException);
    }

    [Fact]
    public async Task Of_two_that_write_one_large_blob_at_a_time_one_content_is_whole()
    {
        // The service drops the blocks of one when the other commits, the emulator keeps them.
        IBlobContainer container = Create();
        byte[] large = Bytes((2 * Block) + 1);
        byte[] small = "small"u8.ToArray();
        Exception? fault = await Record.ExceptionAsync(() => container.WriteAsync("a", async (stream, token) =>
        {
            await stream.WriteAsync(large, token);
            await container.WriteAsync("a", (other, otherToken) => other.WriteAsync(small, otherToken).AsTask(), token);
        }, Token));
        Assert.True(fault is null or IOException);
        await using Stream read = await container.OpenReadAsync("a", Token);
        using var copy = new MemoryStream();
        await read.CopyToAsync(copy, Token);
        Assert.True(copy.ToArray().AsSpan().SequenceEqual(fault is null ? large : small));
    }

    [Fact]
    public async Task A_failure_of_the_writer_itself_goes_up_as_it_is()
    {
        var own = new RequestFailedException(503, "of the writer");
        Assert.Same(own, await Assert.ThrowsAsync<RequestFailedException>(() => Create().WriteAsync("a", (_, _) => throw own, Token)));
    }

    [Fact]
    public async Task A_name_that_the_service_cannot_hold_is_refused()
    {
        IBlobContainer container = Create();
        foreach (string name in new[] { "a\u0001b", "a\u007F", "a\uFFFE", "a\uD83D", "\uDE00a", "a.", "a\\", new string('n', 1025) })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => container.WriteAsync(name, (_, _) => Task.CompletedTask, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => container.OpenReadAsync(name, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => container.FindAsync(name, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => container.ExistsAsync(name, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => container.DeleteAsync(name, Token));
        }
    }

    [Fact]
    public async Task A_name_may_have_any_other_characters_up_to_the_longest()
    {
        IBlobContainer container = Create();
        string[] names = ["%2F", "a b+c&d=e", "#?;:@", "😀/客", "'\"<>", "a./b", "...a", new string('n', 250) + "/" + new string('m', 250)];
        foreach (string name in names)
        {
            await container.WriteAsync(name, (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(name), token).AsTask(), Token);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), await container.ListAsync("", Token).Select(blob => blob.Name).ToArrayAsync(Token), StringComparer.Ordinal);
        foreach (string name in names)
        {
            using var reader = new StreamReader(await container.OpenReadAsync(name, Token));
            Assert.Equal(name, await reader.ReadToEndAsync(Token));
        }
    }

    protected override IBlobContainer Create()
    {
        var options = new BlobClientOptions();
        Faults.Quick(options);
        return new BlobContainer(new BlobServiceClient(azurite.NewAccount(), options).GetBlobContainerClient("runs"));
    }

    private static byte[] Bytes(int length)
    {
        var random = new Numerics.Xoshiro256StarStar(20240601);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.NextInt32(256);
        }

        return bytes;
    }
}
