using System.Text.Json;
using Segmentation.Functions.Tests.Support;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.StorageAccount;

/// <summary>Requests that cannot be answered, over the functions on a storage account.</summary>
public sealed class BadRequestTests(Azurite azurite)
{
    private const int MostIds = 1_000;
    private const int MostIdBytes = 64 << 10;

    [Fact]
    public async Task Each_is_told_what_is_wrong_by_its_status_and_a_problem()
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account, options: ("selection.algorithms", "none"));
        AssertProblem(404, "no-current-run", await app.SendAsync("GET", "/api/segments/k1"));
        await AzuriteApps.UploadThreeGroupsAsync(account);
        await app.TickAsync();
        await app.Engine.RunAsync();

        AssertProblem(400, "missing-id", await app.SendAsync("GET", "/api/segments/"));
        AssertProblem(404, "unknown-customer", await app.SendAsync("GET", $"/api/segments/{new string('x', MostIdBytes)}"));
        AssertProblem(400, "id-too-long", await app.SendAsync("GET", $"/api/segments/{new string('x', MostIdBytes + 1)}"));
        AssertProblem(400, "malformed-path", await app.SendAsync("GET", "/api/segments/%zz"));
        AssertProblem(400, "invalid-body", await app.SendAsync("POST", "/api/segments/lookup", Batch(MostIds + 1)));
        Assert.Equal(200, (await app.SendAsync("POST", "/api/segments/lookup", Batch(MostIds))).Status);
        AssertProblem(400, "invalid-body", await app.SendAsync("POST", "/api/segments/lookup", JsonSerializer.Serialize(new { customerIds = new[] { new string('x', MostIdBytes + 1) } })));
        AssertProblem(400, "malformed-json", await app.SendAsync("POST", "/api/segments/lookup", "{\"customerIds\":["));
        AssertProblem(404, "unknown-run", await app.SendAsync("GET", "/api/runs/..%2F..%2Fclean"));
        AssertProblem(404, "unknown-upload", await app.SendAsync("DELETE", "/api/uploads/..%2F.."));
        Assert.Equal(404, (await app.SendAsync("DELETE", $"/api/customers/{new string('y', MostIdBytes)}")).Status);
        Assert.Equal(405, (await app.SendAsync("PATCH", "/api/runs")).Status);
    }

    internal static void AssertProblem(int status, string kind, HttpAnswer answer)
    {
        Assert.True(status == answer.Status, $"{answer.Status}: {answer.Text}");
        Assert.Contains("Content-Type: application/problem+json", answer.Headers, StringComparison.Ordinal);
        Assert.Equal($"urn:segmentation:problem:{kind}", answer.Json.GetProperty("type").GetString());
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
    }

    private static string Batch(int ids) => JsonSerializer.Serialize(new { customerIds = Enumerable.Range(0, ids).Select(i => $"k{i}") });
}
