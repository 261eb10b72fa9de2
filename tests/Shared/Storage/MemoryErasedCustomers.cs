using System.Collections.Immutable;
using System.Text;
using Segmentation.Core.Erasure;

namespace Segmentation.Testing.Storage;

/// <summary>Erased customers by their plain ids.</summary>
internal sealed class MemoryErasedCustomers(params IReadOnlyCollection<string> customerIds) : IErasedCustomers
{
    private volatile ImmutableHashSet<string> _erased = customerIds.ToImmutableHashSet(StringComparer.Ordinal);

    public void Erase(string customerId) => _erased = _erased.Add(customerId);

    public ValueTask<IErasedSet> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IErasedSet>(new Set(_erased));

    private sealed class Set(ImmutableHashSet<string> erased) : IErasedSet
    {
        public bool IsEmpty => erased.IsEmpty;

        public bool Contains(ReadOnlySpan<byte> customerId) => erased.Contains(Encoding.UTF8.GetString(customerId));
    }
}
