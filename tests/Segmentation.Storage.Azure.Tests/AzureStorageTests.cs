using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Tables;
using Segmentation.Testing.Emulator;

namespace Segmentation.Storage.Azure.Tests;

/// <summary>How an account is named and who may use it.</summary>
public sealed class AzureStorageTests
{
    private const string Secret = "c2VjcmV0c2VjcmV0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "neither AccountName and AccountKey nor SharedAccessSignature")]
    [InlineData("AccountName=a;AccountKey=c2VjcmV0c2VjcmV0!", "AccountKey of the connection string of the storage is no Base64")]
    [InlineData("AccountKey=c2VjcmV0c2VjcmV0", "neither AccountName and AccountKey")]
    [InlineData("AccountName=a;c2VjcmV0c2VjcmV0", "Part 2 of the connection string of the storage is no NAME=VALUE")]
    [InlineData("SharedAccessSignature=c2VjcmV0c2VjcmV0", "neither TableEndpoint nor AccountName")]
    [InlineData("AccountName=a;AccountKey=c2VjcmV0c2VjcmV0;TableEndpoint=ftp://a", "'ftp://a', is no address")]
    public void A_connection_string_that_is_none_is_named_without_its_secret(string text, string message)
    {
        var fault = Assert.Throws<FormatException>(() => AzureStorage.Open(text, TimeProvider.System));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_names_the_table_service_by_account_suffix_or_address()
    {
        Assert.Equal("https://shop.table.core.windows.net/", Endpoint($"AccountName=shop;AccountKey={Secret}"));
        Assert.Equal("http://shop.table.core.chinacloudapi.cn/", Endpoint($"DefaultEndpointsProtocol=http;AccountName=shop; AccountKey={Secret};EndpointSuffix=core.chinacloudapi.cn;"));
        Assert.Equal("https://t.shop.example/x", Endpoint($"accountname=shop;accountkey={Secret};TABLEENDPOINT=https://t.shop.example/x"));
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", Endpoint("UseDevelopmentStorage=true"));
        Assert.Equal("https://shop.table.core.windows.net/", Endpoint("AccountName=shop;SharedAccessSignature=sv=1&sig=a%3D"));

        static string Endpoint(string text) => StorageConnection.Parse(text).Endpoint.ToString();
    }

    [Fact]
    public void Tokens_are_sent_over_https_alone()
    {
        var credential = new FixedCredential(() => new AccessToken("token", DateTimeOffset.MaxValue));
        var secure = new Uri("https://shop.example");
        Assert.Throws<ArgumentException>(() => AzureStorage.Open(new Uri("http://shop.example"), secure, credential, TimeProvider.System));
        Assert.Throws<ArgumentException>(() => AzureStorage.Open(secure, new Uri("http://shop.example"), credential, TimeProvider.System));
    }

    [Fact]
    public async Task An_identity_sends_its_token_to_both_services()
    {
        using var handler = new RecordingHandler();
        var credential = new FixedCredential(() => new AccessToken("the-token", DateTimeOffset.MaxValue));
        SegmentationStorage storage = Open(credential, handler);
        Assert.Null(await storage.Segments.FindCurrentRunAsync(Token));
        await Assert.ThrowsAsync<BlobNotFoundException>(() => storage.Uploads.OpenReadAsync("a", Token));
        Assert.Equal(["https://shop.table.core.windows.net/Runs(PartitionKey='pointer',RowKey='current') Bearer the-token", "https://shop.blob.core.windows.net/uploads/a Bearer the-token"], handler.Seen);
        Assert.Equal("https://storage.azure.com/.default", Assert.Single(credential.Scopes.Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_identity_that_gets_no_token_is_refused_access_and_not_asked_again()
    {
        int asked = 0;
        var credential = new FixedCredential(() =>
        {
            asked++;
            throw new NotSupportedException("No managed identity here.");
        });
        using var handler = new RecordingHandler();
        SegmentationStorage storage = Open(credential, handler);
        var fault = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => storage.Segments.FindCurrentRunAsync(Token));
        Assert.Contains("No managed identity here. Check the managed identity, or sign in.", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => storage.Uploads.ExistsAsync("a", Token));
        Assert.Equal(2, asked);
        Assert.Empty(handler.Seen);
    }

    private static SegmentationStorage Open(TokenCredential credential, HttpMessageHandler handler) => AzureStorage.Open(
        new Uri("https://shop.blob.core.windows.net"),
        new Uri("https://shop.table.core.windows.net"),
        credential,
        TimeProvider.System,
        options =>
        {
            options.Transport = new HttpClientTransport(new HttpClient(handler, disposeHandler: false));
            Faults.Quick(options);
        });

    private sealed class FixedCredential(Func<AccessToken> token) : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return token();
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class RecordingHandler : HttpMessageHandler
    {
        public List<string> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add($"{request.RequestUri} {request.Headers.Authorization}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)
            {
                RequestMessage = request,
                Content = new StringContent("""{"odata.error":{"code":"ResourceNotFound","message":{"lang":"en-US","value":"None."}}}"""),
            });
        }
    }
}
