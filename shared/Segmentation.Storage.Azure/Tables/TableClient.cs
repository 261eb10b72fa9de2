using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>One table. Thread-safe.</summary>
/// <remarks>
/// Each call is repeated when the service is busy, slow or cut off, as <see cref="ClientOptions.Retry" /> says; every call but
/// <see cref="AddEntityAsync" /> may be repeated without harm. Failures are <see cref="RequestFailedException" /> with the status and the
/// error code of the service, or an <see cref="AggregateException" /> of what all attempts met.
/// </remarks>
public sealed class TableClient
{
    /// <summary>The form of rows.</summary>
    internal const string Json = "application/json;odata=minimalmetadata";

    private readonly HttpPipeline _pipeline;
    private readonly string _endpoint;
    private readonly string _table;

    internal TableClient(HttpPipeline pipeline, string endpoint, string name)
    {
        _pipeline = pipeline;
        _endpoint = endpoint;
        _table = $"{endpoint}/{name}";
        Name = name;
    }

    /// <summary>The name of the table.</summary>
    public string Name { get; }

    /// <summary>A filter for <see cref="QueryAsync" />, with its texts quoted: <c>$"PartitionKey eq {key}"</c>.</summary>
    public static string CreateQueryFilter(FormattableString filter) => string.Format(
        CultureInfo.InvariantCulture,
        filter.Format,
        [.. filter.GetArguments().Select(argument => (object)$"'{Convert.ToString(argument, CultureInfo.InvariantCulture)!.Replace("'", "''", StringComparison.Ordinal)}'")]);

    /// <summary>Makes the table; false where it was there.</summary>
    public async Task<bool> CreateIfNotExistsAsync(CancellationToken cancellationToken)
    {
        using HttpMessage message = Message(RequestMethod.Post, $"{_endpoint}/Tables");
        message.Request.Headers.Add("Prefer", "return-no-content");
        var body = new ArrayBufferWriter<byte>();
        using (Utf8JsonWriter json = EntityJson.Writer(body))
        {
            json.WriteStartObject();
            json.WriteString("TableName"u8, Name);
            json.WriteEndObject();
        }

        SetBody(message, body.WrittenMemory);
        await _pipeline.SendAsync(message, cancellationToken);
        if (message.Response.Status is 201 or 204)
        {
            return true;
        }

        var fault = new RequestFailedException(message.Response);
        return fault.ErrorCode == TableErrorCode.TableAlreadyExists ? false : throw fault;
    }

    /// <summary>Writes a row that must not be there. Where an attempt was cut off and repeated, the row of the first may be in the way (409).</summary>
    public Task AddEntityAsync(TableEntity entity, CancellationToken cancellationToken) =>
        WriteAsync(RequestMethod.Post, _table, entity, cancellationToken);

    /// <summary>Writes a row in place of any that is there.</summary>
    public Task UpsertEntityAsync(TableEntity entity, CancellationToken cancellationToken) =>
        WriteAsync(RequestMethod.Put, _table + KeysOf(entity.PartitionKey, entity.RowKey), entity, cancellationToken);

    /// <summary>Reads a row, or null where it, or the table, is not there.</summary>
    public async Task<TableEntity?> GetEntityIfExistsAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        using HttpMessage message = Message(RequestMethod.Get, _table + KeysOf(partitionKey, rowKey));
        await _pipeline.SendAsync(message, cancellationToken);
        switch (message.Response.Status)
        {
            case 200:
                using (JsonDocument document = Parse(message.Response))
                {
                    return EntityJson.Read(document.RootElement, message.Response.Headers.ETag);
                }

            case 404 when IsNotFound(message.Response):
                return null;
            default:
                throw new RequestFailedException(message.Response);
        }
    }

    /// <summary>Reads the rows that a filter names, in order of their keys; nothing where the table is not there.</summary>
    /// <param name="filter">An OData filter; see <see cref="CreateQueryFilter" />.</param>
    /// <param name="select">The properties to read, or null for all.</param>
    /// <param name="maxPerPage">Rows of one request, up to 1,000, or null for as many as the service gives.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    public async IAsyncEnumerable<TableEntity> QueryAsync(
        string filter,
        IEnumerable<string>? select = null,
        int? maxPerPage = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string query = $"{_table}()?$format={Uri.EscapeDataString(Json)}&$filter={Uri.EscapeDataString(filter)}"
            + (select is null ? "" : $"&$select={Uri.EscapeDataString(string.Join(',', select))}")
            + (maxPerPage is null ? "" : string.Create(CultureInfo.InvariantCulture, $"&$top={maxPerPage}"));
        string? next = query;
        while (next is not null)
        {
            using HttpMessage message = Message(RequestMethod.Get, next);
            await _pipeline.SendAsync(message, cancellationToken);
            if (message.Response.Status == 404 && IsNotFound(message.Response))
            {
                yield break;
            }

            using JsonDocument document = message.Response.Status == 200 ? Parse(message.Response) : throw new RequestFailedException(message.Response);
            foreach (JsonElement row in document.RootElement.GetProperty("value").EnumerateArray())
            {
                yield return EntityJson.Read(row, etag: null);
            }

            next = Continuation(query, message.Response);
        }
    }

    /// <summary>Removes a row; false where it is not there.</summary>
    /// <param name="partitionKey">Its first key.</param>
    /// <param name="rowKey">Its second key.</param>
    /// <param name="ifMatch">The version that it must have (412 otherwise), or none for any.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<bool> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch, CancellationToken cancellationToken)
    {
        using HttpMessage message = Message(RequestMethod.Delete, _table + KeysOf(partitionKey, rowKey));
        message.Request.Headers.Add(HttpHeader.Names.IfMatch, ifMatch == default ? "*" : ifMatch.ToString());
        await _pipeline.SendAsync(message, cancellationToken);
        return message.Response.Status switch
        {
            204 => true,
            404 when IsNotFound(message.Response) => false,
            _ => throw new RequestFailedException(message.Response),
        };
    }

    /// <summary>Does up to 100 actions on rows of one partition, 4 MiB together, all or none.</summary>
    /// <exception cref="ArgumentException">They are none or too many, too large, or not of one partition.</exception>
    /// <exception cref="TableTransactionFailedException">One of them cannot be done.</exception>
    public async Task SubmitTransactionAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        PooledBuffer body = TransactionBody.Write([.. actions], _table);
        using HttpMessage message = Message(RequestMethod.Post, $"{_endpoint}/$batch");
        message.Request.Headers.Add(HttpHeader.Names.ContentType, TransactionBody.ContentType);
        message.Request.Content = RequestContent.Create(body.WrittenMemory);
        await _pipeline.SendAsync(message, cancellationToken);

        // Answered, it was read to its end. A request that failed may still be on its way.
        body.Return();
        if (message.Response.Status != 202)
        {
            throw new RequestFailedException(message.Response);
        }

        if (TransactionBody.Failure(message.Response) is { } failure)
        {
            throw new TableTransactionFailedException(failure);
        }
    }

    /// <summary>The keys of a row as a part of an address.</summary>
    internal static string KeysOf(string partitionKey, string rowKey) => $"{KeysBefore(partitionKey)}{Escape(rowKey)}')";

    /// <summary>What of an address stands between the table and the escaped key of a row.</summary>
    internal static string KeysBefore(string partitionKey) => $"(PartitionKey='{Escape(partitionKey)}',RowKey='";

    /// <summary>A key as a part of an address.</summary>
    internal static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private static bool IsNotFound(Response response) =>
        new RequestFailedException(response).ErrorCode is TableErrorCode.ResourceNotFound or TableErrorCode.TableNotFound;

    private static string? Continuation(string query, Response response)
    {
        if (!response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out string? partition) || partition.Length == 0)
        {
            return null;
        }

        string row = response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out string? key) && key.Length > 0
            ? $"&NextRowKey={Uri.EscapeDataString(key)}"
            : "";
        return $"{query}&NextPartitionKey={Uri.EscapeDataString(partition)}{row}";
    }

    private static JsonDocument Parse(Response response)
    {
        try
        {
            return JsonDocument.Parse(response.Content.ToMemory());
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("The answer of the table service is no JSON.", fault);
        }
    }

    private static void SetBody(HttpMessage message, ReadOnlyMemory<byte> body)
    {
        message.Request.Headers.Add(HttpHeader.Names.ContentType, "application/json");
        message.Request.Content = RequestContent.Create(body);
    }

    private async Task WriteAsync(RequestMethod method, string uri, TableEntity entity, CancellationToken cancellationToken)
    {
        using HttpMessage message = Message(method, uri);
        message.Request.Headers.Add("Prefer", "return-no-content");
        var body = new ArrayBufferWriter<byte>();
        using (Utf8JsonWriter json = EntityJson.Writer(body))
        {
            EntityJson.Write(json, entity);
        }

        SetBody(message, body.WrittenMemory);
        await _pipeline.SendAsync(message, cancellationToken);
        if (message.Response.Status is not (201 or 204))
        {
            throw new RequestFailedException(message.Response);
        }
    }

    private HttpMessage Message(RequestMethod method, string uri)
    {
        HttpMessage message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(uri));
        message.Request.Headers.Add("x-ms-version", TableClientOptions.Version);
        message.Request.Headers.Add("DataServiceVersion", "3.0");
        message.Request.Headers.Add(HttpHeader.Names.Accept, Json);
        return message;
    }
}
