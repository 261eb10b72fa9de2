using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Api;

public sealed class UploadTests
{
    [Fact]
    public async Task Uploads_are_listed_with_what_became_of_them()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        JsonElement[] uploads = [.. (await api.GetAsync("/api/uploads")).Json.GetProperty("uploads").EnumerateArray()];
        Assert.Equal(["2024/a.csv", "2024/b.csv", "c.csv", "notes.txt"], uploads.Select(upload => upload.GetProperty("name").GetString()!), StringComparer.Ordinal);
        Assert.Equal(["cleaned", "cleaned", "cleaned", "unusable"], uploads.Select(upload => upload.GetProperty("status").GetString()!), StringComparer.Ordinal);
        Assert.NotEqual("", uploads[3].GetProperty("error").GetProperty("message").GetString(), StringComparer.Ordinal);
        Assert.Equal("""{"missing-customer":1}""", uploads[0].GetProperty("rejected").GetRawText());
    }

    [Fact]
    public async Task An_upload_is_explained_with_its_ledger_of_the_current_run()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        JsonElement upload = (await api.GetAsync($"/api/uploads/{UploadRecord.IdOf("c.csv")}")).Json;
        Assert.Equal("utf-8", upload.GetProperty("dialect").GetProperty("encoding").GetString());
        JsonElement entry = JsonElement.Parse(api.Store.Result(ApiFixture.FirstRun, "ledger.json")).GetProperty("uploads").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "c.csv");
        Assert.Equal(entry.GetProperty("kept").GetInt64(), upload.GetProperty("ledger").GetProperty("kept").GetInt64());
        Assert.True(JsonElement.DeepEquals(entry.GetProperty("revenue"), upload.GetProperty("ledger").GetProperty("revenue")));
        Assert.Equal(JsonValueKind.Null, (await api.GetAsync($"/api/uploads/{UploadRecord.IdOf("notes.txt")}")).Json.GetProperty("dialect").ValueKind);
    }

    [Fact]
    public async Task A_withdrawal_changes_alone_and_asks_for_a_run()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        string path = $"/api/uploads/{UploadRecord.IdOf("c.csv")}";
        Answer answer = await api.DeleteAsync(path);
        string waiting = (await api.GetAsync("/api/runs")).Json.GetProperty("runs")[0].GetProperty("runId").GetString()!;
        Assert.Equal((202, $"/api/runs/{waiting}", "withdrawn"), (answer.Status, answer.Header("Location"), answer.Json.GetProperty("status").GetString()));
        Assert.Equal([RunCause.Withdrawal], api.Causes);
        Assert.Equal(1, api.ChangesAlone);
        Assert.Equal("withdrawn", (await api.GetAsync(path)).Json.GetProperty("status").GetString());

        Answer again = await api.DeleteAsync(path);
        Assert.Equal((404, "upload-withdrawn"), (again.Status, again.Problem));
        Assert.Single(api.Causes);
    }

    [Theory]
    [InlineData("0f4c2a9e1b7d3c5a6e8f9012")]
    [InlineData("0F4C2A9E1B7D3C5A6E8F9012")]
    [InlineData("c.csv")]
    [InlineData("..%2F..%2Fsecret")]
    public async Task Whatever_is_no_id_of_an_upload_is_unknown(string id)
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Assert.Equal("unknown-upload", (await api.GetAsync($"/api/uploads/{id}")).Problem);
        Assert.Equal("unknown-upload", (await api.DeleteAsync($"/api/uploads/{id}")).Problem);
        Assert.Equal(0, api.ChangesAlone);
    }

    [Fact]
    public async Task An_erasure_changes_alone_and_asks_for_a_run_and_an_unknown_customer_for_none()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        JsonElement receipt = (await api.DeleteAsync("/api/customers/k1")).Json;
        Assert.Equal([RunCause.Erasure], api.Causes);
        Assert.Equal(1, api.ChangesAlone);
        Assert.Equal((await api.GetAsync("/api/runs")).Json.GetProperty("runs")[0].GetProperty("runId").GetString(), receipt.GetProperty("runId").GetString());
        Assert.Equal("nothing-held", (await api.DeleteAsync("/api/customers/nobody")).Problem);
        Assert.Single(api.Causes);
    }
}
