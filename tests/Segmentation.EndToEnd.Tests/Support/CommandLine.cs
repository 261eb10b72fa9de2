using System.Diagnostics;
using Segmentation.LocalHost;

namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>Runs command lines: within this process where only the result counts, as a process of its own where the process does.</summary>
internal static class CommandLine
{
    private static readonly Lock Gate = new();

    private static string Application => Path.Combine(AppContext.BaseDirectory, "segmentation.dll");

    /// <summary>Runs a command line within this process.</summary>
    public static Task<CommandResult> CallAsync(params string[] arguments) => CallUntilAsync(arguments, CancellationToken.None);

    /// <summary>Runs a command line within this process until it is stopped.</summary>
    public static async Task<CommandResult> CallUntilAsync(string[] arguments, CancellationToken stop)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CommandHost(output, TextWriter.Synchronized(error), TimeProvider.System);
        System.CommandLine.RootCommand root;
        lock (Gate)
        {
            // Commands of several hosts share some options, which remember their parents.
            root = Root.Create(host);
        }

        int exitCode = await host.InvokeAsync(root, arguments, stop);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line within this process, and fails the test unless it ends well.</summary>
    public static async Task<CommandResult> CallWellAsync(params string[] arguments) => (await CallAsync(arguments)).Well();

    /// <summary>Runs a command line as a process and waits for its end.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Variables that differ from ours.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<CommandResult> StartAsync(
        string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using Process process = Start(folder, environment, arguments);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Runs a command line as a process and kills it, as <c>kill -9</c> does, unless it ends in time.</summary>
    /// <returns>Whether it was killed.</returns>
    public static async Task<bool> KillAfterAsync(string folder, TimeSpan time, params string[] arguments)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using Process process = Start(folder, new Dictionary<string, string>(StringComparer.Ordinal), arguments);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            bool ended = process.WaitForExit(time);
            End(process);
            await process.WaitForExitAsync(cancellationToken);
            await Task.WhenAll(output, error);
            Assert.True(!ended || process.ExitCode == 0, await error);
            return !ended;
        }
        finally
        {
            End(process);
        }
    }

    internal static Process Start(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Application, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
