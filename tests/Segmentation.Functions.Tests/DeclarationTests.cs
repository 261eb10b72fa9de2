using System.Reflection;

namespace Segmentation.Functions.Tests;

/// <summary>The declarations hold what the app uses of the packages, and the documentation lists it.</summary>
public sealed class DeclarationTests
{
    [Fact]
    public void The_members_that_are_declared_are_those_that_the_documentation_lists()
    {
        string[] documented =
        [
            .. File.ReadLines(Path.Combine(Repository.Root, "docs", "functions-members.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)),
        ];
        string[] declared =
        [
            .. typeof(DeclarationTests).Assembly.GetTypes()
                .Where(type => type.IsPublic && type.Namespace?.StartsWith("Microsoft.", StringComparison.Ordinal) == true)
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => $"| `{type.FullName}` | {string.Join(", ", Members(type).Order(StringComparer.Ordinal).Select(member => $"`{member}`"))} |"),
        ];
        Assert.True(declared.SequenceEqual(documented, StringComparer.Ordinal), $"docs/functions-members.md does not say:\n{string.Join('\n', declared)}");
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type)
        : type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo || member is MethodInfo { IsSpecialName: false, IsVirtual: false } or MethodInfo { IsSpecialName: false, IsAbstract: true })
            .Select(member => member.Name)
            .Where(name => name is not ("<Clone>$" or "Deconstruct" or "Equals"))
            .Distinct(StringComparer.Ordinal);
}
