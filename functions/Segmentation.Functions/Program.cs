using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Segmentation.Functions.Composition;

namespace Segmentation.Functions;

/// <summary>The entry of the worker.</summary>
internal static class Program
{
    private static void Main(string[] args) => Build(args).Run();

    /// <summary>The host, put together; settings that are wrong are told all at once, before anything starts.</summary>
    /// <exception cref="InvalidOperationException">Settings are wrong.</exception>
    internal static IHost Build(string[] args)
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        AppSettings settings = AppSettings.Read(builder.Configuration);
        builder.Services.AddSegmentation(settings, settings.Storage.Open(AppIdentity.Of, TimeProvider.System), TimeProvider.System);
        return builder.Build();
    }
}
