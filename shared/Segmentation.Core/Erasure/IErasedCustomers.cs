namespace Segmentation.Core.Erasure;

/// <summary>Who was erased: asked wherever a customer is read or answered.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IErasedCustomers
{
    /// <summary>Those erased so far, as one immutable set.</summary>
    ValueTask<IErasedSet> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>A set of erased customers, known by keyed hashes of their ids alone. Immutable; thread-safe.</summary>
public interface IErasedSet
{
    /// <summary>Whether nobody was erased, so that nothing needs to be asked.</summary>
    bool IsEmpty { get; }

    /// <summary>Whether a customer was erased. About a microsecond.</summary>
    /// <param name="customerId">The id in the form in which ids are stored, in UTF-8.</param>
    bool Contains(ReadOnlySpan<byte> customerId);
}
