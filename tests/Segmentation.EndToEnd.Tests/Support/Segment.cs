namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>Runs of <c>segmentation run</c> within this process, each into a folder of its own below one that is the test's.</summary>
internal static class Segment
{
    /// <summary>Runs over paths with further arguments.</summary>
    /// <param name="folder">The test's folder.</param>
    /// <param name="name">The name of the results' folder, which is made in it.</param>
    /// <param name="paths">Files and folders.</param>
    /// <param name="arguments">Further arguments.</param>
    public static async Task<RunResult> RunAsync(TemporaryFolder folder, string name, IEnumerable<string> paths, params string[] arguments)
    {
        string output = folder[name];
        await CommandLine.CallWellAsync(["run", .. paths, "--out", output, .. arguments]);
        return new RunResult(output);
    }

    /// <summary>Runs over lines of a shop as one file.</summary>
    public static Task<RunResult> LinesAsync(TemporaryFolder folder, string name, IEnumerable<ShopLine> lines, params string[] arguments) =>
        RunAsync(folder, name, [folder.Write($"{name}.csv", ShopLine.Csv(lines))], arguments);
}
