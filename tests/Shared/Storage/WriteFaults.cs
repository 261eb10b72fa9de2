namespace Segmentation.Testing.Storage;

/// <summary>Counts the writes of a whole storage and, once, ends the process that writes: just before or just after one of them.</summary>
internal sealed class WriteFaults
{
    private int _writes;

    /// <summary>The write that fails, from 1; 0 for none.</summary>
    public int FailAt { get; set; }

    /// <summary>Whether the failing write is still carried out.</summary>
    public bool AfterWriting { get; set; }

    public int Writes => _writes;

    public void Write(Action write)
    {
        bool fails = Interlocked.Increment(ref _writes) == FailAt;
        if (!fails || AfterWriting)
        {
            write();
        }

        if (fails)
        {
            throw new PowerCutException();
        }
    }
}

/// <summary>The end of a process, as far as a test can play it.</summary>
internal sealed class PowerCutException() : Exception("The power was cut.");
