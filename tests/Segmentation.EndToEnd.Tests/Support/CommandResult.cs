using System.Text.Json;

namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>How a command line ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Fails the test, with what was said, unless it ended well.</summary>
    public CommandResult Well()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Error}");
        return this;
    }

    /// <summary>
    /// Fails the test unless the command failed as agreed: by its exit code, with nothing on standard output, and with a message that
    /// holds the words, no stack trace, and one line a fault.
    /// </summary>
    public void FailsWith(int exitCode, params string[] words)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode}, expected {exitCode}: {Error}");
        Assert.Empty(Output);
        string[] lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] messages = [.. lines.Where(line => line.StartsWith("segmentation: ", StringComparison.Ordinal))];
        Assert.NotEmpty(messages);
        foreach (string word in words)
        {
            Assert.Contains(messages, message => message.Contains(word, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter ", Error, StringComparison.Ordinal);

        // What is no message is the name of a step that was begun.
        Assert.All(lines.Except(messages, StringComparer.Ordinal), line => Assert.Matches("^[a-z]+(: [0-9]+)?$", line));
    }
}
