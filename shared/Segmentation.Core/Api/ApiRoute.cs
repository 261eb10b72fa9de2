using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Segmentation.Core.Api.Documents;

namespace Segmentation.Core.Api;

/// <summary>A parameter in the path of a route.</summary>
/// <param name="Name">Its name in the template.</param>
/// <param name="Description">What it is.</param>
/// <param name="Example">One that is valid.</param>
internal sealed record ApiParameter(string Name, string Description, string Example);

/// <summary>The body that a route takes.</summary>
/// <param name="Type">How it is read by generated clients.</param>
/// <param name="MostBytes">Its limit.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Examples">Bodies by name, as JSON.</param>
internal sealed record ApiBody(JsonTypeInfo Type, int MostBytes, string Description, IReadOnlyDictionary<string, string> Examples);

/// <summary>An answer that a route may give.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Description">When.</param>
/// <param name="MediaType">What the body is; null where there is none.</param>
/// <param name="Type">The document of the body; null where it is no document with a schema.</param>
internal sealed record ApiAnswer(int Status, string Description, string? MediaType, JsonTypeInfo? Type);

/// <summary>One operation: all that is documented of it, and what it does.</summary>
internal abstract record ApiRoute(string Method, string Template, string OperationId, string Tag)
{
    public const string Json = "application/json";
    public const string Problem = "application/problem+json";

    private readonly string[] _template = Template[1..].Split('/');

    public required string Summary { get; init; }

    public required string Description { get; init; }

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    public ApiBody? Body { get; init; }

    /// <summary>The answers with a document of the route, beside those that are problems.</summary>
    public required IReadOnlyList<(int Status, string Description)> Successes { get; init; }

    public required IReadOnlyList<(int Status, string Description)> Problems { get; init; }

    /// <summary>An example of the document of the first success, as JSON.</summary>
    public string? Example { get; init; }

    public string CacheControl { get; init; } = "no-store";

    public string? ContentSecurityPolicy { get; init; }

    /// <summary>Whether the answer carries the version of the run that it comes from.</summary>
    public bool IsVersioned { get; init; }

    /// <summary>Whether path or body name customers, so that what a failure says may do so too.</summary>
    public bool IsPersonal => Body is not null || Template.Contains("{customerId}", StringComparison.Ordinal);

    /// <summary>Every answer, by ascending status.</summary>
    public IReadOnlyList<ApiAnswer> Answers =>
    [
        .. Successes.Select(success => success.Status == 304
                ? new ApiAnswer(success.Status, success.Description, null, null)
                : new ApiAnswer(success.Status, success.Description, MediaType, Document))
            .Concat(Problems.Select(problem => new ApiAnswer(
                problem.Status, problem.Description, Problem, ApiJson.Answers.ProblemDocument)))
            .OrderBy(answer => answer.Status),
    ];

    public virtual string MediaType => Json;

    public abstract JsonTypeInfo? Document { get; }

    /// <summary>Does what is asked, and answers only what is declared.</summary>
    public abstract Task<ApiResponse> AnswerAsync(SegmentationApi api, ApiCall call, CancellationToken cancellationToken);

    /// <summary>How many segments are fixed: the route with more of them is the better match.</summary>
    public int Literals { get; } = Template[1..].Split('/').Count(segment => !IsParameter(segment));

    /// <summary>Whether a path is one of this route's.</summary>
    public bool Matches(ReadOnlySpan<string> segments)
    {
        if (segments.Length != _template.Length)
        {
            return false;
        }

        for (int i = 0; i < _template.Length; i++)
        {
            if (!IsParameter(_template[i]) && _template[i] != segments[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The values of the parameters by name, of a path that matches.</summary>
    public Dictionary<string, string> Values(ReadOnlySpan<string> segments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < _template.Length; i++)
        {
            if (IsParameter(_template[i]))
            {
                values[_template[i][1..^1]] = segments[i];
            }
        }

        return values;
    }

    private static bool IsParameter(string segment) => segment is ['{', ..];

    protected List<KeyValuePair<string, string>> Headers(string? contentType, string? version)
    {
        var headers = new List<KeyValuePair<string, string>>
        {
            new("Cache-Control", CacheControl), new("X-Content-Type-Options", "nosniff"),
        };
        if (contentType is not null)
        {
            headers.Add(new("Content-Type", contentType));
        }

        if (version is not null)
        {
            headers.Add(new("ETag", $"\"{version}\""));
        }

        if (ContentSecurityPolicy is not null)
        {
            headers.Add(new("Content-Security-Policy", ContentSecurityPolicy));
        }

        return headers;
    }

    protected void ThrowIfNotDeclared(int status, bool isProblem)
    {
        if (!(isProblem ? Problems : Successes).Any(answer => answer.Status == status))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{OperationId} answered {status}, which it does not declare."));
        }
    }

    /// <summary>The answer that a problem is, at any path.</summary>
    public static ApiResponse ProblemResponse(ApiProblem problem, ApiRequest request)
    {
        var headers = new List<KeyValuePair<string, string>>
        {
            new("Cache-Control", "no-store"), new("X-Content-Type-Options", "nosniff"), new("Content-Type", Problem),
        };
        if (problem.Allow is not null)
        {
            headers.Add(new("Allow", problem.Allow));
        }

        if (problem.RetryAfter is { } seconds)
        {
            headers.Add(new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)));
        }

        return new ApiResponse(
            problem.Status, headers, JsonSerializer.SerializeToUtf8Bytes(problem.Document(request.Path), ApiJson.Answers.ProblemDocument));
    }
}

/// <summary>An operation that answers documents of one type.</summary>
internal sealed record ApiRoute<T>(
    string Method,
    string Template,
    string OperationId,
    string Tag,
    JsonTypeInfo<T> Type,
    Func<SegmentationApi, ApiCall, CancellationToken, Task<ApiResult<T>>> Handle) : ApiRoute(Method, Template, OperationId, Tag)
    where T : class
{
    public override JsonTypeInfo Document => Type;

    public override async Task<ApiResponse> AnswerAsync(SegmentationApi api, ApiCall call, CancellationToken cancellationToken)
    {
        ApiResult<T> result = await Handle(api, call, cancellationToken);
        ThrowIfNotDeclared(result.Status, result.Problem is not null);
        if (result.Problem is { } problem)
        {
            return ProblemResponse(problem, call.Request);
        }

        List<KeyValuePair<string, string>> headers = Headers(result.Value is null ? null : Json, result.Version);
        if (result.Location is not null)
        {
            headers.Add(new("Location", result.Location));
            headers.Add(new("Retry-After", "5"));
        }

        return result.Value is null
            ? new ApiResponse(result.Status, headers)
            : new ApiResponse(result.Status, headers, JsonSerializer.SerializeToUtf8Bytes(result.Value, Type));
    }
}

/// <summary>An operation that answers a stored page, or a document that is ready.</summary>
internal sealed record PageRoute(
    string Method,
    string Template,
    string OperationId,
    string Tag,
    string PageType,
    Func<SegmentationApi, ApiCall, CancellationToken, Task<ApiResult<StoredPage>>> Handle) : ApiRoute(Method, Template, OperationId, Tag)
{
    public override string MediaType => PageType.Split(';')[0];

    public override JsonTypeInfo? Document => null;

    public override async Task<ApiResponse> AnswerAsync(SegmentationApi api, ApiCall call, CancellationToken cancellationToken)
    {
        ApiResult<StoredPage> result = await Handle(api, call, cancellationToken);
        ThrowIfNotDeclared(result.Status, result.Problem is not null);
        if (result.Problem is { } problem)
        {
            return ProblemResponse(problem, call.Request);
        }

        return result.Value is { } page
            ? new ApiResponse(result.Status, Headers(PageType, result.Version), page.Content)
            : new ApiResponse(result.Status, Headers(null, result.Version));
    }
}
