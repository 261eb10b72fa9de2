using Segmentation.Core.Storage;
using Segmentation.Testing.Storage;

namespace Segmentation.Functions.Composition;

/// <summary>Stands for the storage account where the app is only put together.</summary>
internal static class AzureStore
{
    public static SegmentationStorage Open(StorageSettings settings, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(clock);
        return new SegmentationStorage(new MemoryContainer(), new MemoryContainer(), new MemoryContainer(), new MemoryContainer(), new MemorySegmentStore());
    }
}
