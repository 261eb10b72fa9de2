using System.Diagnostics;

namespace Segmentation.Functions.Tests.Soak;

/// <summary>How a process came to its end.</summary>
/// <param name="IsKilled">Whether it was killed.</param>
/// <param name="Lines">What it said before.</param>
internal sealed record ProcessEnd(bool IsKilled, IReadOnlyList<string> Lines)
{
    /// <summary>How many steps it has recorded.</summary>
    public int Steps => Lines.Count(line => line.StartsWith("done ", StringComparison.Ordinal));

    /// <summary>Whether an activity, or the answer to an event, was under way.</summary>
    public bool WasInside => Lines.LastOrDefault(line => line.StartsWith("begin ", StringComparison.Ordinal) || line.StartsWith("done ", StringComparison.Ordinal))
        ?.StartsWith("begin ", StringComparison.Ordinal) == true;
}

/// <summary>Starts the app as a process and kills it, as <c>kill -9</c> does.</summary>
internal static class KilledProcess
{
    /// <summary>Runs it until it has said so many lines, or waits between two steps, or to its end.</summary>
    public static async Task<ProcessEnd> RunAsync(string[] arguments, int lines, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(KilledProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var said = new List<string>();
            while (said.Count < lines && said.LastOrDefault() != FunctionsProcess.Waits && await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                said.Add(line);
            }

            bool isKilled = said.Count > 0 && said[^1] != FunctionsProcess.End && (said.Count == lines || said[^1] == FunctionsProcess.Waits);
            if (isKilled)
            {
                process.Kill();
            }

            // What it said until it was hit.
            said.AddRange((await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            await process.WaitForExitAsync(cancellationToken);
            string fault = await errors;
            bool hasEnded = said[^1] == FunctionsProcess.End;
            Assert.True(isKilled || (process.ExitCode == 0 && hasEnded), $"The app ended: {fault}");
            return new ProcessEnd(!hasEnded, said);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
