using System.Text.RegularExpressions;

namespace Segmentation.EndToEnd.Tests.Conventions;

/// <summary>What the deployment takes from the platform is real: types, versions, roles and SKUs are those of its reference.</summary>
/// <remarks>One wrong digit in the id of a role is a deployment that fails, or one that gives another right; no compiler would see it.</remarks>
public sealed partial class DeploymentReferenceTests
{
    private const string Reference = "https://learn.microsoft.com/azure/templates/";

    private static readonly string Infra = Path.Combine(Repository.Root, "infra");

    // Stable versions that the reference of each type lists. A newer one comes here when it was read there.
    private static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal)
    {
        ["Microsoft.Authorization/roleAssignments"] = "2022-04-01",
        ["Microsoft.Consumption/budgets"] = "2023-11-01",
        ["Microsoft.EventGrid/systemTopics"] = "2025-02-15",
        ["Microsoft.EventGrid/systemTopics/eventSubscriptions"] = "2025-02-15",
        ["Microsoft.Insights/actionGroups"] = "2023-01-01",
        ["Microsoft.Insights/components"] = "2020-02-02",
        ["Microsoft.Insights/scheduledQueryRules"] = "2023-12-01",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "2024-11-30",
        ["Microsoft.OperationalInsights/workspaces"] = "2025-02-01",
        ["Microsoft.Resources/resourceGroups"] = "2024-11-01",
        ["Microsoft.Storage/storageAccounts"] = "2025-01-01",
        ["Microsoft.Storage/storageAccounts/blobServices"] = "2025-01-01",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "2025-01-01",
        ["Microsoft.Storage/storageAccounts/managementPolicies"] = "2025-01-01",
        ["Microsoft.Storage/storageAccounts/tableServices"] = "2025-01-01",
        ["Microsoft.Storage/storageAccounts/tableServices/tables"] = "2025-01-01",
        ["Microsoft.Web/serverfarms"] = "2024-11-01",
        ["Microsoft.Web/sites"] = "2024-11-01",
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = "2024-11-01",
        ["Microsoft.Web/sites/config"] = "2024-11-01",
    };

    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["blobDataContributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        ["blobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["queueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["tableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    };

    private static readonly string[] Skus = ["FlexConsumption", "FC1", "Standard_ZRS", "PerGB2018"];

    [Fact]
    public void Every_resource_is_of_a_version_that_its_reference_lists()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, string text) in Files())
        {
            foreach (Match resource in Versioned().Matches(text))
            {
                string type = resource.Groups["type"].Value;
                seen.Add(type);
                Assert.True(Versions.TryGetValue(type, out string? version), $"{name}: {type} is not known to have any version.");
                Assert.True(version == resource.Groups["version"].Value, $"{name}: {type} is of {resource.Groups["version"].Value}; expected {version}.");
            }
        }

        Assert.Equal(Versions.Keys.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_resource_that_is_made_names_the_page_that_describes_it()
    {
        foreach ((string name, string text) in Files())
        {
            string[] lines = text.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                if (Versioned().Match(lines[i]) is { Success: true } resource && !lines[i].Contains(" existing ", StringComparison.Ordinal))
                {
                    int first = i;
                    while (first > 0 && lines[first - 1].TrimStart().StartsWith("//", StringComparison.Ordinal))
                    {
                        first--;
                    }

                    string page = Reference + resource.Groups["type"].Value.ToLowerInvariant();
                    Assert.True(
                        lines[first..i].Any(line => line.Contains(page, StringComparison.Ordinal)), $"{name}, line {i + 1}: nothing above names {page}.");
                }
            }
        }
    }

    [Fact]
    public void Every_role_is_the_built_in_one_of_its_name()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, string text) in Files())
        {
            MatchCollection roles = Role().Matches(text);
            Assert.True(roles.Count == AnyId().Count(text), $"{name} holds an id that is no role with a name.");
            foreach (Match role in roles)
            {
                Assert.True(Roles.TryGetValue(role.Groups["name"].Value, out string? id), $"{name}: {role.Value} is no role that is known.");
                Assert.Equal(id, role.Groups["id"].Value);
                seen.Add(role.Groups["name"].Value);
            }
        }

        Assert.Equal(Roles.Keys.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_sku_is_one_that_there_is() => Assert.All(
        Files().SelectMany(file => Sku().Matches(file.Text)),
        sku => Assert.All(sku.Groups["value"].Captures, value => Assert.Contains(value.Value, Skus, StringComparer.Ordinal)));

    private static IEnumerable<(string Name, string Text)> Files() =>
        Directory.GetFiles(Infra, "*.bicep", SearchOption.AllDirectories).Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    [GeneratedRegex(@"^\s*resource \w+ '(?<type>Microsoft\.[\w./]+)@(?<version>[^']+)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Versioned();

    [GeneratedRegex(@"^var (?<name>\w+) = '(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})'", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Role();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AnyId();

    [GeneratedRegex(@"\bsku: \{(\s|//.*|(tier|name): '(?<value>\w+)')*\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Sku();
}
