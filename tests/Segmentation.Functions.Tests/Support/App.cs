using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Segmentation.Core.Storage;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Functions.Composition;
using Segmentation.Functions.Tests.Engine;
using Segmentation.Testing.Storage;

namespace Segmentation.Functions.Tests.Support;

/// <summary>The whole app in the process of the test: its functions are called by their attributes, on storage in memory or another.</summary>
internal sealed class App : IEngineHost, IDisposable
{
    /// <summary>When time begins.</summary>
    public static readonly DateTimeOffset Start = new(2024, 7, 1, 3, 0, 0, TimeSpan.Zero);

    private readonly AppSettings _settings;
    private readonly Store? _store;
    private ServiceProvider _services;

    /// <summary>An app on storage in memory.</summary>
    public App(WriteFaults? faults = null, int deliveries = 1, Numerics.Xoshiro256StarStar? order = null, params (string Key, string Value)[] options)
        : this(new Store(faults), Settings(options), deliveries, order)
    {
    }

    /// <summary>An app on a storage.</summary>
    public App(SegmentationStorage storage, AppSettings settings, int deliveries = 1, Numerics.Xoshiro256StarStar? order = null)
    {
        Storage = storage;
        Clock = new TestClock(Start);
        Engine = new FakeEngine(Clock, this) { Deliveries = deliveries, Order = order };
        _settings = settings;
        _services = Build();
    }

    /// <summary>An app that goes on with a journal.</summary>
    public App(SegmentationStorage storage, AppSettings settings, DateTimeOffset now, EngineJournal journal, Action<string> trace)
    {
        Storage = storage;
        Clock = new TestClock(now);
        _settings = settings;
        _services = Build();
        Engine = new FakeEngine(Clock, this, journal) { Trace = trace };
    }

    private App(Store store, AppSettings settings, int deliveries, Numerics.Xoshiro256StarStar? order)
        : this(store.Storage, settings, deliveries, order) => _store = store;

    private App(App first, SegmentationStorage storage)
    {
        Storage = storage;
        Clock = first.Clock;
        Engine = first.Engine;
        _settings = first._settings;
        _services = Build();
    }

    /// <summary>The storage in memory.</summary>
    public Store Store => _store ?? throw new InvalidOperationException("The app is on another storage.");

    public SegmentationStorage Storage { get; }

    public TestClock Clock { get; }

    public FakeEngine Engine { get; }

    /// <summary>The names of the functions that were called.</summary>
    public HashSet<string> Called { get; } = new(StringComparer.Ordinal);

    /// <summary>The parts of the process that is alive now.</summary>
    public IServiceProvider Services => _services;

    public static AppSettings Settings(params (string Key, string Value)[] options)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["Segmentation:selection:minCustomers"] = "10",
            ["Segmentation:selection:maxClusters"] = "3",
            ["Segmentation:selection:starts"] = "2",
            ["Segmentation:workflow:shards"] = "2",
        };
        foreach ((string key, string value) in options)
        {
            all[$"Segmentation:{key.Replace('.', ':')}"] = value;
        }

        return AppSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }

    /// <summary>Another instance of the app, beside this one: of the same engine, by itself in all else.</summary>
    /// <param name="storage">The storage as that instance sees it; null for the same.</param>
    public App Beside(SegmentationStorage? storage = null) => new(this, storage ?? Storage);

    /// <summary>Tells the app of an upload, as Event Grid does.</summary>
    public Task TellAsync(string upload) => CallAsync("CleanUpload", upload);

    /// <summary>The schedule is due.</summary>
    public Task TickAsync() => CallAsync("MonthlySegmentation");

    /// <summary>The runs, newest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> RunsAsync() => await Storage.Segments.ListRunsAsync(CancellationToken.None);

    /// <summary>Sends a request to the function that its method and path lead to.</summary>
    public async Task<HttpAnswer> SendAsync(string method, string path, string? body = null, string? ifNoneMatch = null)
    {
        FunctionEntry function = FunctionTable.All.MaxBy(function => function.Fit(method, path))!;
        Assert.True(function.Fit(method, path) >= 0, $"No function answers {method} {path}.");
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path;
        context.Request.Method = method;
        byte[] bytes = Encoding.UTF8.GetBytes(body ?? "");
        context.Request.Body = new MemoryStream(bytes, writable: false);
        if (body is not null)
        {
            context.Request.ContentType = MediaTypeNames.Application.Json;
            context.Request.ContentLength = bytes.Length;
        }

        if (ifNoneMatch is not null)
        {
            context.Request.Headers.IfNoneMatch = ifNoneMatch;
        }

        using var sent = new MemoryStream();
        context.Response.Body = sent;
        var result = (IActionResult)(await CallAsync(function, context.Request))!;
        await result.ExecuteResultAsync(new ActionContext { HttpContext = context });
        return new HttpAnswer(
            function.Name, context.Response.StatusCode,
            string.Join('\n', context.Response.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}")),
            Encoding.UTF8.GetString(sent.ToArray()));
    }

    public Func<TaskOrchestrationContext, Task> Orchestrator(string name)
    {
        Called.Add(name);
        return FunctionTable.Find(name).Method.CreateDelegate<Func<TaskOrchestrationContext, Task>>();
    }

    public async Task<string> InvokeAsync(string activity, string input)
    {
        FunctionEntry function = FunctionTable.Find(activity);
        Type type = function.Trigger<ActivityTriggerAttribute>()!.Value.Parameter.ParameterType;
        return JsonSerializer.Serialize(await CallAsync(function, JsonSerializer.Deserialize(input, type)!));
    }

    public void Restart()
    {
        _services.Dispose();
        _services = Build();
    }

    public void Dispose() => _services.Dispose();

    private Task<object?> CallAsync(string name, params object[] arguments) => CallAsync(FunctionTable.Find(name), arguments);

    private async Task<object?> CallAsync(FunctionEntry function, params object[] arguments)
    {
        Called.Add(function.Name);
        object target = ActivatorUtilities.CreateInstance(_services, function.Method.DeclaringType!);
        object?[] bound = [.. function.Method.GetParameters().Select(parameter => Bind(parameter.ParameterType, arguments))];
        var call = (Task)function.Method.Invoke(target, bound)!;
        await call;
        return call.GetType().GetProperty("Result")?.GetValue(call);
    }

    private object Bind(Type type, object[] arguments) =>
        type == typeof(DurableTaskClient) ? Engine
        : type == typeof(FunctionContext) ? new Call()
        : type == typeof(TimerInfo) ? new TimerInfo()
        : type == typeof(BlobClient) ? new BlobClient(new Uri("http://127.0.0.1/devstoreaccount1/uploads/name"))
        : arguments.Single(type.IsInstanceOfType);

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSegmentation(_settings, Storage, Clock);
        return services.BuildServiceProvider();
    }

    private sealed class Call : FunctionContext
    {
        public override CancellationToken CancellationToken => TestContext.Current.CancellationToken;
    }
}
