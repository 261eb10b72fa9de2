using System.Collections.Concurrent;

namespace Segmentation.LocalHost.Serving;

/// <summary>What the parts of the host last said of themselves. Thread-safe.</summary>
internal sealed class HostHealth
{
    private readonly ConcurrentDictionary<string, string?> _faults = new(StringComparer.Ordinal);

    /// <summary>Each part with its fault, or null where it is well.</summary>
    public IReadOnlyDictionary<string, string?> Faults => new SortedDictionary<string, string?>(_faults, StringComparer.Ordinal);

    /// <summary>A part says that it is well, or what its fault is.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Say(string part, string? fault)
    {
        _faults.TryGetValue(part, out string? before);
        _faults[part] = fault;
        return before != fault;
    }
}
