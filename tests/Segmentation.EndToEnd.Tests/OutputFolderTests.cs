using Segmentation.EndToEnd.Tests.Support;
using Segmentation.LocalHost;

namespace Segmentation.EndToEnd.Tests;

/// <summary>The folder of results is replaced whole, or left as it is.</summary>
public sealed class OutputFolderTests : IDisposable
{
    private const UnixFileMode ReadOnly =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public OutputFolderTests() => _file = _folder.Write("sales.csv", ShopLine.Csv(RandomShop.Lines(2)));

    private string Out => _folder["out"];

    public void Dispose()
    {
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, ".*"));
        _folder.Dispose();
    }

    [Fact]
    public async Task A_read_only_folder_is_not_written()
    {
        if (OperatingSystem.IsWindows())
        {
            // Folders have no mode there.
            return;
        }

        Directory.CreateDirectory(Out, ReadOnly);

        (await RunAsync()).FailsWith(2, "--out", "read-only");

        Assert.Empty(Directory.GetFileSystemEntries(Out));
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_is_left_alone()
    {
        _folder.Write("out", "mine");

        (await RunAsync()).FailsWith(2, "--out", "is a file");

        Assert.Equal("mine", await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_with_files_of_someone_else_is_left_alone()
    {
        _folder.Write("out/thesis.docx", "mine");

        (await RunAsync()).FailsWith(2, "--out", "thesis.docx", "would be lost");

        Assert.Equal("thesis.docx", RunResult.Entries(Out));
    }

    [Fact]
    public async Task A_folder_below_a_file_cannot_be_made() =>
        (await CommandLine.CallAsync("run", _file, "--out", Path.Combine(_file, "out"))).FailsWith(2, "--out", "cannot be written");

    [Fact]
    public async Task Folders_on_the_way_are_made()
    {
        RunResult result = await Segment.RunAsync(_folder, "a/b/out", [_file]);

        result.IsWhole();
        Assert.Empty(Directory.GetFileSystemEntries(_folder["a/b"], ".*"));
    }

    [Fact]
    public async Task A_second_run_replaces_the_first_whole()
    {
        (await RunAsync("--lang", "ru")).Well();
        File.Delete(Path.Combine(Out, "customers.csv"));

        (await RunAsync()).Well();

        var result = new RunResult(Out);
        result.IsWhole();
        Assert.Equal("en", result.Manifest.GetProperty("language").GetString());
        Assert.Equal("out, sales.csv", RunResult.Entries(_folder.Path));
    }

    [Fact]
    public async Task Results_within_the_folder_of_the_input_are_no_input()
    {
        RunResult first = await Segment.RunAsync(_folder, "out", [_folder.Path]);
        string manifest = first.Manifest.GetProperty("inputs").ToString();

        RunResult second = await Segment.RunAsync(_folder, "out", [_folder.Path]);

        Assert.Equal(manifest, second.Manifest.GetProperty("inputs").ToString());
        Assert.Single(second.Manifest.GetProperty("inputs").EnumerateObject());
    }

    [Fact]
    public async Task What_a_run_that_was_killed_left_beside_the_folder_is_removed_and_is_no_input()
    {
        _folder.Write(".out.segmentation-1-0/lock", "");
        _folder.Write(".out.segmentation-1-0/runs/1/results/customers.csv", ShopLine.Csv(RandomShop.Lines(3)));

        RunResult result = await Segment.RunAsync(_folder, "out", [_folder.Path]);

        Assert.Single(result.Manifest.GetProperty("inputs").EnumerateObject());
        Assert.Equal("out, sales.csv", RunResult.Entries(_folder.Path));
    }

    [Fact]
    public async Task A_result_that_a_killed_run_had_put_aside_comes_back_even_when_the_next_run_fails()
    {
        (await RunAsync()).Well();
        byte[] manifest = new RunResult(Out).Bytes("manifest.json");
        _folder.Write(".out.segmentation-1-0/lock", "");
        Directory.Move(Out, _folder[".out.segmentation-1-0/previous"]);

        (await CommandLine.CallAsync("run", _folder.Write("empty.csv", ""), "--out", Out)).FailsWith(3, "empty.csv");

        var result = new RunResult(Out);
        result.IsWhole();
        Assert.Equal(manifest, result.Bytes("manifest.json"));
    }

    [Fact]
    public async Task A_result_that_cannot_be_put_in_place_leaves_the_earlier_one_where_it_was()
    {
        (await RunAsync()).Well();
        byte[] manifest = new RunResult(Out).Bytes("manifest.json");

        using (var output = OutputFolder.Open(Out))
        {
            Assert.Throws<CommandFault>(() => output.Commit(Path.Combine(output.Work, "none")));

            Assert.Equal(manifest, new RunResult(Out).Bytes("manifest.json"));
        }

        new RunResult(Out).IsWhole();
    }

    [Fact]
    public async Task An_earlier_result_that_cannot_be_put_back_is_not_deleted()
    {
        (await RunAsync()).Well();
        byte[] manifest = new RunResult(Out).Bytes("manifest.json");
        string work;
        using (var output = OutputFolder.Open(Out))
        {
            work = output.Work;
            Directory.Move(Out, Path.Combine(work, "previous"));
            _folder.Write("out", "in the way");
        }

        Assert.Equal(manifest, new RunResult(Path.Combine(work, "previous")).Bytes("manifest.json"));
        Directory.Delete(work, recursive: true);
    }

    [Fact]
    public void A_work_folder_that_is_gone_does_not_fail_a_run()
    {
        using var output = OutputFolder.Open(Out);
        Directory.CreateDirectory(Path.Combine(output.Work, "results"));
        output.Commit(Path.Combine(output.Work, "results"));

        Directory.Delete(output.Work, recursive: true);

        Assert.True(Directory.Exists(Out));
    }

    [Fact]
    public async Task A_file_of_rejects_that_somebody_corrected_is_not_lost()
    {
        _folder.Write("sales.csv", ShopLine.Csv(RandomShop.Lines(2)) + "1,A1,MUG,none,2020-01-01,1.00,1,France\n");
        (await RunAsync()).Well();
        string corrected = Directory.GetFiles(Path.Combine(Out, "rejects"))[0];
        await File.AppendAllTextAsync(corrected, "mine\n", TestContext.Current.CancellationToken);

        (await RunAsync()).FailsWith(2, "--out", $"'rejects/{Path.GetFileName(corrected)}'", "was changed", "would be lost");

        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(corrected, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_somebody_put_among_the_rejects_is_not_lost()
    {
        (await RunAsync()).Well();
        _folder.Write("out/rejects/.notes", "mine");

        (await RunAsync()).FailsWith(2, "--out", "'rejects/.notes'", "would be lost");
    }

    [Fact]
    public async Task A_result_without_its_manifest_is_not_replaced()
    {
        (await RunAsync()).Well();
        File.Delete(Path.Combine(Out, "manifest.json"));

        (await RunAsync()).FailsWith(2, "--out", "'customers.csv'", "would be lost");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{ "outputs": {} }""")]
    public async Task A_result_with_a_manifest_that_cannot_be_read_is_not_replaced(string manifest)
    {
        (await RunAsync()).Well();
        _folder.Write("out/manifest.json", manifest);

        (await RunAsync()).FailsWith(2, "--out", "manifest.json", "cannot be read");
    }

    [Fact]
    public async Task A_file_that_is_changed_while_a_run_works_is_not_lost()
    {
        (await RunAsync()).Well();
        using var output = OutputFolder.Open(Out);
        string finished = Path.Combine(output.Work, "results");
        Directory.CreateDirectory(finished);
        _folder.Write("out/customers.csv", "mine");

        CommandFault fault = Assert.Throws<CommandFault>(() => output.Commit(finished));

        Assert.Contains("'customers.csv'", fault.Message, StringComparison.Ordinal);
        Assert.Equal("mine", new RunResult(Out).Text("customers.csv"));
    }

    [Fact]
    public void A_name_with_signs_of_patterns_sweeps_its_own_work_folders_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            // Names have no such signs there.
            return;
        }

        string own = _folder.Write(".o*t.segmentation-1-0/lock", "");
        string other = _folder.Write(".out.segmentation-1-0/lock", "");

        OutputFolder.Open(_folder["o*t"]).Dispose();

        Assert.False(File.Exists(own));
        Assert.True(File.Exists(other));
        Directory.Delete(Path.GetDirectoryName(other)!, recursive: true);
    }

    [Fact]
    public void A_work_folder_of_a_live_run_or_without_a_lock_is_left_alone()
    {
        string without = _folder.Write(".out.segmentation-1-0/mine.txt", "mine");
        using (var first = OutputFolder.Open(Out))
        {
            OutputFolder.Open(Out).Dispose();

            Assert.True(Directory.Exists(first.Work));
        }

        Assert.True(File.Exists(without));
        Directory.Delete(Path.GetDirectoryName(without)!, recursive: true);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => CommandLine.CallAsync(["run", _file, "--out", Out, .. arguments]);
}
