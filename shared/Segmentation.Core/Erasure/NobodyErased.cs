namespace Segmentation.Core.Erasure;

/// <summary>Nobody was erased: for stores that do not keep who was.</summary>
public sealed class NobodyErased : IErasedCustomers, IErasedSet
{
    private NobodyErased()
    {
    }

    /// <summary>The one instance.</summary>
    public static NobodyErased Instance { get; } = new();

    /// <inheritdoc />
    public bool IsEmpty => true;

    /// <inheritdoc />
    public ValueTask<IErasedSet> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IErasedSet>(this);

    /// <inheritdoc />
    public bool Contains(ReadOnlySpan<byte> customerId) => false;
}
