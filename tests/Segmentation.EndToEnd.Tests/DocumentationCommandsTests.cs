using System.CommandLine;
using Segmentation.LocalHost;

namespace Segmentation.EndToEnd.Tests;

/// <summary>Commands that the documentation tells people to type are commands that there are.</summary>
public class DocumentationCommandsTests
{
    private const string Start = "dotnet run ";
    private const string Project = "--project functions/Segmentation.LocalHost";

    private static readonly RootCommand Commands = Root.Create(new CommandHost(TextWriter.Null, TextWriter.Null, TimeProvider.System));

    [Fact]
    public void Every_command_in_the_documentation_parses()
    {
        string docs = Path.Combine(Repository.Root, "docs");
        string[] pages = [.. Directory.GetFiles(Repository.Root, "*.md"), .. Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories)];
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.All(CommandsIn(File.ReadAllText(page)), command => Assert.Empty(FaultsOf(command))));
    }

    [Fact]
    public void The_readme_shows_how_to_run_it() =>
        Assert.NotEmpty(CommandsIn(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))));

    [Fact]
    public void Commands_are_found_in_blocks_of_shell_alone_whole_and_without_comments()
    {
        string page = $"""
            Text: {Start}{Project} -- run no.csv
            ```sh
            dotnet build
            {Start}-c Release {Project} -- run sales/ \
              --out "my results"   # writes the folder
            {Start}{Project} -- lookup 17
            ```
            ```text
            {Start}{Project} -- run no.csv
            ```
            """;

        Assert.Equal("run sales/ --out \"my results\"\nlookup 17", string.Join('\n', CommandsIn(page)));
    }

    [Fact]
    public void A_command_that_there_is_not_does_not_parse()
    {
        Assert.NotEmpty(FaultsOf("runn sales/"));
        Assert.NotEmpty(FaultsOf("run sales/ --fast"));
        Assert.Empty(FaultsOf("run sales/ --out \"my results\" --set rfm.window=90"));
    }

    private static IEnumerable<string> FaultsOf(string command) => CommandHost.FaultsOf(Commands.Parse(command));

    private static IEnumerable<string> CommandsIn(string markdown)
    {
        bool isShell = false;
        foreach (string line in markdown.Replace("\\\n", "", StringComparison.Ordinal).Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isShell = line == "```sh";
            }
            else if (isShell && line.StartsWith(Start, StringComparison.Ordinal) && line.Contains(Project, StringComparison.Ordinal))
            {
                string command = line.Split(" # ")[0];
                int arguments = command.IndexOf(" -- ", StringComparison.Ordinal);
                Assert.True(arguments > 0, $"'{line}' gives no arguments to the program: expected them after '--'.");
                yield return string.Join(' ', command[(arguments + 4)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }
}
