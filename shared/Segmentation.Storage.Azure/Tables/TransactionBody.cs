using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>The body of a transaction: one part a row, in one change set, and the answer to it.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions</remarks>
internal static class TransactionBody
{
    /// <summary>Most actions of a transaction.</summary>
    public const int MostActions = 100;

    /// <summary>Most bytes of a transaction.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>The type of the body.</summary>
    public const string ContentType = $"multipart/mixed; boundary={Batch}";

    // Of a row of a store some 600 are used; more only costs that the buffer grows once.
    private const int RoomOfAction = 1_000;

    // A boundary must not occur at the start of a line of a part. Parts are one line of JSON each, so that constants do.
    private const string Batch = "batch_segmentation";
    private const string ChangeSet = "changeset_segmentation";

    private const string RowHeaders = $"Content-Type: application/json\r\nAccept: {TableClient.Json}\r\nDataServiceVersion: 3.0\r\n\r\n";

    private static readonly byte[] Start = Encoding.UTF8.GetBytes($"--{Batch}\r\nContent-Type: multipart/mixed; boundary={ChangeSet}\r\n");
    private static readonly byte[] Part = Encoding.UTF8.GetBytes(
        $"\r\n--{ChangeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");

    private static readonly byte[] End = Encoding.UTF8.GetBytes($"\r\n--{ChangeSet}--\r\n--{Batch}--\r\n");
    private static readonly byte[] AfterUpserted = Encoding.UTF8.GetBytes($"') HTTP/1.1\r\n{RowHeaders}");
    private static readonly byte[] AfterDeleted = Encoding.UTF8.GetBytes($"') HTTP/1.1\r\nAccept: {TableClient.Json}\r\nIf-Match: ");

    /// <summary>Writes the actions on the rows of one partition of a table at an address.</summary>
    /// <returns>The body, for the caller to give back when it was sent.</returns>
    /// <exception cref="ArgumentException">They are none or too many, too large, or not of one partition.</exception>
    public static PooledBuffer Write(IReadOnlyList<TableTransactionAction> actions, string tableUri)
    {
        if (actions.Count is 0 or > MostActions)
        {
            throw new ArgumentException($"A transaction has {actions.Count} actions; expected 1 to {MostActions}.", nameof(actions));
        }

        string partition = actions[0].Entity.PartitionKey;
        var body = new PooledBuffer(actions.Count * RoomOfAction);
        using Utf8JsonWriter json = EntityJson.Writer(body);
        byte[] address = Encoding.UTF8.GetBytes($"{tableUri}{TableClient.KeysBefore(partition)}");
        body.Append(Start);
        foreach (TableTransactionAction action in actions)
        {
            if (action.Entity.PartitionKey != partition)
            {
                throw new ArgumentException($"A transaction has rows of partitions '{partition}' and '{action.Entity.PartitionKey}'.", nameof(actions));
            }

            body.Append(Part);
            WriteAction(body, json, action, address, tableUri);
        }

        body.Append(End);
        return body.WrittenCount <= MostBytes
            ? body
            : throw new ArgumentException($"A transaction has {body.WrittenCount} bytes; at most {MostBytes} are allowed.", nameof(actions));
    }

    /// <summary>The failure that the answer to a transaction holds, or null where all was done or the answer is to something else.</summary>
    public static TransactionFailure? Failure(Response response)
    {
        if (response.Status != 202 || response.ContentStream is not { CanSeek: true })
        {
            return null;
        }

        ReadOnlyMemory<byte> content = response.Content.ToMemory();
        ReadOnlySpan<byte> rest = content.Span;
        ReadOnlySpan<byte> line = "HTTP/1.1 "u8;
        for (int at = rest.IndexOf(line); at >= 0; at = rest.IndexOf(line))
        {
            rest = rest[(at + line.Length)..];
            if (rest.Length < 3 || !int.TryParse(rest[..3], NumberStyles.None, CultureInfo.InvariantCulture, out int status))
            {
                return new TransactionFailure(502, null, "The answer to a transaction cannot be read.", null);
            }

            if (status >= 400)
            {
                return Read(status, content[(content.Length - rest.Length)..]);
            }
        }

        return null;
    }

    private static TransactionFailure Read(int status, ReadOnlyMemory<byte> part)
    {
        int start = part.Span.IndexOf((byte)'{');
        int end = part.Span.LastIndexOf((byte)'}');
        if (start < 0 || end < start || TableErrorParser.Read(part[start..(end + 1)]) is not { Message: { } message } error)
        {
            return new TransactionFailure(status, null, "The service gave no reason.", null);
        }

        // "3:The specified entity already exists."
        int colon = message.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? new TransactionFailure(status, error.Code, message[(colon + 1)..], index)
            : new TransactionFailure(status, error.Code, message, null);
    }

    private static void WriteAction(PooledBuffer body, Utf8JsonWriter json, TableTransactionAction action, byte[] address, string tableUri)
    {
        switch (action.ActionType)
        {
            case TableTransactionActionType.Delete:
                AppendRow(body, "DELETE "u8, address, action.Entity);
                body.Append(AfterDeleted);
                Append(body, action.ETag == default ? "*" : action.ETag.ToString());
                body.Append("\r\nDataServiceVersion: 3.0\r\n\r\n"u8);
                return;
            case TableTransactionActionType.UpsertReplace:
                AppendRow(body, "PUT "u8, address, action.Entity);
                body.Append(AfterUpserted);
                break;
            default:
                Append(body, $"POST {tableUri} HTTP/1.1\r\nPrefer: return-no-content\r\n{RowHeaders}");
                break;
        }

        json.Reset();
        EntityJson.Write(json, action.Entity);
    }

    private static void AppendRow(PooledBuffer body, ReadOnlySpan<byte> method, byte[] address, TableEntity entity)
    {
        body.Append(method);
        body.Append(address);
        Append(body, TableClient.Escape(entity.RowKey));
    }

    private static void Append(PooledBuffer body, string text)
    {
        int written = Encoding.UTF8.GetBytes(text, body.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        body.Advance(written);
    }
}
