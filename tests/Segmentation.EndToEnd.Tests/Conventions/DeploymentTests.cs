using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Segmentation.Core.Options;

namespace Segmentation.EndToEnd.Tests.Conventions;

/// <summary>
/// What can be said of the deployment without its compiler: that its files agree with each other and with the options, and hold no secret.
/// </summary>
public sealed partial class DeploymentTests
{
    private const string OptionPrefix = "Segmentation__";

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private static readonly string Infra = Path.Combine(Repository.Root, "infra");

    // Settings that a Flex Consumption app refuses: its functionAppConfig says the same.
    private static readonly string[] RefusedSettings =
        ["FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_CONTENTSHARE", "WEBSITE_RUN_FROM_PACKAGE"];

    private static readonly string[] NeededSettings =
    [
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "SegmentationSchedule",
    ];

    private static readonly string[] MarksOfSecrets =
    [
        "listKeys(", "listAccountSas(", "listServiceSas(", "AccountKey=", "SharedAccessKey", "SharedAccessSignature=",
        "DefaultEndpointsProtocol=", "Password=", "sig=",
        "allowSharedKeyAccess: true", "allowBlobPublicAccess: true", "disableLocalAuth: false", "DisableLocalAuth: false",
    ];

    [Fact]
    public void Settings_of_the_host_are_plain_json_within_the_limits_and_each_is_explained()
    {
        using JsonDocument host = Json("host.json");
        JsonElement root = host.RootElement;
        JsonElement durable = root.GetProperty("extensions").GetProperty("durableTask");
        string hub = durable.GetProperty("hubName").GetString()!;
        Assert.Equal("2.0", root.GetProperty("version").GetString());
        var timeout = TimeSpan.Parse(root.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange(timeout, TimeSpan.FromMinutes(30), TimeSpan.FromHours(24));
        Assert.Equal("api", root.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Matches("^[A-Za-z][A-Za-z0-9]{2,44}$", hub);
        Assert.InRange(durable.GetProperty("storageProvider").GetProperty("partitionCount").GetInt32(), 1, 16);
        Assert.InRange(durable.GetProperty("maxConcurrentActivityFunctions").GetInt32(), 1, 100);
        Assert.InRange(durable.GetProperty("maxConcurrentOrchestratorFunctions").GetInt32(), 1, 100);

        // Alerts are made of these.
        JsonElement sampling = root.GetProperty("logging").GetProperty("applicationInsights").GetProperty("samplingSettings");
        Assert.Equal("Trace;Exception", sampling.GetProperty("excludedTypes").GetString());
        Assert.Contains($"'{hub.ToLowerInvariant()}-largemessages'", Read("infra/retention.bicep"), StringComparison.Ordinal);

        string guide = Read("docs/operating.md");
        string[] settings =
        [
            "functionTimeout", "logLevel", "samplingSettings",
            .. Names(root.GetProperty("extensions").GetProperty("blobs")),
            .. Names(durable).Except(["storageProvider"], StringComparer.Ordinal),
            .. Names(durable.GetProperty("storageProvider")).Except(["connectionName"], StringComparer.Ordinal),
        ];
        Assert.All(settings, setting => Assert.Matches($@"\| `(\w+\.)?{setting}` \|", guide));
    }

    [Fact]
    public void Sample_settings_hold_known_options_and_nothing_secret()
    {
        using JsonDocument sample = Json("local.settings.sample.json");
        JsonElement values = sample.RootElement.GetProperty("Values");
        Assert.Equal("UseDevelopmentStorage=true", values.GetProperty("AzureWebJobsStorage").GetString());
        Assert.Equal("0 0 3 1 * *", values.GetProperty("SegmentationSchedule").GetString());
        JsonProperty[] options =
            [.. values.EnumerateObject().Where(value => value.Name.StartsWith(OptionPrefix, StringComparison.Ordinal))];
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Equal(KeyOf(option.Name), OptionCatalog.Find(KeyOf(option.Name))?.Key));
        Assert.Empty(OptionCatalog.Read(null, null, options.Select(option => $"{KeyOf(option.Name)}={option.Value.GetString()}")).Faults);
        Assert.Contains("local.settings.json", File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore")), StringComparer.Ordinal);
    }

    [Fact]
    public void The_deployment_names_paths_that_there_are()
    {
        string azd = Read("azure.yaml");
        string project = ValueOf(azd, "project");
        Assert.Equal("infra", ValueOf(azd, "path"));
        Assert.True(File.Exists(Path.Combine(Infra, ValueOf(azd, "module") + ".bicep")));
        MatchCollection scripts = YamlValue("run").Matches(azd);
        Assert.NotEmpty(scripts);
        Assert.All(scripts, run => Assert.True(File.Exists(Path.Combine(Repository.Root, run.Groups["value"].Value)), run.Value));

        // The project may come after its deployment; once the solution knows it, it is where azd looks for it.
        if (Read("Segmentation.sln").Contains("Segmentation.Functions.csproj", StringComparison.Ordinal))
        {
            Assert.True(File.Exists(Path.Combine(Repository.Root, project, "Segmentation.Functions.csproj")), project);
        }

        string service = Service().Match(azd).Groups["name"].Value;
        Assert.Contains($"'azd-service-name': '{service}'", Read("infra/functionApp.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_of_the_deployment_holds_a_secret_or_opens_what_is_closed()
    {
        string[] files =
            ["host.json", "local.settings.sample.json", "azure.yaml", .. Directory.GetFiles(Infra, "*", SearchOption.AllDirectories)];
        Assert.All(files, file =>
        {
            string text = Read(file);
            Assert.All(MarksOfSecrets, mark => Assert.False(text.Contains(mark, StringComparison.Ordinal), $"{file} holds '{mark}'."));
        });
        Assert.Contains("allowSharedKeyAccess: false", Read("infra/storage.bicep"), StringComparison.Ordinal);
        Assert.Contains("isVersioningEnabled: false", Read("infra/storage.bicep"), StringComparison.Ordinal);
        Assert.All(BicepFiles(), file => Assert.All(SecretParameter().Matches(file.Code), parameter =>
            Assert.True(parameter.Groups["secure"].Success, $"{file.Name}: {parameter.Value} is not @secure().")));
    }

    [Fact]
    public void Brackets_of_every_bicep_file_close_and_nothing_is_declared_in_vain()
    {
        Assert.All(BicepFiles(), file =>
        {
            Assert.Null(Unbalanced(file.Code));
            Assert.All(Declaration().Matches(file.Code), declared =>
            {
                int places = Regex.Count(file.Code, $@"\b{declared.Groups["name"].Value}\b", RegexOptions.None, MatchTimeout);
                Assert.True(places > 1, $"{file.Name} does not use {declared.Value}.");
            });
        });
    }

    [Theory]
    [InlineData("a: { b: [1, (2)] }", true)]
    [InlineData("a: '{ ${b.c['d']} \\' }' ", true)]
    [InlineData("a: '''{ ' '''", true)]
    [InlineData("a: { b: [1 }", false)]
    [InlineData("a: 'no end", false)]
    [InlineData("a: '${b' }", false)]
    public void Unclosed_brackets_are_found(string code, bool isBalanced) => Assert.Equal(isBalanced, Unbalanced(code) is null);

    [Fact]
    public void Every_module_is_there_and_is_given_what_it_asks_for()
    {
        foreach (BicepFile file in BicepFiles())
        {
            foreach (Match module in Module().Matches(file.Code))
            {
                BicepFile target = Bicep(Path.Combine(Infra, module.Groups["path"].Value));
                string block = BlockAfter(file.Code, module.Index);
                Match given = Given().Match(block);
                string[] names = given.Success ? TopKeys(BlockAfter(block, given.Index)) : [];
                AssertFits($"{file.Name} → {target.Name}", target, names);
                Assert.All(
                    ModuleOutput().Matches(file.Code).Where(used => used.Groups["name"].Value == module.Groups["name"].Value),
                    used => Assert.Matches($@"(?m)^output {used.Groups["output"].Value} ", target.Code));
            }

            string[] modules = [.. Module().Matches(file.Code).Select(module => module.Groups["name"].Value)];
            Assert.All(
                ModuleOutput().Matches(file.Code),
                used => Assert.Contains(used.Groups["name"].Value, modules, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Parameter_files_give_what_their_templates_ask_for()
    {
        string[] files = Directory.GetFiles(Infra, "*.bicepparam");
        Assert.NotEmpty(files);
        Assert.All(files, path =>
        {
            string code = WithoutComments(Read(path));
            BicepFile target = Bicep(Path.Combine(Infra, Template().Match(code).Groups["path"].Value));
            Assert.Null(Unbalanced(code));
            AssertFits(path, target, [.. Parameter().Matches(code).Select(parameter => parameter.Groups["name"].Value)]);
        });
    }

    [Fact]
    public void Variables_that_scripts_and_parameter_files_read_come_from_somewhere()
    {
        MatchCollection outputs = Output().Matches(Read("infra/main.bicep"));
        string[] known = ["AZURE_SUBSCRIPTION_ID", .. outputs.Select(output => output.Groups["name"].Value)];
        string script = Read("infra/postdeploy.sh");
        Assert.All(
            RequiredVariable().Matches(script),
            variable => Assert.Contains(variable.Groups["name"].Value, known, StringComparer.Ordinal));
        Assert.All(EnvironmentVariable().Matches(Read("infra/eventGrid.bicepparam")), variable =>
            Assert.Contains(variable.Groups["name"].Value, script, StringComparison.Ordinal));

        string guide = Read("docs/operating.md") + Read("infra/preprovision.sh") + "AZURE_ENV_NAME";
        Assert.All(EnvironmentVariable().Matches(Read("infra/main.bicepparam")), variable =>
        {
            Assert.Contains(variable.Groups["name"].Value, guide, StringComparison.Ordinal);
            Assert.True(variable.Groups["default"].Success, $"{variable.Value} has no default.");
        });
    }

    [Fact]
    public void Resources_are_of_stable_versions_one_a_type_and_say_where_they_are_described()
    {
        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (BicepFile file in BicepFiles())
        {
            foreach (Match resource in Resource().Matches(file.Code))
            {
                string version = resource.Groups["version"].Value;
                string type = resource.Groups["type"].Value;
                Assert.Matches(@"^20\d\d-\d\d-\d\d$", version);
                Assert.True(
                    versions.TryAdd(type, version) || versions[type] == version,
                    $"{file.Name} uses {type} of {version}, another file of {versions[type]}.");
            }

            bool isReferred = file.Text.Contains("https://learn.microsoft.com/", StringComparison.Ordinal);
            Assert.True(isReferred || !Resource().IsMatch(file.Code), $"{file.Name} names no reference.");
        }

        Assert.NotEmpty(versions);
    }

    [Fact]
    public void The_app_has_the_settings_it_needs_and_none_that_its_plan_refuses()
    {
        string code = Bicep(Path.Combine(Infra, "functionApp.bicep")).Code;
        Assert.All(NeededSettings, setting => Assert.Matches($@"(?m)^\s+{setting}: \S", code));
        Assert.All(RefusedSettings, setting => Assert.DoesNotContain(setting, code, StringComparison.Ordinal));
        Assert.Contains($"'{OptionPrefix}${{option.key}}'", code, StringComparison.Ordinal);
        Assert.Contains("version: '10.0'", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_look_for_what_is_logged()
    {
        string alerts = Read("infra/alerts.bicep");
        Assert.Contains("has \"cannot be used\"", alerts, StringComparison.Ordinal);
        string logged = Read("shared/Segmentation.Core/Workflow/WorkflowLog.cs");
        Assert.Contains("\"Upload {UploadId} '{Upload}' cannot be used: ", logged, StringComparison.Ordinal);
        Assert.Contains("webjobs-blobtrigger-poison", alerts, StringComparison.Ordinal);
        Assert.Contains("SegmentationOrchestrator", alerts, StringComparison.Ordinal);
    }

    private static void AssertFits(string place, BicepFile target, string[] given)
    {
        Match[] declared = [.. Parameter().Matches(target.Code).AsEnumerable()];
        string[] names = [.. declared.Select(parameter => parameter.Groups["name"].Value)];
        string[] needed =
            [.. declared.Where(parameter => !parameter.Groups["default"].Success).Select(parameter => parameter.Groups["name"].Value)];
        Assert.All(given, name => Assert.True(names.Contains(name, StringComparer.Ordinal), $"{place}: there is no parameter {name}."));
        Assert.All(needed, name => Assert.True(given.Contains(name, StringComparer.Ordinal), $"{place}: {name} is not given."));
    }

    private static string KeyOf(string setting) => setting[OptionPrefix.Length..].Replace("__", ".", StringComparison.Ordinal);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static JsonDocument Json(string path) => JsonDocument.Parse(Read(path));

    private static Regex YamlValue(string key) =>
        new($@"^\s+{key}: (?<value>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, MatchTimeout);

    private static string ValueOf(string yaml, string key) => Assert.Single(YamlValue(key).Matches(yaml)).Groups["value"].Value;

    private static BicepFile[] BicepFiles()
    {
        BicepFile[] files = [.. Directory.GetFiles(Infra, "*.bicep", SearchOption.AllDirectories).Select(Bicep)];
        Assert.NotEmpty(files);
        return files;
    }

    private static BicepFile Bicep(string path)
    {
        string text = Read(path);
        return new BicepFile(Path.GetFileName(path), text, WithoutComments(text));
    }

    private static string WithoutComments(string text) => Comment().Replace(text, match => match.Value.StartsWith('/') ? "" : match.Value);

    /// <summary>What stands between the first brace after a place and the brace that closes it.</summary>
    private static string BlockAfter(string code, int start)
    {
        int open = code.IndexOf('{', start);
        int depth = 0;
        for (int i = open; i < code.Length; i++)
        {
            depth += code[i] is '{' ? 1 : code[i] is '}' ? -1 : 0;
            if (depth == 0)
            {
                return code[(open + 1)..i];
            }
        }

        throw new InvalidOperationException($"Nothing closes the brace at {open}.");
    }

    private static string[] TopKeys(string block)
    {
        var keys = new List<string>();
        int depth = 0;
        foreach (string line in block.Split('\n'))
        {
            if (depth == 0 && Key().Match(line) is { Success: true } key)
            {
                keys.Add(key.Groups["name"].Value);
            }

            depth += line.Count(c => c is '{' or '[') - line.Count(c => c is '}' or ']');
        }

        return [.. keys];
    }

    /// <summary>Where code without comments stops making sense, or null. An expression inside a text is code again.</summary>
    private static string? Unbalanced(string code)
    {
        var open = new Stack<char>();
        for (int i = 0; i < code.Length; i++)
        {
            bool isText = open.TryPeek(out char top) && top == '\'';
            char c = code[i];
            if (isText)
            {
                if (c == '\n')
                {
                    return $"The text before {i} does not end.";
                }

                i += c == '\\' ? 1 : 0;
                if (c == '\'')
                {
                    open.Pop();
                }
                else if (c == '$' && i + 1 < code.Length && code[i + 1] == '{')
                {
                    open.Push('{');
                    i++;
                }
            }
            else if (code.AsSpan(i).StartsWith("'''", StringComparison.Ordinal))
            {
                int end = code.IndexOf("'''", i + 3, StringComparison.Ordinal);
                if (end < 0)
                {
                    return $"The text at {i} does not end.";
                }

                i = end + 2;
            }
            else if (c is '\'' or '{' or '[' or '(')
            {
                open.Push(c);
            }
            else if (c is '}' or ']' or ')' && !(open.TryPop(out char began) && (began, c) is ('{', '}') or ('[', ']') or ('(', ')')))
            {
                return $"'{c}' at {i} closes nothing.";
            }
        }

        return open.Count == 0 ? null : $"{open.Count} brackets or texts do not end.";
    }

    // A text, or a comment to its end; whichever begins first.
    [GeneratedRegex(@"'''[\s\S]*?'''|'(\\.|[^'\\\n])*'|//[^\n]*|/\*[\s\S]*?\*/", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^param (?<name>\w+)( \w+)?(?<default> = .+)?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^(param|var) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Declaration();

    [GeneratedRegex(
        @"(?<secure>^@secure\(\)\n)?^param \w*(Key|Secret|Password|ConnectionString)\b.*$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex SecretParameter();

    [GeneratedRegex(@"^module (?<name>\w+) '(?<path>[^']+)' = ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Module();

    [GeneratedRegex(@"\b(?<name>\w+)\.outputs\.(?<output>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ModuleOutput();

    [GeneratedRegex(
        @"^\s*resource \w+ '(?<type>Microsoft\.[\w./]+)@(?<version>[^']+)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Resource();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Output();

    [GeneratedRegex(@"^\s*params:", RegexOptions.Multiline, 1_000)]
    private static partial Regex Given();

    [GeneratedRegex(@"^\s*(?<name>\w+):", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Key();

    [GeneratedRegex("^using '(?<path>[^']+)'", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Template();

    [GeneratedRegex(@"^services:\n(\s*#.*\n)*  (?<name>\w+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Service();

    [GeneratedRegex(@"\$\{(?<name>\w+):\?", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RequiredVariable();

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>\w+)'(?<default>, '[^']*')?\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex EnvironmentVariable();

    private sealed record BicepFile(string Name, string Text, string Code);
}
