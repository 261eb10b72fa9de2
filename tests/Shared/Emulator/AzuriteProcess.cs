using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Segmentation.Testing.Emulator;

/// <summary>The storage emulator as a process on free ports, with many accounts that hold nothing yet.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const int Accounts = 400;
    private const string Project = "tests/Shared/Emulator/";
    private static readonly TimeSpan MostStartTime = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, Uri> _services = new(StringComparer.Ordinal);
    private readonly Process _process;
    private Task _drained = Task.CompletedTask;
    private int _given;

    private AzuriteProcess(bool isInMemory)
    {
        ProcessStartInfo start = NodeScript("start-azurite.js");
        string[] place = isInMemory ? ["--inMemoryPersistence"] : ["--location", _folder.Path];
        string[] options =
        [
            Packages, .. place, "--disableTelemetry", "--skipApiVersionCheck", "--silent",
            .. new[] { "blob", "queue", "table" }.SelectMany(service => new[] { $"--{service}Host", "127.0.0.1", $"--{service}Port", "0" }),
        ];
        Array.ForEach(options, start.ArgumentList.Add);
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Accounts).Select(i => $"{Account(i)}:{Key}"));
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
    }

    /// <summary>The key of every account.</summary>
    public static string Key { get; } = Convert.ToBase64String(new byte[32]);

    /// <summary>Where the packages of Node lie: the build of the project that has the lock file puts them there.</summary>
    public static string Packages { get; } = Path.Combine(Repository.Root, Project, "obj/node");

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="isInMemory">Whether it writes nothing to a disk: it then works evenly, for every five seconds it would write all of its tables.</param>
    /// <exception cref="InvalidOperationException">It is not installed, or ended.</exception>
    public static async Task<AzuriteProcess> StartAsync(bool isInMemory = false)
    {
        if (!File.Exists(Path.Combine(Packages, "installed")))
        {
            throw new InvalidOperationException(
                $"The storage emulator is not installed in '{Packages}'. It needs Node.js 20 or later with npm on the PATH and a package registry; "
                    + "then build this project again, which runs 'npm ci'.");
        }

        var emulator = new AzuriteProcess(isInMemory);
        try
        {
            await emulator.ListenAsync();
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _drained;
        _process.Dispose();
        _folder.Dispose();
    }

    /// <summary>The connection string of an account that holds nothing.</summary>
    /// <param name="blobs">Where to send requests for blobs instead, or null.</param>
    /// <param name="tables">Where to send requests for tables instead, or null.</param>
    public string NewAccount(Uri? blobs = null, Uri? tables = null)
    {
        int number = Interlocked.Increment(ref _given) - 1;
        if (number >= Accounts)
        {
            throw new InvalidOperationException("More accounts are asked for than the emulator was started with.");
        }

        string account = Account(number);
        return $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
            + $"BlobEndpoint={blobs ?? Service("Blob")}{account};TableEndpoint={tables ?? Service("Table")}{account}";
    }

    /// <summary>The address of a service: <c>Blob</c>, <c>Queue</c> or <c>Table</c>.</summary>
    public Uri Service(string name) => _services[name];

    /// <summary>How to run a script of Node that lies beside the lock file.</summary>
    public static ProcessStartInfo NodeScript(string script) => new("node")
    {
        ArgumentList = { Path.Combine(Repository.Root, Project, "Node", script) },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

    private static string Account(int number) => string.Create(CultureInfo.InvariantCulture, $"account{number:D3}");

    private async Task ListenAsync()
    {
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

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<address>\S+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listening();
}
