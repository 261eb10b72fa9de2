using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}

/// <summary>The real one implements <see cref="IHostApplicationBuilder" />, too.</summary>
public sealed class FunctionsApplicationBuilder(string[] args)
{
    private readonly HostApplicationBuilder _inner = Host.CreateApplicationBuilder(args);

    public IServiceCollection Services => _inner.Services;

    public IConfigurationManager Configuration => _inner.Configuration;

    public FunctionsApplicationBuilder ConfigureFunctionsWebApplication() => this;

    public IHost Build() => _inner.Build();
}
