using Segmentation.Core.Storage;
using Segmentation.Testing.Storage;

namespace Segmentation.Storage.Files.Tests;

public sealed class FolderContainerTests : BlobContainerContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_writer_that_fails_leaves_no_file_at_all()
    {
        IBlobContainer container = Create();
        await Assert.ThrowsAsync<PowerCutException>(() => container.WriteAsync("a", (_, _) => throw new PowerCutException(), Token));
        await Assert.ThrowsAsync<PowerCutException>(() => container.WriteAsync("b", async (stream, token) =>
        {
            await stream.WriteAsync(new byte[300_000], token);
            throw new PowerCutException();
        }, Token));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_stray_temporary_file_of_a_crash_is_not_listed()
    {
        IBlobContainer container = Create();
        string? temporary = null;
        await container.WriteAsync("folder/a", (_, _) =>
        {
            temporary = Assert.Single(Directory.GetFiles(_folder["blobs"], "*", SearchOption.AllDirectories));
            return Task.CompletedTask;
        }, Token);
        await File.WriteAllTextAsync(temporary!, "left by a crash", Token);
        Assert.Equal(["folder/a"], await NamesAsync(container));
    }

    [Fact]
    public async Task Two_containers_on_one_folder_write_the_same_blob_at_the_same_time()
    {
        IBlobContainer one = Create();
        IBlobContainer other = Create();
        await one.WriteAsync("a", async (stream, token) =>
        {
            await stream.WriteAsync("one"u8.ToArray(), token);
            await other.WriteAsync("a", (inner, innerToken) => inner.WriteAsync("other"u8.ToArray(), innerToken).AsTask(), token);
        }, Token);
        Assert.Equal("one", await File.ReadAllTextAsync(_folder["blobs/a"], Token));
    }

    [Fact]
    public async Task A_name_as_long_as_the_file_system_allows_can_be_written()
    {
        string name = new('n', 255);
        await Create().WriteAsync(name, (stream, token) => stream.WriteAsync("x"u8.ToArray(), token).AsTask(), Token);
        Assert.True(await Create().ExistsAsync(name, Token));
    }

    [Fact]
    public void Names_are_paths_under_the_folder_and_nowhere_else()
    {
        var container = new FolderContainer(_folder["blobs"] + Path.DirectorySeparatorChar);
        Assert.Equal(Path.Combine(_folder["blobs"], "a", "b..c"), container.PathOf("a/b..c"));
        string[] refused = ["", "/", "a/", "/a", "a//b", ".", "..", "../a", "a/..", "a/../b", "a\0b"];
        Assert.All(refused, name => Assert.Throws<ArgumentException>(() => container.PathOf(name)));
    }

    [Fact]
    public async Task Reading_listing_and_deleting_never_leave_the_folder()
    {
        _folder.Write("secret.txt", "secret");
        IBlobContainer container = Create();
        await Assert.ThrowsAsync<ArgumentException>(() => container.OpenReadAsync("../secret.txt", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => container.DeleteAsync("../secret.txt", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => container.ExistsAsync("../secret.txt", Token));
        await container.WriteAsync("a", (_, _) => Task.CompletedTask, Token);
        await Assert.ThrowsAsync<ArgumentException>(async () => await container.ListAsync("../", Token).GetAsyncEnumerator(Token).MoveNextAsync());
        Assert.True(File.Exists(_folder["secret.txt"]));
    }

    protected override IBlobContainer Create() => new FolderContainer(_folder["blobs"]);

    private static async Task<IReadOnlyList<string>> NamesAsync(IBlobContainer container)
    {
        var names = new List<string>();
        await foreach (BlobEntry entry in container.ListAsync("", Token))
        {
            names.Add(entry.Name);
        }

        return names;
    }
}
