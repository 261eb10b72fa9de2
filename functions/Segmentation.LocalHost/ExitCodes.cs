namespace Segmentation.LocalHost;

/// <summary>The exit codes; part of the contract.</summary>
internal static class ExitCodes
{
    /// <summary>Done, also when some of several files could not be used.</summary>
    public const int Done = 0;

    /// <summary>Something failed that no input explains.</summary>
    public const int Unexpected = 1;

    /// <summary>Wrong usage or configuration, or an output that cannot be written.</summary>
    public const int Usage = 2;

    /// <summary>The input holds nothing usable, or nothing of what was asked for.</summary>
    public const int NothingUsable = 3;
}

/// <summary>A fault that the user can mend: its messages are printed, and the command ends with its exit code.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes" />.</param>
/// <param name="messages">One sentence or two each: where, what was found, what was expected.</param>
internal sealed class CommandFault(int exitCode, params IReadOnlyList<string> messages) : Exception(string.Join(' ', messages))
{
    /// <summary>The exit code.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The messages.</summary>
    public IReadOnlyList<string> Messages { get; } = messages;
}
