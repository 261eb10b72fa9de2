using Azure.Core;
using Azure.Core.Pipeline;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>The Table service of a storage account. Thread-safe; one for the whole process.</summary>
/// <remarks>Named as in <c>Azure.Data.Tables</c>, which it stands in for.</remarks>
public sealed class TableServiceClient
{
    private const string Scope = "https://storage.azure.com/.default";
    private readonly HttpPipeline _pipeline;
    private readonly string _endpoint;

    /// <summary>Uses the account key or the shared access signature of a connection string.</summary>
    /// <exception cref="FormatException">It is no connection string.</exception>
    public TableServiceClient(string connectionString, TableClientOptions options)
        : this(StorageConnection.Parse(connectionString), options)
    {
    }

    /// <summary>Uses an address that carries a shared access signature.</summary>
    public TableServiceClient(Uri endpoint, TableClientOptions options)
        : this(endpoint, new SharedAccessSignaturePolicy(endpoint.Query), options)
    {
    }

    /// <summary>Uses an identity, which needs the role Storage Table Data Contributor. The address must be https.</summary>
    public TableServiceClient(Uri endpoint, TokenCredential credential, TableClientOptions options)
        : this(endpoint, new BearerTokenAuthenticationPolicy(credential, Scope), options)
    {
    }

    private TableServiceClient(StorageConnection connection, TableClientOptions options)
        : this(
            connection.Endpoint,
            connection.SharedAccessSignature is { } signature
                ? new SharedAccessSignaturePolicy(signature)
                : new SharedKeyLitePolicy(connection.Account!, connection.Key!, options.Time),
            options)
    {
    }

    private TableServiceClient(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions options)
    {
        _endpoint = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var pipeline = new HttpPipelineOptions(options)
        {
            ResponseClassifier = new TableResponseClassifier(),
            RequestFailedDetailsParser = new TableErrorParser(),
        };

        // A signature in the address must not be added again by each attempt; one in a header must be made anew.
        (authentication is SharedAccessSignaturePolicy ? pipeline.PerCallPolicies : pipeline.PerRetryPolicies).Add(authentication);
        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    /// <summary>A table of the account, whether it is there or not.</summary>
    public TableClient GetTableClient(string tableName) => new(_pipeline, _endpoint, tableName);
}
