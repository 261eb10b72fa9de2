using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Segmentation.Storage.Azure.Tables;

namespace Segmentation.Benchmarks;

/// <summary>The Table service by nothing but an HTTP client: the measure of what any client could reach.</summary>
internal sealed class RawTables : IDisposable
{
    private readonly StorageConnection _connection;
    private readonly HttpClient _client;

    public RawTables(string connectionString, int connections)
    {
        _connection = StorageConnection.Parse(connectionString);
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, AllowAutoRedirect = false })
        {
            DefaultRequestVersion = HttpVersion.Version11,
        };
    }

    public string Endpoint => _connection.Endpoint.AbsoluteUri.TrimEnd('/');

    /// <summary>Makes a table.</summary>
    public async Task MakeAsync(string table, CancellationToken cancellationToken)
    {
        using var body = new StringContent($$"""{"TableName":"{{table}}"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, $"{Endpoint}/Tables", body, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Removes a table, so that the next round meets an emulator that holds as little as this one did.</summary>
    public async Task DropAsync(string table, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Delete, $"{Endpoint}/Tables('{table}')", body: null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Sends transactions whose bodies are ready, over so many connections.</summary>
    public Task SubmitAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, int connections, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        bodies, new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellationToken }, async (bytes, token) =>
        {
            using var body = new ReadOnlyMemoryContent(bytes);
            body.Headers.ContentType = MediaTypeHeaderValue.Parse(TransactionBody.ContentType);
            using HttpResponseMessage response = await SendAsync(HttpMethod.Post, $"{Endpoint}/$batch", body, token);
            string answer = await response.Content.ReadAsStringAsync(token);
            if (response.StatusCode != HttpStatusCode.Accepted || answer.Contains("HTTP/1.1 4", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(answer);
            }
        });

    /// <summary>Reads one row and throws it away.</summary>
    public async Task ReadAsync(string row, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, row, body: null, cancellationToken);
        await response.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string uri, HttpContent? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, uri) { Content = body };
        string date = DateTimeOffset.UtcNow.ToString("R");
        string signed = $"{date}\n/{_connection.Account}{request.RequestUri!.AbsolutePath}";
        string signature = Convert.ToBase64String(HMACSHA256.HashData(_connection.Key!, Encoding.UTF8.GetBytes(signed)));
        request.Headers.TryAddWithoutValidation("x-ms-date", date);
        request.Headers.TryAddWithoutValidation("x-ms-version", TableClientOptions.Version);
        request.Headers.TryAddWithoutValidation("DataServiceVersion", "3.0");
        request.Headers.TryAddWithoutValidation("Accept", TableClient.Json);
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKeyLite {_connection.Account}:{signature}");
        return _client.SendAsync(request, cancellationToken);
    }
}
