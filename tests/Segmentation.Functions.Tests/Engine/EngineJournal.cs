using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Segmentation.Functions.Tests.Engine;

/// <summary>What an engine did, as it would lie in the storage of a task hub: it outlives the process.</summary>
[JsonDerivedType(typeof(OrchestrationScheduled), "scheduled")]
[JsonDerivedType(typeof(TurnTaken), "turn")]
[JsonDerivedType(typeof(ActionEnded), "ended")]
[JsonDerivedType(typeof(EventAnswered), "event")]
internal abstract record JournalEntry(DateTimeOffset At);

/// <summary>A client asked for an orchestration.</summary>
internal sealed record OrchestrationScheduled(DateTimeOffset At, string Id, string Name, DateTimeOffset? StartAt) : JournalEntry(At);

/// <summary>An orchestration was played over its history and so many new events; what it decided follows from them.</summary>
internal sealed record TurnTaken(DateTimeOffset At, int Instance, int Events) : JournalEntry(At);

/// <summary>An activity or a timer ended.</summary>
internal sealed record ActionEnded(DateTimeOffset At, int Instance, int Generation, ActionEvent Result) : JournalEntry(At);

/// <summary>An event of an upload was answered: it does not come again.</summary>
internal sealed record EventAnswered(DateTimeOffset At, string Upload) : JournalEntry(At);

/// <summary>A file of entries, a line each, that a process which is killed leaves whole but for its last line.</summary>
internal sealed class EngineJournal : IDisposable
{
    private readonly FileStream _file;

    private EngineJournal(FileStream file, IReadOnlyList<JournalEntry> entries)
    {
        _file = file;
        Before = entries;
    }

    /// <summary>What processes before this one wrote.</summary>
    public IReadOnlyList<JournalEntry> Before { get; }

    public static EngineJournal Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);

        // A line without its end was not written whole: it does not count, and the next one takes its place.
        int end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(end);
        file.Position = end;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new EngineJournal(file, [.. lines.Select(line => JsonSerializer.Deserialize<JournalEntry>(line)!)]);
    }

    public void Append(JournalEntry entry) => _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry), (byte)'\n']);

    public void Dispose() => _file.Dispose();
}
