using System.Globalization;
using System.Text.Json;

namespace Segmentation.Core.Tests.Api;

public sealed class ScoreTests
{
    [Fact]
    public async Task Figures_are_scored_and_nothing_is_stored()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        string before = api.Store.Everything();
        JsonElement score = (await api.PostAsync("/api/score", """{"recencyDays":1,"frequency":12.0,"monetary":36e2}""")).Json;
        Assert.Equal(("champions", "1", 3600), (score.GetProperty("segment").GetProperty("id").GetString(), score.GetProperty("cluster").GetProperty("id").GetString(), score.GetProperty("rfm").GetProperty("monetary").GetDouble()));
        Assert.Equal((ApiFixture.FirstRun, "2024-05-11"), (score.GetProperty("runId").GetString(), score.GetProperty("asOf").GetString()));
        await api.PostAsync("/api/score", """{"transactions":[{"date":"2024-05-01","price":5,"quantity":2}]}""");
        Assert.Equal(before, api.Store.Everything());
    }

    [Theory]
    [InlineData("""{"recencyDays":-1,"frequency":0,"monetary":-0.01}""", "/recencyDays /frequency /monetary")]
    [InlineData("""{"recencyDays":1.5,"frequency":2.5,"monetary":1e15}""", "/recencyDays /frequency /monetary")]
    [InlineData("""{"recencyDays":1e16,"frequency":1e16,"monetary":1e999}""", "/recencyDays /frequency /monetary")]
    [InlineData("""{"recencyDays":"1","monetary":null}""", "/recencyDays /frequency /monetary")]
    [InlineData("""{"recencyDays":4000000,"frequency":1,"monetary":1}""", "/recencyDays")]
    [InlineData("""{"recencyDays":4,"frequency":1,"monetary":0}""", "/monetary")]
    [InlineData("""{"recencyDays":4,"frequency":1,"monetary":6e-7}""", "/monetary")]
    [InlineData("""{"recency":4,"frequency":1,"monetary":1}""", "/recencyDays /recency")]
    [InlineData("""{"a/b":4}""", " /a~1b")]
    [InlineData("{}", "")]
    [InlineData("""{"recencyDays":1,"transactions":[]}""", "")]
    [InlineData("""{"transactions":{}}""", "/transactions")]
    [InlineData("""{"transactions":[]}""", "/transactions")]
    [InlineData("""{"transactions":[1,{"date":2,"price":"3"},{"price":1,"invoice":7}]}""", "/transactions/0 /transactions/1/date /transactions/1/price /transactions/2/date /transactions/2/invoice")]
    [InlineData("""{"transactions":[{"date":"2024-05-01"}]}""", "/transactions/0/price")]
    [InlineData("""{"transactions":[{"date":"2024-05-01","amount":1},{"date":"2024-05-01","price":1}]}""", "/transactions/1/amount")]
    public async Task Every_fault_is_told_with_its_place(string body, string pointers)
    {
        Answer answer = await (await new ApiFixture().RunAsync()).PostAsync("/api/score", body);
        Assert.Equal((400, "invalid-body"), (answer.Status, answer.Problem));
        Assert.Equal(pointers, string.Join(' ', answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString())));
    }

    [Fact]
    public async Task The_detail_begins_with_the_place_or_where_there_is_none_with_the_fault_and_an_empty_body_is_called_so()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Assert.StartsWith("Found neither", (await api.PostAsync("/api/score", "{}")).Detail, StringComparison.Ordinal);
        Assert.StartsWith("/monetary: Found 0, expected an amount", (await api.PostAsync("/api/score", """{"recencyDays":1,"frequency":1,"monetary":0}""")).Detail, StringComparison.Ordinal);
        Assert.StartsWith("The body is empty", (await api.PostAsync("/api/score", " \n")).Detail, StringComparison.Ordinal);
        Assert.Contains(": 1 was rejected,", (await api.PostAsync("/api/score", """{"transactions":[{"date":"soon","price":1}]}""")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transactions_tell_which_of_them_do_not_count()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        JsonElement score = (await api.PostAsync("/api/score", """{"transactions":[{"date":"soon","price":1},{"invoice":"7","date":"2024-05-20","price":2.5,"quantity":2}]}""")).Json;
        Assert.Equal((1, 1, 5.0), (score.GetProperty("rfm").GetProperty("recencyDays").GetInt32(), score.GetProperty("rfm").GetProperty("frequency").GetInt32(), score.GetProperty("rfm").GetProperty("monetary").GetDouble()));
        Assert.Equal("2024-05-21", score.GetProperty("asOf").GetString());
        JsonElement rejected = score.GetProperty("rejected").EnumerateArray().Single();
        Assert.Equal((0, "unreadable-date"), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task The_options_of_the_current_run_judge()
    {
        ApiFixture api = await new ApiFixture().RunAsync(ApiFixture.FirstRun, ("cleaning.nonProductCodes", "GIFT"));
        Answer answer = await api.PostAsync("/api/score", """{"transactions":[{"date":"2024-05-01","price":1,"product":"GIFT"}]}""");
        Assert.Equal((422, "no-purchase-counts"), (answer.Status, answer.Problem));
        JsonElement error = answer.Json.GetProperty("errors").EnumerateArray().Single();
        Assert.Equal("/transactions/0", error.GetProperty("pointer").GetString());
        Assert.StartsWith("non-product: ", error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await api.PostAsync("/api/score", """{"transactions":[{"date":"2024-05-01","price":1,"product":"POST"}]}""")).Status);
    }

    [Fact]
    public async Task Transactions_that_cannot_be_read_at_all_and_returns_alone_do_not_count()
    {
        ApiFixture api = await new ApiFixture().RunAsync(ApiFixture.FirstRun, ("import.maxFieldBytes", "70"));
        Assert.Equal(422, (await api.PostAsync("/api/score", $$"""{"transactions":[{"date":"2024-05-01","price":1,"product":"{{new string('x', 100)}}"}]}""")).Status);
        Assert.Equal(422, (await api.PostAsync("/api/score", """{"transactions":[{"date":"2024-05-01","price":1,"invoice":"C1"}]}""")).Status);
    }

    [Fact]
    public async Task A_hundred_thousand_transactions_are_scored_and_one_more_is_not()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        static string Body(int count) => string.Create(
            CultureInfo.InvariantCulture, $"{{\"transactions\":[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"invoice\":\"{i % 500}\",\"date\":\"2024-05-01\",\"price\":{i + 1}}}"))}]}}");
        Assert.Equal(500, (await api.PostAsync("/api/score", Body(100_000))).Json.GetProperty("rfm").GetProperty("frequency").GetInt32());
        Answer answer = await api.PostAsync("/api/score", Body(100_001));
        Assert.Contains("Found 100001 transactions, expected 1 to 100000", answer.Detail, StringComparison.Ordinal);
    }
}
