using Azure.Core;

namespace Segmentation.Storage.Azure;

/// <summary>An identity whose failures are told as refused access: the libraries of identities throw types of their own.</summary>
internal sealed class ExplainedCredential(TokenCredential inner) : TokenCredential
{
    /// <inheritdoc />
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return inner.GetToken(requestContext, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Explain(fault);
        }
    }

    /// <inheritdoc />
    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.GetTokenAsync(requestContext, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Explain(fault);
        }
    }

    private static UnauthorizedAccessException Explain(Exception fault) =>
        new($"No token for the storage account: {fault.Message} Check the managed identity, or sign in.", fault);
}
