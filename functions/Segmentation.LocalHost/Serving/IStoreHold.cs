using Segmentation.Core.Api;
using Segmentation.Core.Storage;

namespace Segmentation.LocalHost.Serving;

/// <summary>A store that this process holds alone, until it is disposed of.</summary>
internal interface IStoreHold : IAsyncDisposable
{
    /// <summary>What is stored.</summary>
    SegmentationStorage Storage { get; }

    /// <summary>Where files are dropped, for a person.</summary>
    string UploadsPlace { get; }

    /// <summary>Whether what is under the store is well.</summary>
    Task<HealthCheck> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Works while the store is held.</summary>
    /// <param name="work">What is done until its token stops it; where the hold gets lost it is stopped, and begun again when it is regained.</param>
    /// <param name="tell">Told why the work stands still, and null when it goes on.</param>
    /// <param name="cancellationToken">Stops the work for good.</param>
    /// <exception cref="CommandFault">Another process took the store.</exception>
    Task WorkAsync(Func<CancellationToken, Task> work, Action<string?> tell, CancellationToken cancellationToken);
}
