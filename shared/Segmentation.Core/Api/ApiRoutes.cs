using Segmentation.Core.Api.Documents;

namespace Segmentation.Core.Api;

/// <summary>The one table of all routes: hosts answer them, the OpenAPI document describes them.</summary>
internal static partial class ApiRoutes
{
    /// <summary>How a page that may be read again is kept: by the caller alone, and only after asking whether it changed.</summary>
    private const string Revalidated = "private, no-cache";

    private const string ReportPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static readonly (int Status, string Description) BadId =
        (400, "The path is malformed, the id is missing, or it is longer than 64 KiB.");

    // What may happen wherever something stored is read or written.
    private static readonly (int Status, string Description)[] Failures =
    [
        (500, "The request failed unexpectedly; the service has logged why."),
        (503, "The storage cannot be used now."),
        (507, "The disk is full."),
    ];

    private static readonly ApiParameter CustomerId = new(
        "customerId",
        "The id of the customer, percent-encoded as one segment of the path: a slash inside it is %2F. Outer blanks do not count.",
        "12347");

    private static readonly ApiParameter RunId = new("runId", "The id of the run.", "20240601-030000-000");

    private static readonly ApiParameter UploadId = new("uploadId", "The id of the upload.", "0f4c2a9e1b7d3c5a6e8f9012");

    /// <summary>All routes, in the order in which they are documented.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } = [.. Segments(), .. Runs(), .. Uploads(), .. Customers(), .. Service()];

    // With more fixed segments first, so that the first that matches is the best match.
    private static readonly ApiRoute[] ByLiterals = [.. All.OrderByDescending(route => route.Literals)];

    /// <summary>The route of a path and a method; where the path is another's, the methods that it takes.</summary>
    /// <param name="segments">The decoded segments of the path.</param>
    /// <param name="method">The method.</param>
    /// <returns>The route, or the value of <c>Allow</c>, or neither where there is no such path.</returns>
    public static (ApiRoute? Route, string? Allow) Match(string[] segments, string method)
    {
        // A customer may be named like a fixed part of another route, which has another method.
        foreach (ApiRoute route in ByLiterals)
        {
            if (route.Method == method && route.Matches(segments))
            {
                return (route, null);
            }
        }

        string[] methods =
        [
            .. ByLiterals.Where(route => route.Matches(segments)).SelectMany(route => route.Method == "GET" ? (string[])["GET", "HEAD"] : [route.Method])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        return (null, methods.Length == 0 ? null : string.Join(", ", methods));
    }

    private static IEnumerable<ApiRoute> Customers() =>
    [
        new ApiRoute<CustomerDocument>(
            "GET", "/api/customers/{customerId}/data", "getCustomerData", "Customers", ApiJson.Answers.CustomerDocument,
            static (api, call, token) => api.Customers.FindAsync(call, token))
        {
            Summary = "Everything that is held of a customer",
            Description = "What each run says of the customer, and all rows of uploads.",
            Parameters = [CustomerId],
            Successes = [(200, "Everything that is held.")],
            Problems = [BadId, (404, "Nothing is held of this customer."), .. Failures],
        },
        new ApiRoute<ErasureDocument>(
            "DELETE", "/api/customers/{customerId}", "eraseCustomer", "Customers", ApiJson.Answers.ErasureDocument,
            static (api, call, token) => api.Customers.EraseAsync(call, token))
        {
            Summary = "Erase a customer",
            Description = "Takes the customer out of every published run at once, and asks for a run that "
                + "takes it out of figures and report. "
                + "The customer stays erased when an old file comes again.",
            Parameters = [CustomerId],
            Successes = [(200, "The receipt.")],
            Problems = [BadId, (404, "Nothing is held of this customer."), .. Failures],
        },
    ];

    private static IEnumerable<ApiRoute> Service() =>
    [
        new PageRoute(
            "GET", "/api/report", "getReport", "Service", "text/html; charset=utf-8",
            static (api, call, token) => api.Segments.ReportAsync(call, token))
        {
            Summary = "The report of the current run",
            Description = "One page for people, which loads nothing.",
            CacheControl = Revalidated,
            IsVersioned = true,
            ContentSecurityPolicy = ReportPolicy,
            Successes = [(200, "The page."), (304, "The caller has this version already.")],
            Problems = [(404, "No run has been published yet, or the current one holds no report."), .. Failures],
        },
        new PageRoute(
            "GET", "/api/openapi.json", "getOpenApi", "Service", ApiRoute.Json,
            static (_, _, _) => Task.FromResult<ApiResult<StoredPage>>(new StoredPage(OpenApi.OpenApiDocument.Open())))
        {
            Summary = "This document",
            Description = "The description of the API in OpenAPI 3.1.",
            Successes = [(200, "The document.")],
            Problems = [],
        },
        new ApiRoute<HealthDocument>(
            "GET", "/api/health", "getHealth", "Service", ApiJson.Answers.HealthDocument,
            static (api, _, token) => api.Health.CheckAsync(token))
        {
            Summary = "How the service is",
            Description = "Reads the rows of the runs and the current model. Degraded: it works, but the "
                + "last run failed, uploads cannot be used, "
                + "or the host says so.",
            Successes = [(200, "It works: healthy or degraded."), (503, "It does not work: unhealthy.")],
            Problems = [],
        },
    ];
}
