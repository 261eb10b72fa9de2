namespace Segmentation.Core.Api;

/// <summary>What a handler answers: a document of the type that its route declares, that it has not changed, or a problem.</summary>
internal sealed record ApiResult<T>
    where T : class
{
    private ApiResult(int status, T? value, ApiProblem? problem)
    {
        Status = status;
        Value = value;
        Problem = problem;
    }

    public int Status { get; }

    /// <summary>The document; null where there is none to send.</summary>
    public T? Value { get; }

    public ApiProblem? Problem { get; }

    /// <summary>The version of what is answered, without quotes, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Where what was made can be found.</summary>
    public string? Location { get; init; }

    public static implicit operator ApiResult<T>(T value) => new(200, value, null);

    public static implicit operator ApiResult<T>(ApiProblem problem) => new(problem.Status, null, problem);

    public static ApiResult<T> Of(int status, T value) => new(status, value, null);

    /// <summary>Work that was taken on, and where to follow it.</summary>
    public static ApiResult<T> Accepted(T value, string runId) => new(202, value, null) { Location = $"/api/runs/{runId}" };

    /// <summary>The document, or that the caller has this version already.</summary>
    public static ApiResult<T> Versioned(T value, string version, ApiCall call) =>
        call.Has(version) ? NotModified(version) : new ApiResult<T>(200, value, null) { Version = version };

    /// <summary>The caller has this version already.</summary>
    public static ApiResult<T> NotModified(string version) => new(304, null, null) { Version = version };
}

/// <summary>A stored document that is sent as it is.</summary>
/// <param name="Content">Its bytes; a stream that can seek.</param>
internal sealed record StoredPage(Stream Content);
