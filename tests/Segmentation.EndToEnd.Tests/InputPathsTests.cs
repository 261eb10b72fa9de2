using Segmentation.Core.Options;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.LocalHost;
using Segmentation.Storage.Files;

namespace Segmentation.EndToEnd.Tests;

/// <summary>Which files are read, and by which names.</summary>
public sealed class InputPathsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".h.csv")]
    [InlineData("x.csv.tmp")]
    [InlineData("x.csv.part")]
    [InlineData("~$x.csv")]
    public async Task A_named_file_that_is_ignored_by_its_name_is_wrong_usage(string name)
    {
        string file = _folder.Write(name, ShopLine.Csv(RandomShop.Lines(1)));

        (await CommandLine.CallAsync("run", file, "--out", _folder["out"])).FailsWith(2, name, "temporary file", "rename it");
    }

    [Fact]
    public async Task A_run_without_any_upload_says_so()
    {
        using var text = new StringWriter();
        var host = new CommandHost(text, text, TimeProvider.System);

        CommandFault fault = await Assert.ThrowsAsync<CommandFault>(() => LocalRun.RunAsync(
            host, FolderStorage.Open(_folder["data"]), new SegmentationOptions(), "en", TestContext.Current.CancellationToken));

        Assert.Equal(3, fault.ExitCode);
        Assert.Contains("No file of transactions", Assert.Single(fault.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_one_name_in_a_folder_of_customers_stay_transactions()
    {
        string[] files = [_folder.Write("customers/s.csv", "1"), _folder.Write("orders/s.csv", "2")];

        Assert.Equal("inputs/customers/s.csv, inputs/orders/s.csv", NamesOf(files));
    }

    [Fact]
    public void A_file_and_a_folder_of_one_name_are_told_apart()
    {
        string[] files = [_folder.Write("in/a.csv", "1"), Path.GetDirectoryName(Path.GetDirectoryName(_folder.Write("in/m/a.csv/b.csv", "2")))!];

        Assert.Equal("a.csv, m/a.csv/b.csv", NamesOf(files));
    }

    [Theory]
    [InlineData('/', "/a/", "/a/b/s.csv", "/a/c/s.csv")]
    [InlineData('/', "/", "/a/s.csv", "/ab/s.csv")]
    [InlineData('/', "/a/", "/a/b/c/s.csv", "/a/s.csv")]
    [InlineData('\\', @"C:\a\", @"C:\a\b\s.csv", @"C:\a\c\s.csv")]
    [InlineData('\\', @"C:\", @"C:\s.csv", @"C:\a\s.csv")]
    [InlineData('\\', "", @"C:\a\s.csv", @"D:\a\s.csv")]
    [InlineData('\\', @"\\server\share\", @"\\server\share\a\s.csv", @"\\server\share\s.csv")]
    public void Files_have_a_folder_in_common_with_either_separator(char separator, string expected, params string[] files) =>
        Assert.Equal(expected, InputPaths.CommonFolder(files, separator));

    [Fact]
    public void Files_on_two_drives_have_names_with_their_drives() => Assert.Equal(
        "C:/a/s.csv, D:/a/s.csv",
        string.Join(", ", InputPaths.NamesByPath([@"C:\a\s.csv", @"D:\a\s.csv"], '\\').Keys.Order(StringComparer.Ordinal)));

    [Fact]
    public void A_link_to_a_folder_is_not_followed_within_a_folder_but_a_link_to_a_file_and_a_path_that_is_a_link_are()
    {
        if (OperatingSystem.IsWindows())
        {
            // Links need a right there.
            return;
        }

        string file = _folder.Write("shop/s.csv", "1");
        Directory.CreateSymbolicLink(_folder["shop/loop"], _folder["shop"]);
        File.CreateSymbolicLink(_folder["shop/t.csv"], _folder.Write("elsewhere/t.csv", "2"));
        Directory.CreateSymbolicLink(_folder["link"], _folder["shop"]);

        Assert.Equal("s.csv, t.csv", NamesOf(Path.GetDirectoryName(file)!));
        Assert.Equal("s.csv, t.csv", NamesOf(_folder["link"]));
    }

    [Fact]
    public async Task A_folder_that_may_not_be_read_is_wrong_usage()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            // Folders have no mode there, and a superuser may read all.
            return;
        }

        _folder.Write("shop/s.csv", ShopLine.Csv(RandomShop.Lines(1)));
        Directory.CreateDirectory(_folder["shop/closed"], UnixFileMode.None);

        (await CommandLine.CallAsync("run", _folder["shop"], "--out", _folder["out"])).FailsWith(2, "cannot be read", _folder["shop/closed"]);
    }

    private string NamesOf(params string[] paths) =>
        string.Join(", ", InputPaths.Find(paths, _folder["out"], []).Keys.Order(StringComparer.Ordinal));
}
