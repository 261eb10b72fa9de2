using System.Globalization;
using Segmentation.Core.Api.Documents;

namespace Segmentation.Core.Api;

/// <summary>A problem to answer: its kind is one of the few that are listed here, its detail says what was found.</summary>
internal sealed record ApiProblem(int Status, string Kind, string Title, string Detail)
{
    private const string Namespace = "urn:segmentation:problem:";

    public IReadOnlyList<FaultDocument>? Errors { get; init; }

    /// <summary>The methods that the path has; only of <c>method-not-allowed</c>.</summary>
    public string? Allow { get; init; }

    /// <summary>Seconds after which it is worth trying again, or null.</summary>
    public int? RetryAfter { get; init; }

    public string Type => Namespace + Kind;

    public static ApiProblem BadPath(string detail) => new(400, "malformed-path", "The path is malformed.", detail);

    public static ApiProblem MissingId(string parameter) => new(
        400, "missing-id", "An id is missing.", $"The path ends where {{{parameter}}} is expected; put the percent-encoded id there.");

    public static ApiProblem LongId(int found, int allowed) => new(
        400, "id-too-long", "The id is too long.", Invariant($"The id has {found} bytes of UTF-8; at most {allowed} are allowed."));

    public static ApiProblem UnknownPath() => new(
        404, "unknown-path", "There is nothing at this path.", "No route of the API has this path; GET /api/openapi.json lists them.");

    public static ApiProblem MethodNotAllowed(string method, string allow) => new(
        405, "method-not-allowed", "The path has no such method.", $"The method {method} was used; the path has {allow}.")
    {
        Allow = allow,
    };

    public static ApiProblem MalformedJson(string detail) => new(400, "malformed-json", "The body is not valid JSON.", detail);

    public static ApiProblem UnreadBody() => new(
        400, "incomplete-body", "The body could not be read.", "The connection ended before the whole body had arrived; send it again.");

    public static ApiProblem InvalidBody(IReadOnlyList<FaultDocument> faults) => new(
        400, "invalid-body", "The body is not what is expected.",
        string.Join(' ', faults.Select(fault => fault.Place.Length == 0 ? fault.Detail : $"{fault.Place}: {fault.Detail}")))
    {
        Errors = faults,
    };

    public static ApiProblem TooLarge(long? found, int allowed) => new(
        413, "body-too-large", "The body is too large.", found is { } bytes
            ? Invariant($"The body has {bytes} bytes; at most {allowed} are allowed.")
            : Invariant($"The body has more than {allowed} bytes; at most {allowed} are allowed."));

    public static ApiProblem WrongContentType(string? found) => new(
        415, "unsupported-media-type", "The content type is not supported.",
        $"{(found is null ? "No content type" : $"The content type '{found}'")} was given; "
        + "send JSON in UTF-8 with the header 'Content-Type: application/json'.");

    public static ApiProblem NoRunYet() => new(
        404, "no-current-run", "No run has been published yet.",
        "Nothing can be looked up before the first run: drop a file of transactions, or POST /api/runs.");

    public static ApiProblem UnknownCustomer() => new(
        404, "unknown-customer", "The customer is unknown.",
        "The current run has no customer with this id: there is no purchase of this customer that counts.");

    public static ApiProblem NothingHeld() => new(
        404, "nothing-held", "Nothing is held of this customer.", "No upload and no run holds a customer with this id.");

    public static ApiProblem UnknownRun() => new(
        404, "unknown-run", "The run is unknown.", "There is no run with this id; GET /api/runs lists them.");

    public static ApiProblem NotActivatable(string detail) => new(409, "run-without-results", "The run has no results.", detail);

    public static ApiProblem UnknownUpload() => new(
        404, "unknown-upload", "The upload is unknown.", "There is no upload with this id; GET /api/uploads lists them.");

    public static ApiProblem AlreadyWithdrawn() => new(
        404, "upload-withdrawn", "The upload was withdrawn already.", "It takes part in no run that begins from now on.");

    public static ApiProblem NoReport() => new(
        404, "no-report", "The run has no report.", "The current run holds no report; POST /api/runs writes a new one.");

    public static ApiProblem NothingCounts(string detail, IReadOnlyList<FaultDocument> errors) => new(
        422, "no-purchase-counts", "No purchase counts.", detail)
    {
        Errors = errors,
    };

    public static ApiProblem Refused(int status, string detail) =>
        new(status, status == 401 ? "key-needed" : "refused", status == 401 ? "A key is needed." : "The request is refused.", detail);

    public static ApiProblem Unexpected() => new(
        500, "unexpected-failure", "The request failed unexpectedly.",
        "The fault is logged by the service. Trying again may help; if not, look at its log.");

    public static ApiProblem StorageUnavailable() => new(
        503, "storage-unavailable", "The storage cannot be used now.",
        "Reading or writing what is stored failed. "
        + "Check that the storage is there, can be reached, and may be read and written by the service; then try again.")
    {
        RetryAfter = 30,
    };

    public static ApiProblem DiskFull() => new(
        507, "disk-full", "The disk is full.", "The disk is full; free space and try again; nothing was lost.")
    {
        RetryAfter = 60,
    };

    /// <summary>The document of the problem, met at a path.</summary>
    public ProblemDocument Document(string path) => new(Type, Title, Status, Detail, InstanceOf(path), Errors);

    // An instance is a URI reference: a path that is none, or that is very long, is left out.
    private static string? InstanceOf(string path)
    {
        const int longest = 1_024;
        const string marks = "-._~!$&'()*+,;=:@/%";
        return path.Length <= longest && path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal)
            && path.All(letter => char.IsAsciiLetterOrDigit(letter) || marks.Contains(letter, StringComparison.Ordinal))
            ? path
            : null;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
