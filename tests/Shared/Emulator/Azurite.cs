using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Segmentation.Testing.Emulator;

/// <summary>The storage emulator: one process for all tests, on free ports, with a fresh account for each that asks.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    private const int Accounts = 400;
    private const string Folder = "tests/Shared/Emulator";
    private static readonly TimeSpan MostStartTime = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, Uri> _services = new(StringComparer.Ordinal);
    private Process? _process;
    private Task _drained = Task.CompletedTask;
    private int _given;

    /// <summary>The key of every account.</summary>
    public static string Key { get; } = Convert.ToBase64String(new byte[32]);

    /// <summary>Where the packages of Node lie: the build puts them there.</summary>
    public static string Packages { get; } = Path.Combine(Repository.Root, Folder, "obj/node");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(Packages, "installed")))
        {
            throw new InvalidOperationException(
                $"The storage emulator is not installed in '{Packages}'. These tests need Node.js 20 or later with npm on the PATH and a package registry; "
                    + "then build the test project again, which runs 'npm ci'.");
        }

        ProcessStartInfo start = NodeScript("start-azurite.js");
        string[] options =
        [
            Packages, "--location", _folder.Path, "--disableTelemetry", "--skipApiVersionCheck", "--silent",
            .. new[] { "blob", "queue", "table" }.SelectMany(service => new[] { $"--{service}Host", "127.0.0.1", $"--{service}Port", "0" }),
        ];
        Array.ForEach(options, start.ArgumentList.Add);
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Accounts).Select(i => $"{Account(i)}:{Key}"));
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
        using var time = new CancellationTokenSource(MostStartTime);
        while (!(_services.ContainsKey("Blob") && _services.ContainsKey("Table")))
        {
            string line = await _process.StandardOutput.ReadLineAsync(time.Token)
                ?? throw new InvalidOperationException($"The storage emulator ended at its start: {await _process.StandardError.ReadToEndAsync(time.Token)}");
            if (Listening().Match(line) is { Success: true } match)
            {
                _services[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
            }
        }

        // Nothing may fill the pipes: a full one would stop the emulator.
        _drained = Task.WhenAll(
            _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), _process.StandardError.BaseStream.CopyToAsync(Stream.Null));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            await _drained;
            _process.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>The connection string of an account that holds nothing.</summary>
    public string NewAccount()
    {
        int number = Interlocked.Increment(ref _given) - 1;
        Assert.True(number < Accounts, "More accounts are asked for than the emulator was started with.");
        return $"DefaultEndpointsProtocol=http;AccountName={Account(number)};AccountKey={Key};BlobEndpoint={_services["Blob"]}{Account(number)};TableEndpoint={_services["Table"]}{Account(number)}";
    }

    /// <summary>Runs a script of Node and returns what it writes.</summary>
    public static async Task<string> RunAsync(string script, string connectionString, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = NodeScript(script);
        start.ArgumentList.Add(Packages);
        start.ArgumentList.Add(connectionString);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    private static string Account(int number) => string.Create(CultureInfo.InvariantCulture, $"account{number:D3}");

    private static ProcessStartInfo NodeScript(string script) => new("node")
    {
        ArgumentList = { Path.Combine(Repository.Root, Folder, "Node", script) },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<address>\S+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listening();
}
