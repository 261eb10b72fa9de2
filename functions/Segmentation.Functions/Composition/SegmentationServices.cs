using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segmentation.Core.Api;
using Segmentation.Core.Erasure;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Http;
using Segmentation.Functions.Runs;
using Segmentation.Reporting;

namespace Segmentation.Functions.Composition;

/// <summary>Puts the app together: one of each part a process.</summary>
internal static class SegmentationServices
{
    /// <summary>Adds all that the functions ask for.</summary>
    public static IServiceCollection AddSegmentation(
        this IServiceCollection services, AppSettings settings, SegmentationStorage storage, TimeProvider clock)
    {
        services.AddSingleton(clock);
        services.AddSingleton(storage);
        services.AddSingleton(new CurrentRun(storage, clock));
        services.AddSingleton(new Tombstones(storage.Clean, clock));
        services.AddSingleton<IRunReport, HtmlRunReport>();
        services.AddSingleton<StoreHolds>();
        services.AddSingleton<UploadArrivals>();
        services.AddSingleton(provider => new RunParts
        {
            Storage = storage,
            Requests = new RunRequests(storage.Segments, clock),
            Holds = provider.GetRequiredService<StoreHolds>(),
            Erasure = new CustomerErasure(storage, provider.GetRequiredService<Tombstones>(), clock),
            Retention = new RunRetention(storage, provider.GetRequiredService<CurrentRun>()),
            Options = settings.Options,
            Language = settings.Language,
            Clock = clock,
            Logger = provider.GetRequiredService<ILogger<RunParts>>(),
        });
        services.AddSingleton<RunTurns>();
        services.AddSingleton(provider => new SegmentationActivities(
            storage, clock, provider.GetRequiredService<IRunReport>(), provider.GetRequiredService<CurrentRun>(),
            provider.GetRequiredService<ILogger<SegmentationActivities>>()));
        services.AddSingleton<ActivityInvoker>();
        services.AddSingleton(provider => new SegmentLookup(
            provider.GetRequiredService<CurrentRun>(), storage.Segments, provider.GetRequiredService<Tombstones>(), clock));
        services.AddSingleton<ISegmentsPort>(provider => new StoredSegments(
            provider.GetRequiredService<CurrentRun>(), provider.GetRequiredService<SegmentLookup>(), clock));
        services.AddSingleton<ICustomersPort>(provider => new StoredCustomers(storage, provider.GetRequiredService<Tombstones>(), clock));
        services.AddSingleton<IWithdrawalsPort>(new StoredUploads(storage, clock));
        services.AddSingleton<ApiEndpoint>();
        services.AddHostedService<TelemetryExport>();
        return services;
    }
}
