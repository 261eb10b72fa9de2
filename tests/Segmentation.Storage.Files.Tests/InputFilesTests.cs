using Segmentation.Core.Storage;

namespace Segmentation.Storage.Files.Tests;

public sealed class InputFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_are_read_where_they_lie_under_the_names_given_to_them()
    {
        InputFiles files = Create();
        using var reader = new StreamReader(await files.OpenReadAsync("b/2.csv", Token));
        Assert.Equal("two", await reader.ReadToEndAsync(Token));
        Assert.True(await files.ExistsAsync("a.csv", Token));
        Assert.False(await files.ExistsAsync("2.csv", Token));
    }

    [Fact]
    public async Task They_are_listed_in_ordinal_order_by_prefix_with_their_sizes()
    {
        InputFiles files = Create();
        Assert.Equal([("Z.csv", 5L), ("a.csv", 3L), ("b/2.csv", 3L)], await ListAsync(files, ""));
        Assert.Equal([("b/2.csv", 3L)], await ListAsync(files, "b/"));
    }

    [Fact]
    public async Task A_file_that_is_unknown_or_gone_is_named()
    {
        InputFiles files = Create();
        Assert.Equal("c.csv", (await Assert.ThrowsAsync<BlobNotFoundException>(() => files.OpenReadAsync("c.csv", Token))).Name);
        File.Delete(_folder["x/1.txt"]);
        Assert.Equal("a.csv", (await Assert.ThrowsAsync<BlobNotFoundException>(() => files.OpenReadAsync("a.csv", Token))).Name);
    }

    [Fact]
    public async Task Nothing_is_ever_written_or_deleted()
    {
        InputFiles files = Create();
        await Assert.ThrowsAsync<NotSupportedException>(() => files.WriteAsync("a.csv", (_, _) => Task.CompletedTask, Token));
        await Assert.ThrowsAsync<NotSupportedException>(() => files.DeleteAsync("a.csv", Token));
        Assert.True(File.Exists(_folder["x/1.txt"]));
    }

    private InputFiles Create() => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["b/2.csv"] = _folder.Write("y/2.txt", "two"),
        ["a.csv"] = _folder.Write("x/1.txt", "one"),
        ["Z.csv"] = _folder.Write("z.txt", "three"),
    });

    private static async Task<IReadOnlyList<(string Name, long Length)>> ListAsync(InputFiles files, string prefix)
    {
        var entries = new List<(string, long)>();
        await foreach (BlobEntry entry in files.ListAsync(prefix, Token))
        {
            entries.Add((entry.Name, entry.Length));
        }

        return entries;
    }
}
