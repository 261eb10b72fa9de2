namespace Segmentation.Core.Api;

/// <summary>Examples of bodies and answers; a test reads each against its schema.</summary>
internal static class ApiExamples
{
    public const string Segment = """
        {
          "customerId": "12347", "runId": "20240601-030000-000", "asOf": "2024-06-01",
          "rfm": { "recencyDays": 3, "frequency": 7, "monetary": 4310.00, "r": 5, "f": 5, "m": 5 },
          "segment": { "id": "champions", "name": "Champions" }, "cluster": { "id": "1", "name": "Best customers" },
          "strategy": "Thank them, show new things first, ask for a review.",
          "changes": { "date": "2024-06-16", "segment": { "id": "loyal", "name": "Loyal" } }, "excluded": null,
          "clusterChanges": { "date": "2024-07-02", "cluster": { "id": "2", "name": "Loyal regulars" } },
          "nextBetter": null, "nextBetterCluster": null
        }
        """;

    public const string Lookup = $$"""{ "found": [ {{Segment}} ], "missing": [ "unknown" ] }""";

    public const string Score = """
        {
          "runId": "20240601-030000-000", "asOf": "2024-06-01",
          "rfm": { "recencyDays": 10, "frequency": 3, "monetary": 250.50, "r": 5, "f": 3, "m": 2 },
          "segment": { "id": "potential-loyalists", "name": "Potential Loyalists" }, "cluster": { "id": "2", "name": "Recent customers" },
          "strategy": "Invite to the loyalty programme.",
          "distances": [ { "id": "1", "name": "Best customers", "distance": 1.9, "probability": null },
            { "id": "2", "name": "Recent customers", "distance": 0.4, "probability": null } ],
          "excluded": null, "rejected": []
        }
        """;

    public const string RequestedRun = """
        {
          "runId": "20240601-030000-000", "status": "requested", "cause": "request",
          "requestedAt": "2024-06-01T03:00:00Z", "finishedAt": null,
          "activatedAt": null, "current": false, "asOf": null, "customers": null, "clusters": null,
          "message": null, "progress": null, "results": null
        }
        """;

    public const string CompletedRun = """
        {
          "runId": "20240601-030000-000", "status": "completed", "cause": "schedule", "requestedAt": "2024-06-01T03:00:00Z",
          "finishedAt": "2024-06-01T03:01:20Z", "activatedAt": "2024-06-01T03:01:20Z",
          "current": true, "asOf": "2024-06-01", "customers": 4338,
          "clusters": 4, "message": null, "progress": null,
          "results": {
            "total": {
              "rows": 10, "kept": 7, "merged": 1, "returned": 1, "superseded": 0, "rejected": { "missing-customer": 1 },
              "revenue": {
                "rows": "100.00", "kept": "80.00", "merged": "10.00", "returned": "-5.00",
                "superseded": "0.00", "rejected": "15.00", "returnedCounted": "-5.00"
              }
            },
            "chosen": { "algorithm": "k-means", "k": 4, "reason": "The largest k among the best.", "clusterStability": [0.94, 0.9, 0.86, 0.94] },
            "transitions": null
          }
        }
        """;

    public static IReadOnlyDictionary<string, string> Lookups { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["two customers"] = """{ "customerIds": [ "12347", "unknown" ] }""",
    };

    public static IReadOnlyDictionary<string, string> Scores { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["figures"] = """{ "recencyDays": 10, "frequency": 3, "monetary": 250.50 }""",
        ["transactions"] = """
            {
              "transactions": [
                { "invoice": "1001", "date": "2024-05-01", "quantity": 2, "price": 19.90, "product": "A1" },
                { "invoice": "1002", "date": "2024-05-20T10:15:00", "price": 5 }
              ]
            }
            """,
    };
}
