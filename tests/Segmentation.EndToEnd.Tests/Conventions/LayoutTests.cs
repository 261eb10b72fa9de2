using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Segmentation.EndToEnd.Tests.Conventions;

/// <summary>The shape of the repository: who may know whom, and what a file may look like.</summary>
public sealed partial class LayoutTests
{
    private const int MostLines = 500;

    // Numerics ← Core ← Reporting; Core ← Storage.Files ← LocalHost; Core ← Storage.Azure ← Functions. A project that is not here has no place yet.
    private static readonly Dictionary<string, string[]> MayReferTo = new(StringComparer.Ordinal)
    {
        ["Segmentation.Numerics"] = [],
        ["Segmentation.Core"] = ["Segmentation.Numerics"],
        ["Segmentation.Reporting"] = ["Segmentation.Core"],
        ["Segmentation.Storage.Files"] = ["Segmentation.Core"],
        ["Segmentation.Storage.Azure"] = ["Segmentation.Core"],
        ["Segmentation.Telemetry"] = ["Segmentation.Core"],
        ["Segmentation.LocalHost"] =
            ["Segmentation.Core", "Segmentation.Reporting", "Segmentation.Storage.Files", "Segmentation.Storage.Azure", "Segmentation.Telemetry"],
        ["Segmentation.Functions"] = ["Segmentation.Core", "Segmentation.Reporting", "Segmentation.Storage.Azure", "Segmentation.Telemetry"],
    };

    private static readonly string[] Hosts =
        ["Microsoft.AspNetCore", "System.CommandLine", "Spectre", "Microsoft.Azure.Functions", "Microsoft.Azure.WebJobs", "Microsoft.DurableTask", "Microsoft.Extensions.Hosting"];

    private static readonly string[] SourceFolders = ["shared", "functions", "tests"];

    [Fact]
    public void Projects_refer_only_in_the_direction_that_is_drawn()
    {
        foreach (string project in Projects("shared").Concat(Projects("functions")))
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Assert.True(MayReferTo.TryGetValue(name, out string[]? allowed), $"{name} has no place in the direction of dependencies.");
            string[] found = [.. References(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))];
            Assert.True(found.All(allowed!.Contains), $"{name} refers to {string.Join(", ", found)}; it may refer to {string.Join(", ", allowed!)}.");
        }
    }

    [Fact]
    public void No_library_refers_to_a_host()
    {
        foreach (string project in Projects("shared"))
        {
            Assert.Equal("Microsoft.NET.Sdk", XDocument.Load(project).Root!.Attribute("Sdk")!.Value);
            foreach (string reference in References(project, "PackageReference").Concat(References(project, "FrameworkReference")))
            {
                Assert.False(IsHost(reference), $"{project} refers to {reference}.");
            }
        }
    }

    [Fact]
    public void Built_libraries_refer_to_what_their_projects_say()
    {
        Assembly[] built = [typeof(Numerics.FeatureMatrix).Assembly, typeof(Core.StableHash).Assembly, typeof(Reporting.HtmlRunReport).Assembly, typeof(Storage.Files.FolderStorage).Assembly];
        foreach (Assembly assembly in built)
        {
            string name = assembly.GetName().Name!;

            // A library may use what its own libraries stand on.
            string[] allowed = [.. MayReferTo[name], .. MayReferTo[name].SelectMany(inner => MayReferTo[inner])];
            foreach (string reference in assembly.GetReferencedAssemblies().Select(reference => reference.Name!))
            {
                Assert.False(IsHost(reference), $"{name} refers to {reference}.");
                Assert.True(!reference.StartsWith("Segmentation", StringComparison.Ordinal) || allowed.Contains(reference), $"{name} refers to {reference}.");
            }
        }
    }

    [Fact]
    public void Every_public_type_of_a_folder_has_the_namespace_of_the_folder()
    {
        foreach (string file in Sources("shared").Concat(Sources("functions")))
        {
            string text = File.ReadAllText(file);
            Match declared = Namespace().Match(text);
            string folder = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '/');
            string expected = folder[(folder.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '.');
            if (declared.Groups["name"].Value != expected && PublicTypes().Matches(text) is { Count: > 0 } types)
            {
                // Parts of a type may lie in a folder below its main file.
                Assert.All(types, type => Assert.True(
                    type.Groups["words"].Value.Contains("partial", StringComparison.Ordinal)
                        && File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(file))!, $"{type.Groups["name"].Value}.cs")),
                    $"{file} declares {type.Groups["name"].Value} in {declared.Groups["name"].Value}; expected {expected}."));
            }
        }
    }

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        foreach (string file in SourceFolders.SelectMany(Sources))
        {
            int lines = File.ReadLines(file).Count();
            Assert.True(lines <= MostLines, string.Create(CultureInfo.InvariantCulture, $"{file} has {lines} lines; at most {MostLines} are allowed."));
        }
    }

    [Fact]
    public void Nothing_is_left_to_be_done_in_a_comment()
    {
        const string note = "TO" + "DO";
        Assert.All(SourceFolders.SelectMany(Sources), file => Assert.False(File.ReadAllText(file).Contains(note, StringComparison.Ordinal), $"{file} says {note}."));
    }

    private static bool IsHost(string reference) => Hosts.Any(host => reference.StartsWith(host, StringComparison.OrdinalIgnoreCase));

    private static string[] Projects(string folder) => Files(folder, "*.csproj");

    private static string[] Sources(string folder) => Files(folder, "*.cs");

    private static string[] Files(string folder, string pattern)
    {
        string root = Path.Combine(Repository.Root, folder);
        string[] files =
        [
            .. Directory.GetFiles(root, pattern, SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules")),
        ];
        Assert.NotEmpty(files);
        return files;
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public\s(?<words>(\w+\s)*?)(class|record struct|record|struct|interface|enum)\s(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PublicTypes();
}
