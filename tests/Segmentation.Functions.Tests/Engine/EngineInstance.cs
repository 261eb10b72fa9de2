using Microsoft.DurableTask.Client;

namespace Segmentation.Functions.Tests.Engine;

/// <summary>An orchestration, as the engine stores it.</summary>
internal sealed class EngineInstance(int number, string id, string name)
{
    /// <summary>The how many-eth it was that was scheduled, from 0: an id may come again.</summary>
    public int Number { get; } = number;

    public string Id { get; } = id;

    public string Name { get; } = name;

    public OrchestrationRuntimeStatus Status { get; set; }

    public List<EngineEvent> History { get; } = [];

    public List<EngineEvent> Inbox { get; } = [];

    /// <summary>The histories of all generations that are over, the last one included.</summary>
    public List<EngineEvent[]> Generations { get; } = [];

    public int Taken { get; set; }

    public int Generation { get; private set; }

    public string? CustomStatus { get; set; }

    public Exception? Fault { get; set; }

    public bool HasEnded => Status is not OrchestrationRuntimeStatus.Running;

    public void Renew()
    {
        History.Clear();
        Inbox.Clear();
        Taken = 0;
        Generation++;
    }
}

/// <summary>A turn of an orchestration, or one of its actions.</summary>
internal sealed record EngineWork(EngineInstance Instance, EngineAction? Action, int Generation = 0)
{
    public bool IsTimer => Action?.Name == EngineAction.Timer;
}

/// <summary>The work that waits: now, or for its time.</summary>
internal sealed class EngineQueue
{
    private readonly List<EngineWork> _work = [];
    private readonly List<(DateTimeOffset At, EngineWork Work)> _later = [];

    /// <summary>When the first of what waits for its time is due, or null.</summary>
    public DateTimeOffset? NextTime => _later.Count == 0 ? null : _later.Min(later => later.At);

    public void Add(EngineWork work) => _work.Add(work);

    public void AddAt(DateTimeOffset at, EngineWork work) => _later.Add((at, work));

    public EngineWork? Next(Numerics.Xoshiro256StarStar? order) =>
        _work.Count == 0 ? null : _work[order is null ? 0 : order.NextInt32(_work.Count)];

    public bool HasTurn(EngineInstance instance) => _work.Any(work => work.Instance == instance && work.Action is null);

    public void Remove(EngineWork work)
    {
        if (!_work.Remove(work))
        {
            _later.RemoveAll(later => later.Work == work);
        }
    }

    public void RemoveAll(EngineInstance instance) => _work.RemoveAll(work => work.Instance == instance);

    /// <summary>The action of an instance that a journal speaks of.</summary>
    public EngineWork Find(EngineInstance instance, int generation, int sequence) =>
        _work.Concat(_later.Select(later => later.Work))
            .Single(work => work.Instance == instance && work.Generation == generation && work.Action?.Sequence == sequence);

    /// <summary>What is due comes to what can be done now.</summary>
    public void Pass(DateTimeOffset now)
    {
        foreach ((DateTimeOffset At, EngineWork Work) due in _later.Where(later => later.At <= now).OrderBy(later => later.At).ToArray())
        {
            _later.Remove(due);
            _work.Add(due.Work);
        }
    }
}
