using System.Text;
using Segmentation.Core.Storage;

namespace Segmentation.Testing.Storage;

/// <summary>What every container of blobs promises, wherever it keeps them.</summary>
public abstract class BlobContainerContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A container that holds nothing.</summary>
    protected abstract IBlobContainer Create();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task What_is_written_is_read_back(int length)
    {
        IBlobContainer container = Create();
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        await container.WriteAsync("a/b c/файл.bin", (stream, token) => stream.WriteAsync(bytes, token).AsTask(), Token);

        await using Stream read = await container.OpenReadAsync("a/b c/файл.bin", Token);
        Assert.True(read.CanSeek);
        Assert.Equal(length, read.Length);
        byte[] found = new byte[length];
        await read.ReadExactlyAsync(found, Token);
        Assert.Equal(bytes, found);
        read.Position = length / 2;
        await read.ReadExactlyAsync(found.AsMemory(0, length - (length / 2)), Token);
        Assert.Equal(bytes.AsSpan(length / 2).ToArray(), found.AsSpan(0, length - (length / 2)).ToArray());
    }

    [Fact]
    public async Task A_writer_can_ask_how_far_it_is()
    {
        long position = -1;
        await Create().WriteAsync("a", async (stream, token) =>
        {
            await stream.WriteAsync("abc"u8.ToArray(), token);
            position = stream.Position;
        }, Token);
        Assert.Equal(3, position);
    }

    [Fact]
    public async Task Each_write_makes_a_new_version_however_quick_and_alike_it_is()
    {
        IBlobContainer container = Create();
        var versions = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            // The finest clock of a folder is that of the system, in steps of some milliseconds at worst.
            BlobEntry before = await container.FindAsync("a", Token) ?? new BlobEntry("a", 0, default);
            do
            {
                await WriteAsync(container, "a", $"text {i}");
            }
            while ((await container.FindAsync("a", Token))!.Version == before.Version);

            BlobEntry found = (await container.FindAsync("a", Token))!;
            await foreach (BlobEntry listed in container.ListAsync("", Token))
            {
                Assert.Equal(found, listed);
                Assert.True(listed.IsStill(found.Length, found.LastModified, found.Version));
                Assert.True(listed.IsStill(found.Length, found.LastModified, version: null));
            }

            versions.Add(found.Version);
        }

        Assert.Equal(3, versions.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Writing_again_replaces_the_whole_blob()
    {
        IBlobContainer container = Create();
        await WriteAsync(container, "a", "a longer text");
        await WriteAsync(container, "a", "short");
        Assert.Equal("short", await ReadAsync(container, "a"));
    }

    [Fact]
    public async Task A_listing_while_others_write_shows_what_was_there_before()
    {
        IBlobContainer container = Create();
        await WriteAsync(container, "a", "old");
        Task[] writers = [.. Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 40; i++)
            {
                await WriteAsync(container, $"{writer}/{i}", "new");
            }
        }, Token))];
        Task all = Task.WhenAll(writers);
        do
        {
            Assert.Contains("a", await container.ListAsync("", Token).Select(blob => blob.Name).ToListAsync(Token), StringComparer.Ordinal);
        }
        while (!all.IsCompleted);
        await all;
        Assert.Equal(81, await container.ListAsync("", Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_writer_that_fails_leaves_nothing()
    {
        IBlobContainer container = Create();
        await Assert.ThrowsAsync<PowerCutException>(() => WriteHalfAsync(container, "folder/a"));
        Assert.False(await container.ExistsAsync("folder/a", Token));
        Assert.Empty(await NamesAsync(container, ""));
    }

    [Fact]
    public async Task A_writer_that_fails_leaves_the_earlier_blob_as_it_was()
    {
        IBlobContainer container = Create();
        await WriteAsync(container, "a", "old");
        await Assert.ThrowsAsync<PowerCutException>(() => WriteHalfAsync(container, "a"));
        Assert.Equal("old", await ReadAsync(container, "a"));
    }

    [Fact]
    public async Task A_blob_is_not_there_before_it_is_complete()
    {
        IBlobContainer container = Create();
        bool seen = true;
        IReadOnlyList<string> listed = ["?"];
        await container.WriteAsync("folder/a", async (stream, token) =>
        {
            await stream.WriteAsync("half"u8.ToArray(), token);
            await stream.FlushAsync(token);
            seen = await container.ExistsAsync("folder/a", token);
            listed = await NamesAsync(container, "");
        }, Token);
        Assert.False(seen);
        Assert.Empty(listed);
        Assert.Equal(["folder/a"], await NamesAsync(container, ""));
    }

    [Fact]
    public async Task A_reader_keeps_what_it_opened_while_the_blob_is_replaced()
    {
        IBlobContainer container = Create();
        await WriteAsync(container, "a", "old");
        await using Stream open = await container.OpenReadAsync("a", Token);
        await WriteAsync(container, "a", "new content");
        using var reader = new StreamReader(open);
        Assert.Equal("old", await reader.ReadToEndAsync(Token));
        Assert.Equal("new content", await ReadAsync(container, "a"));
    }

    [Fact]
    public async Task Writers_of_one_blob_at_a_time_leave_one_whole_content()
    {
        IBlobContainer container = Create();
        string[] texts = [.. Enumerable.Range(0, 16).Select(i => new string((char)('a' + i), 10_000))];
        await Task.WhenAll(texts.Select(text => Task.Run(() => WriteAsync(container, "a", text), Token)));
        Assert.Contains(await ReadAsync(container, "a"), texts, StringComparer.Ordinal);
        Assert.Equal(["a"], await NamesAsync(container, ""));
    }

    [Fact]
    public async Task Listing_is_in_ordinal_order_and_by_any_prefix()
    {
        IBlobContainer container = Create();
        string[] names = ["b", "B", "a/z", "a.b", "a/b/c", "ab", "é", "a-1", "z/.hidden"];
        foreach (string name in names)
        {
            await WriteAsync(container, name, name);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(container, ""), StringComparer.Ordinal);
        Assert.Equal(["a/b/c", "a/z"], await NamesAsync(container, "a/"));
        Assert.Equal(["a-1", "a.b", "a/b/c", "a/z", "ab"], await NamesAsync(container, "a"));
        Assert.Equal(["a/b/c"], await NamesAsync(container, "a/b"));
        Assert.Empty(await NamesAsync(container, "A"));
        Assert.Empty(await NamesAsync(container, "nowhere/x"));
    }

    [Fact]
    public async Task Listing_tells_sizes_and_the_time_of_the_last_write()
    {
        IBlobContainer container = Create();
        await WriteAsync(container, "a", "12345");
        BlobEntry first = await SingleAsync(container);
        BlobEntry again = await SingleAsync(container);
        Assert.Equal(5, first.Length);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task One_blob_is_found_as_it_is_listed()
    {
        IBlobContainer container = Create();
        await WriteAsync(container, "folder/a", "123");
        await WriteAsync(container, "folder/ab", "12345");
        BlobEntry listed = await container.ListAsync("folder/a", Token).FirstAsync(Token);

        Assert.Equal(listed, await container.FindAsync("folder/a", Token));
    }

    [Fact]
    public async Task An_empty_container_lists_nothing() => Assert.Empty(await NamesAsync(Create(), ""));

    [Theory]
    [InlineData("absent")]
    [InlineData("absent/in/folders")]
    [InlineData("folder")]
    public async Task A_blob_that_is_not_there_is_named(string name)
    {
        IBlobContainer container = Create();
        await WriteAsync(container, "folder/a", "a");
        var fault = await Assert.ThrowsAsync<BlobNotFoundException>(() => container.OpenReadAsync(name, Token));
        Assert.Equal(name, fault.Name);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.False(await container.ExistsAsync(name, Token));
        Assert.Null(await container.FindAsync(name, Token));
    }

    [Fact]
    public async Task Deleting_removes_one_blob_and_may_be_repeated()
    {
        IBlobContainer container = Create();
        await WriteAsync(container, "folder/a", "a");
        await WriteAsync(container, "folder/b", "b");
        await container.DeleteAsync("folder/a", Token);
        await container.DeleteAsync("folder/a", Token);
        await container.DeleteAsync("never/there", Token);
        Assert.Equal(["folder/b"], await NamesAsync(container, ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/rooted")]
    [InlineData("../up")]
    [InlineData("a/../../up")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("..")]
    public async Task A_name_that_climbs_out_or_is_none_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(Create(), name, "text"));

    private static Task WriteHalfAsync(IBlobContainer container, string name) => container.WriteAsync(name, async (stream, token) =>
    {
        await stream.WriteAsync("half"u8.ToArray(), token);
        throw new PowerCutException();
    }, Token);

    private static Task WriteAsync(IBlobContainer container, string name, string text) => container.WriteAsync(
        name, (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask(), Token);

    private static async Task<string> ReadAsync(IBlobContainer container, string name)
    {
        using var reader = new StreamReader(await container.OpenReadAsync(name, Token));
        return await reader.ReadToEndAsync(Token);
    }

    private static async Task<BlobEntry> SingleAsync(IBlobContainer container)
    {
        var entries = new List<BlobEntry>();
        await foreach (BlobEntry entry in container.ListAsync("", Token))
        {
            entries.Add(entry);
        }

        return Assert.Single(entries);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(IBlobContainer container, string prefix)
    {
        var names = new List<string>();
        await foreach (BlobEntry entry in container.ListAsync(prefix, Token))
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
