using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>Error codes of the Table service that callers ask for.</summary>
internal static class TableErrorCode
{
    public const string TableAlreadyExists = "TableAlreadyExists";
    public const string TableNotFound = "TableNotFound";
    public const string EntityAlreadyExists = "EntityAlreadyExists";
    public const string ResourceNotFound = "ResourceNotFound";
}

/// <summary>Reads code and message of a failure: <c>{"odata.error":{"code":"…","message":{"value":"…"}}}</c>.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    /// <inheritdoc />
    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        data = null;
        error = response.ContentStream is { CanSeek: true } ? Read(response.Content.ToMemory()) : null;
        return error is not null;
    }

    /// <summary>The error of a body, or null where it is none.</summary>
    public static ResponseError? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement error = document.RootElement.GetProperty("odata.error");
            return new ResponseError(error.GetProperty("code").GetString(), error.GetProperty("message").GetProperty("value").GetString());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A proxy or a gateway answered: its status alone is told.
            return null;
        }
    }
}

/// <summary>What is worth another attempt: also a transaction that was accepted as a request and failed inside for the load of the service.</summary>
internal sealed class TableResponseClassifier : ResponseClassifier
{
    /// <inheritdoc />
    public override bool IsErrorResponse(HttpMessage message) => base.IsErrorResponse(message) || FailedForLoad(message.Response);

    /// <inheritdoc />
    public override bool IsRetriableResponse(HttpMessage message) => base.IsRetriableResponse(message) || FailedForLoad(message.Response);

    private static bool FailedForLoad(Response response) => TransactionBody.Failure(response) is { } failure && IsTransient(failure.Status);

    private static bool IsTransient(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;
}

/// <summary>A transaction failed: nothing of it was done.</summary>
public sealed class TableTransactionFailedException : RequestFailedException
{
    internal TableTransactionFailedException(TransactionFailure failure)
        : base(failure.Status, $"{failure.Message} (action {failure.Index?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} of a transaction; status {failure.Status}, {failure.ErrorCode})", failure.ErrorCode, innerException: null) =>
        FailedTransactionActionIndex = failure.Index;

    /// <summary>The action that failed, from 0, where the service says which.</summary>
    public int? FailedTransactionActionIndex { get; }
}

/// <summary>Why a transaction was not done.</summary>
/// <param name="Status">The status of the action that failed.</param>
/// <param name="ErrorCode">The code of the service.</param>
/// <param name="Message">The words of the service.</param>
/// <param name="Index">The action, where the service says which.</param>
internal sealed record TransactionFailure(int Status, string? ErrorCode, string Message, int? Index);
