using System.IO.MemoryMappedFiles;

namespace Segmentation.Storage.Files;

/// <summary>A file mapped into memory for reading. The only place of the project with pointers.</summary>
/// <remarks>
/// Reading happens between <see cref="Enter" /> and <see cref="Leave" />; <see cref="Dispose" /> waits for those inside, so that when it
/// returns nothing reads and the file is free to be replaced (Windows refuses that while a file is mapped). Whoever disposes sees to
/// it that nobody enters any more. The file must not be cut short in place while it is mapped: the system would end the whole program.
/// </remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private int _readers;

    /// <summary>Maps a file that is not empty. The stream may be closed afterwards: a mapping holds no file handle.</summary>
    public MappedFile(FileStream stream)
    {
        Length = stream.Length;
        using var file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);

        // The pointer is not held on to: the handle of a mapping that was never disposed is then released by its finalizer.
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    /// <summary>Length of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>Begins to read.</summary>
    public void Enter() => Interlocked.Increment(ref _readers);

    /// <summary>Ends reading: no slice is used afterwards.</summary>
    public void Leave() => Interlocked.Decrement(ref _readers);

    /// <summary>A part of the file, valid until <see cref="Leave" />.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within the file.</exception>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    /// <summary>Waits until nobody reads, which is microseconds, and lets the file go.</summary>
    public void Dispose()
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _readers) == 0);
        _view.Dispose();
    }
}
