using Azure.Core;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>How a table client reaches its service: transport, retries, diagnostics.</summary>
/// <param name="time">The clock that requests are signed with; the service allows 15 minutes of difference.</param>
public sealed class TableClientOptions(TimeProvider time) : ClientOptions
{
    /// <summary>The version of the service's protocol.</summary>
    public const string Version = "2019-02-02";

    /// <summary>The clock that requests are signed with.</summary>
    public TimeProvider Time { get; } = time;
}
