using Segmentation.Core.Api.Documents;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Segments.Scoring;

namespace Segmentation.Core.Api;

internal static partial class ApiRoutes
{
    private const int MostBodyBytes = 1 << 20;
    private const int MostScoreBytes = 8 << 20;

    private const string NoRunYet = "No run has been published yet.";
    private const string BadBody = "The body is malformed or not what is expected; every fault is listed with its place.";

    private static IEnumerable<ApiRoute> Segments() =>
    [
        new ApiRoute<SegmentAnswer>(
            "GET", "/api/segments/{customerId}", "getSegment", "Segments", ApiJson.Answers.SegmentAnswer,
            static (api, call, token) => api.Segments.FindAsync(call, token))
        {
            Summary = "The segment of a customer",
            Description = "Measures, scores, named segment, cluster, what to do, and the next date on which the named "
                + "segment changes if nothing is bought; the date on which the customer falls to another cluster (`clusterChanges`); and the least orders that lead to a "
                + "better named segment (`nextBetter`) or cluster (`nextBetterCluster`). "
                + "A customer whose returns are worth at least its purchases is answered with `excluded`.",
            Parameters = [CustomerId],
            CacheControl = Revalidated,
            IsVersioned = true,
            Successes = [(200, "The segment."), (304, "The caller has this version already.")],
            Problems = [BadId, (404, "The customer is unknown, or no run has been published yet: `type` tells which."), .. Failures],
            Example = ApiExamples.Segment,
        },
        new ApiRoute<LookupDocument>(
            "POST", "/api/segments/lookup", "lookUpSegments", "Segments", ApiJson.Answers.LookupDocument,
            static (api, call, token) => api.Segments.FindAllAsync(call, token))
        {
            Summary = "The segments of up to 1,000 customers",
            Description = "All answers come from one run.",
            Body = new ApiBody(ApiJson.Answers.LookupRequest, MostBodyBytes, "Up to 1,000 ids; at most 1 MiB.", ApiExamples.Lookups),
            IsVersioned = true,
            Successes = [(200, "The known customers, and the ids of the others.")],
            Problems = [(400, BadBody), (404, NoRunYet), .. BodyProblems("1 MiB"), .. Failures],
            Example = ApiExamples.Lookup,
        },
        new ApiRoute<SegmentsDocument>(
            "GET", "/api/segments", "listSegments", "Segments", ApiJson.Answers.SegmentsDocument,
            static (api, call, token) => api.Segments.ListAsync(call, token))
        {
            Summary = "The segments of the current run",
            Description = "Clusters, then named segments, each with its figures, its description and what to do.",
            CacheControl = Revalidated,
            IsVersioned = true,
            Successes = [(200, "The segments."), (304, "The caller has this version already.")],
            Problems = [(404, NoRunYet), .. Failures],
        },
        new ApiRoute<CustomerScore>(
            "POST", "/api/score", "scoreCustomer", "Segments", ApiJson.Answers.CustomerScore,
            static (api, call, token) => api.Segments.ScoreAsync(call, token))
        {
            Summary = "Which segments a new customer would be in",
            Description = "By three figures, or by transactions, which are judged by the rules of uploads "
                + "with the options of the current run. "
                + "Nothing is stored. Recency counts back from the as-of date of the run, or from the day "
                + "after the last purchase where that is later.",
            Body = new ApiBody(
                ApiJson.Answers.ScoreRequest, MostScoreBytes,
                "Either recencyDays, frequency and monetary, or up to 100,000 transactions of one customer; at most 8 MiB. "
                + "Either every transaction has an amount, or every one has a price.",
                ApiExamples.Scores),
            Successes = [(200, "The segments.")],
            Problems = [(400, BadBody), (404, NoRunYet), .. BodyProblems("8 MiB"),
                (422, "None of the transactions is a purchase that counts."), .. Failures],
            Example = ApiExamples.Score,
        },
    ];

    private static (int Status, string Description)[] BodyProblems(string limit) =>
        [(413, $"The body is larger than {limit}."), (415, "The body is not `application/json` in UTF-8.")];
}
