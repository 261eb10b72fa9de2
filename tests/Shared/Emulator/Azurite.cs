using System.Diagnostics;

namespace Segmentation.Testing.Emulator;

/// <summary>The storage emulator as a fixture: one process for all tests that share it, with a fresh account for each that asks.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private AzuriteProcess? _process;

    /// <inheritdoc cref="AzuriteProcess.Key" />
    public static string Key => AzuriteProcess.Key;

    public async ValueTask InitializeAsync() => _process = await AzuriteProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    /// <summary>The connection string of an account that holds nothing.</summary>
    public string NewAccount() => _process!.NewAccount();

    /// <summary>Runs a script of Node and returns what it writes.</summary>
    public static async Task<string> RunAsync(string script, string connectionString, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = AzuriteProcess.NodeScript(script);
        start.ArgumentList.Add(AzuriteProcess.Packages);
        start.ArgumentList.Add(connectionString);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
