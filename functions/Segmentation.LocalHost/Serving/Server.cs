using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Segmentation.Telemetry;

namespace Segmentation.LocalHost.Serving;

/// <summary>The web server over a store: it answers, watches the uploads, and runs.</summary>
internal sealed class Server : IAsyncDisposable
{
    // An id may have 64 KiB, and each byte of it takes three characters in a path.
    private const int MostLineBytes = 256 << 10;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly IStoreHold _hold;
    private readonly WebApplication _application;
    private readonly Store _store;
    private readonly OtlpExport _telemetry;

    private Server(IStoreHold hold, WebApplication application, Store store, OtlpExport telemetry)
    {
        _hold = hold;
        _application = application;
        _store = store;
        _telemetry = telemetry;
    }

    /// <summary>The store that is served.</summary>
    public Store Store => _store;

    /// <summary>Where files are dropped, for a person.</summary>
    public string UploadsPlace => _hold.UploadsPlace;

    /// <summary>Where it listens; ports that were left to the system are filled in.</summary>
    public IReadOnlyList<string> Urls =>
        [.. _application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    /// <summary>Takes a store and starts to listen.</summary>
    /// <exception cref="CommandFault">The store is held by another process or cannot be used, or an address is in use or none.</exception>
    public static async Task<Server> StartAsync(CommandHost host, ServeOptions options, CancellationToken cancellationToken)
    {
        IConfiguration environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        string? key = environment[ServerAddresses.KeyVariable] is { Length: > 0 } set ? set : null;
        IReadOnlyList<Uri> addresses = ServerAddresses.Read(options.Urls, key);
        IStoreHold hold = options.IsAzure ? await AccountHold.TakeAsync(host, environment, cancellationToken) : FolderHold.Take(options.Data);
        OtlpExport? telemetry = null;
        Store? store = null;
        WebApplication? application = null;
        try
        {
            telemetry = OtlpExport.Start(environment[OtlpExport.EndpointSetting]);
            WebApplicationBuilder builder = Builder(options, addresses, host.Clock, telemetry.IsOn);
            application = builder.Build();
            store = Store.Open(hold, options, host.Clock, application.Services.GetRequiredService<ILoggerFactory>());
            var guard = new RequestGuard(key, addresses.All(ServerAddresses.IsLoopback));
            application.Run(new HttpEndpoint(store.Api, guard).AnswerAsync);
            await ListenAsync(application, options.Urls, cancellationToken);
            return new Server(hold, application, store, telemetry);
        }
        catch
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            store?.Dispose();
            telemetry?.Dispose();
            await hold.DisposeAsync();
            throw;
        }
    }

    /// <summary>Watches, runs and answers until it is stopped; requests that are being answered get a few seconds to end.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _store.WorkAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped, as it should be.
        }
        finally
        {
            using var grace = new CancellationTokenSource(Grace);
            await _application.StopAsync(grace.Token);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _store.Dispose();
        _telemetry.Dispose();
        await _hold.DisposeAsync();
    }

    private static WebApplicationBuilder Builder(ServeOptions options, IReadOnlyList<Uri> addresses, TimeProvider clock, bool isTraced)
    {
        // Empty: no setting of another program and no variable that is meant for one changes what this one does.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Logging.SetMinimumLevel(options.IsVerbose ? LogLevel.Debug : options.IsQuiet ? LogLevel.Warning : LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // What keeps it from starting is said once, in words.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (!isTraced)
        {
            // Otherwise each request and each call to the storage begins a span that nobody collects: 4 % of a lookup's time.
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.None);
        }

        builder.Services.AddSingleton(clock);
        builder.Logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        builder.Logging.AddConsoleFormatter<LineFormatter, LineFormatterOptions>(lines => lines.ShowsTraces = options.IsVerbose);

        // Standard output is for scripts.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MostLineBytes;
            kestrel.Limits.MaxRequestBufferSize = 2 * MostLineBytes;
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (Uri address in addresses)
            {
                Listen(kestrel, address);
            }
        });
        return builder;
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address)
    {
        if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(address.DnsSafeHost), address.Port);
        }
    }

    private static async Task ListenAsync(WebApplication application, string urls, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            throw new CommandFault(
                ExitCodes.Usage,
                $"--urls: cannot listen on {urls} ({fault.Message.TrimEnd('.')}); stop what uses the port, or choose another by --urls http://127.0.0.1:PORT (0 for any that is free).");
        }
    }

    /// <summary>The command line hears signals, and stops the server by its token.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
