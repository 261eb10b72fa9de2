using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Segmentation.Core.Api;
using Segmentation.Core.Api.Documents;
using Segmentation.Core.Api.OpenApi;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Api;

/// <summary>The API over a store in memory. Every answer is compared with the OpenAPI document before a test sees it.</summary>
internal sealed class ApiFixture : TimeProvider, ISegmentsPort, ICustomersPort, IWithdrawalsPort, IRunHost, IHealthChecks, ILogger<SegmentationApi>
{
    public const string FirstRun = "20240601-120000-001";
    public const string SecondRun = "20240602-120000-002";

    private static readonly JsonElement OpenApi = JsonElement.Parse(OpenApiDocument.Bytes.Span);
    private static readonly JsonSchemaCheck Schemas = new(OpenApi);

    private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);
    private readonly SegmentationApi _api;

    public ApiFixture()
    {
        var storage = new SegmentationStorage(
            Store.Uploads, new FailingContainer(Store.Clean, this), new FailingContainer(Store.Runs, this), Store.Quarantine, new FailingSegmentStore(Store.Segments, this));
        _api = new SegmentationApi(new ApiPorts(storage, this, this, this, this, this, this, "1.2.3"), this);
    }

    public Store Store { get; } = new Store();

    /// <summary>Thrown by everything that is stored, while it is set.</summary>
    public Exception? Fault { get; set; }

    public DateTimeOffset Now { get; set; } = new(2024, 6, 30, 12, 0, 0, TimeSpan.Zero);

    public StepProgress? Progress { get; set; }

    public List<HealthCheck> HostChecks { get; } = [];

    public List<RunCause> Causes { get; } = [];

    public int ChangesAlone { get; private set; }

    public ConcurrentQueue<string> Logged { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<ApiFixture> RunAsync(string runId = FirstRun, params (string Key, string Value)[] options)
    {
        if (Store.Uploads.Snapshot().Count == 0)
        {
            Store.WithThreeGroups();
        }

        await Store.RunAsync(runId, options);
        return this;
    }

    public Task<Answer> GetAsync(string path, string? ifNoneMatch = null) =>
        SendAsync(new ApiRequest { Method = "GET", Path = path, IfNoneMatch = ifNoneMatch });

    public Task<Answer> DeleteAsync(string path) => SendAsync(new ApiRequest { Method = "DELETE", Path = path });

    public Task<Answer> PostAsync(string path, string body = "", string? contentType = "application/json") =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), contentType);

    public Task<Answer> PostAsync(string path, byte[] body, string? contentType = "application/json", bool isLengthKnown = true) => SendAsync(new ApiRequest
    {
        Method = "POST",
        Path = path,
        ContentType = contentType,
        ContentLength = isLengthKnown ? body.Length : null,
        Body = new MemoryStream(body, writable: false),
    });

    public Task<Answer> SendAsync(ApiRequest request) => SendUntilAsync(request, Token);

    public async Task<Answer> SendUntilAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await using ApiResponse response = await _api.AnswerAsync(request, cancellationToken);
        using var body = new MemoryStream();
        await response.WriteBodyAsync(body, Token);
        var answer = new Answer(response, body.ToArray());
        AssertDeclared(request, answer);
        return answer;
    }

    public override DateTimeOffset GetUtcNow() => Now;

    async ValueTask<CurrentSegments?> ISegmentsPort.FindCurrentAsync(CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        if (await Store.Segments.FindCurrentRunAsync(cancellationToken) is not { } runId)
        {
            return null;
        }

        RunRecord run = (await Store.Segments.FindRunAsync(runId, cancellationToken))!;
        SelectedModel model = await Store.Runs.ReadJsonAsync(RunBlobs.Model(runId), WorkflowJson.Default.SelectedModel, cancellationToken);
        return new CurrentSegments(run, model.Model, model.Profiles, runId);
    }

    async ValueTask<FoundSegment?> ISegmentsPort.FindAsync(string customerId, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        return await Store.Lookup().FindAsync(customerId, cancellationToken) is { } found ? new FoundSegment(found.Run.RunId, found.Answer) : null;
    }

    async ValueTask<FoundSegments> ISegmentsPort.FindAllAsync(IReadOnlyList<string> customerIds, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        BatchLookupResult found = await Store.Lookup().FindAllAsync(customerIds, cancellationToken);
        return new FoundSegments(found.Run.RunId, new LookupDocument(found.Answers.Found, found.Answers.Missing));
    }

    Task ISegmentsPort.ActivateAsync(string runId, CancellationToken cancellationToken) => Store.Segments.SetCurrentRunAsync(runId, cancellationToken);

    Task<CustomerDocument?> ICustomersPort.FindAsync(string customerId, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        return Task.FromResult(customerId != "k1" ? null : new CustomerDocument(
            "k1",
            [new CustomerLine("a.csv", 2, LineKind.Return, new DateTime(2024, 5, 1, 10, 0, 0), "1", "A", "Lamp", "", "UK", "", "", "1", "2.5", "2.50", null)],
            [new CustomerReject("a.csv", 3, "future-date", "k1,2999-01-01")],
            [new CustomerAssignment(FirstRun, new DateOnly(2024, 5, 11), new RfmAnswer(1, 2, Money.Parse("3.50"), 5, 4, 3), 1, null)]));
    }

    Task<ErasedCustomer?> ICustomersPort.FindErasedAsync(string customerId, CancellationToken cancellationToken) =>
        Task.FromResult(customerId == "gone" ? new ErasedCustomer(Now.UtcDateTime, 1, 2, 3) : null);

    Task<bool> ICustomersPort.IsErasableAsync(string customerId, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        return Task.FromResult(customerId == "k1");
    }

    Task<ErasedCustomer?> ICustomersPort.EraseAsync(string customerId, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        return Task.FromResult(customerId == "k1" ? new ErasedCustomer(Now.UtcDateTime, 1, 2, 3) : null);
    }

    bool IWithdrawalsPort.IsWithdrawn(UploadRecord upload) => _withdrawn.Contains(upload.Id);

    Task<bool> IWithdrawalsPort.WithdrawAsync(string uploadId, CancellationToken cancellationToken) => Task.FromResult(_withdrawn.Add(uploadId));

    async Task<RunTicket> IRunHost.RequestRunAsync(RunCause cause, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        Causes.Add(cause);
        using var requests = new RunRequests(Store.Segments, this);
        return await requests.RequestAsync(cause, cancellationToken);
    }

    ValueTask<StepProgress?> IRunHost.FindProgressAsync(string runId, CancellationToken cancellationToken) => ValueTask.FromResult(Progress);

    async Task<RunTicket> IRunHost.ChangeAloneAsync(RunCause cause, Func<CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        RunTicket ticket = await ((IRunHost)this).RequestRunAsync(cause, cancellationToken);
        ChangesAlone++;
        await change(cancellationToken);
        return ticket;
    }

    Task<IReadOnlyList<HealthCheck>> IHealthChecks.CheckAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HealthCheck>>(HostChecks);

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Logged.Enqueue($"{formatter(state, exception)} {exception}");

    public void ThrowIfFaulty()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>An answer of a known operation is one that it declares; any other is a problem that names no operation.</summary>
    private static void AssertDeclared(ApiRequest request, Answer answer)
    {
        string place = $"{request.Method} {request.Path[..Math.Min(100, request.Path.Length)]} answered {answer.Status}: {answer.Text[..Math.Min(500, answer.Text.Length)]}";
        string method = request.Method == "HEAD" ? "GET" : request.Method;
        JsonElement? operation = null;
        if (RoutePath.TryRead(request.Path, out string[] segments) is null)
        {
            IEnumerable<ApiRoute> routes = ApiRoutes.All.Where(route => route.Matches(segments)).OrderByDescending(route => route.Literals);
            operation = routes.Where(route => route.Method == method)
                .Select(route => (JsonElement?)OpenApi.GetProperty("paths").GetProperty(route.Template).GetProperty(method.ToLowerInvariant())).FirstOrDefault();
        }

        if (operation is not { } known)
        {
            Assert.True(answer.Status is 400 or 404 or 405 && answer.Header("Content-Type") == "application/problem+json", place);
            if (request.Method != "HEAD")
            {
                AssertValid(OpenApi.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDocument"), answer, place);
            }

            return;
        }

        Assert.True(known.GetProperty("responses").TryGetProperty(answer.Status.ToString(CultureInfo.InvariantCulture), out JsonElement declared), place);
        string? contentType = answer.Header("Content-Type")?.Split(';')[0];
        if (!declared.TryGetProperty("content", out JsonElement content))
        {
            Assert.True(contentType is null && answer.Body.Length == 0, place);
            return;
        }

        Assert.True(contentType is not null && content.TryGetProperty(contentType, out _), $"{place} as {contentType}");
        if (request.Method != "HEAD" && contentType!.EndsWith("json", StringComparison.Ordinal) && request.Path != "/api/openapi.json")
        {
            AssertValid(content.GetProperty(contentType).GetProperty("schema"), answer, place);
        }
    }

    private static void AssertValid(JsonElement schema, Answer answer, string place)
    {
        IReadOnlyList<string> faults = Schemas.Faults(schema, answer.Json);
        Assert.True(faults.Count == 0, $"{place}\n{string.Join('\n', faults)}");
    }
}

/// <summary>An answer with its body.</summary>
internal sealed record Answer(ApiResponse Response, byte[] Body)
{
    public int Status => Response.Status;

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The kind of problem, without its namespace.</summary>
    public string Problem => Json.GetProperty("type").GetString()!.Split(':')[^1];

    public string Detail => Json.GetProperty("detail").GetString()!;

    public string? Header(string name) => Response.Header(name);
}
