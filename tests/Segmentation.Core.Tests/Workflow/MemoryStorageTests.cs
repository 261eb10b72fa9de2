using Segmentation.Core.Storage;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>The containers that the tests of the workflow stand on keep the same promises as the real ones.</summary>
public sealed class MemoryContainerTests : BlobContainerContract
{
    protected override IBlobContainer Create() => new MemoryContainer();
}

/// <summary>The store that the tests of the workflow stand on keeps the same promises as the real ones.</summary>
public sealed class MemorySegmentStoreTests : SegmentStoreContract
{
    protected override ISegmentStore Create() => new MemorySegmentStore();
}
