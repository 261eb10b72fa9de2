using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>Signs each attempt with the key of the account: the scheme SharedKeyLite of the Table service.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key</remarks>
internal sealed class SharedKeyLitePolicy(string account, byte[] key, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    /// <inheritdoc />
    public override void OnSendingRequest(HttpMessage message)
    {
        string date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        Uri uri = message.Request.Uri.ToUri();
        string signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{date}\n/{account}{uri.AbsolutePath}")));
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, $"SharedKeyLite {account}:{signature}");
    }
}

/// <summary>Adds a shared access signature to each request.</summary>
internal sealed class SharedAccessSignaturePolicy(string signature) : HttpPipelineSynchronousPolicy
{
    private readonly string _signature = signature.TrimStart('?');

    /// <inheritdoc />
    public override void OnSendingRequest(HttpMessage message)
    {
        string query = message.Request.Uri.Query;
        message.Request.Uri.Query = query.Length == 0 ? _signature : $"{query}&{_signature}";
    }
}
