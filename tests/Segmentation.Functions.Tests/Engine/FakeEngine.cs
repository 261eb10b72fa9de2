using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Segmentation.Numerics;
using Segmentation.Testing.Storage;

namespace Segmentation.Functions.Tests.Engine;

/// <summary>The functions that an engine calls, in the process that is alive now.</summary>
internal interface IEngineHost
{
    Func<TaskOrchestrationContext, Task> Orchestrator(string name);

    Task<string> InvokeAsync(string activity, string input);

    /// <summary>The process dies, and another begins.</summary>
    void Restart();
}

/// <summary>
/// A durable engine in the process of the test, one piece of work at a time: histories and queues survive what happens to the host,
/// orchestrations are played from the start each turn, activities are delivered at least once. With a journal it goes on where the one
/// of a process that was killed stopped.
/// </summary>
internal sealed partial class FakeEngine : DurableTaskClient
{
    private const int MostSteps = 50_000;

    private readonly TestClock _clock;
    private readonly IEngineHost _host;
    private readonly EngineJournal? _journal;
    private readonly Dictionary<string, EngineInstance> _instances = new(StringComparer.Ordinal);
    private readonly List<EngineInstance> _all = [];
    private readonly EngineQueue _queue = new();

    // Requests may come while an activity works.
    private readonly Lock _gate = new();

    public FakeEngine(TestClock clock, IEngineHost host, EngineJournal? journal = null)
    {
        _clock = clock;
        _host = host;
        _journal = journal;
        foreach (JournalEntry entry in journal?.Before ?? [])
        {
            Remember(entry);
        }
    }

    /// <summary>How often each activity is carried out; the first result counts.</summary>
    public int Deliveries { get; init; } = 1;

    /// <summary>The piece of work, from 1, after which the process dies before what it did is recorded; 0 for none.</summary>
    public int LoseStep { get; set; }

    /// <summary>Chooses among the work that waits; null for the oldest.</summary>
    public Xoshiro256StarStar? Order { get; init; }

    /// <summary>Told of each activity as it begins, and as its end is recorded.</summary>
    public Action<string>? Trace { get; init; }

    public int Steps { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>Orchestrations that were scheduled, in order.</summary>
    public List<string> Scheduled { get; } = [];

    /// <summary>Name and input of every activity that was carried out.</summary>
    public List<(string Name, string Input)> Invoked { get; } = [];

    public EngineInstance this[string instanceId] => _instances[instanceId];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        string id = options!.InstanceId!;
        lock (_gate)
        {
            if (_instances.TryGetValue(id, out EngineInstance? existing) && !existing.HasEnded)
            {
                throw new InvalidOperationException($"An orchestration with the id '{id}' is {existing.Status}.");
            }

            var entry = new OrchestrationScheduled(_clock.Now, id, orchestratorName.Name, options.StartAt);
            _journal?.Append(entry);
            Apply(entry);
        }

        return Task.FromResult(id);
    }

    public override Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_instances.TryGetValue(instanceId, out EngineInstance? instance)
                ? new OrchestrationMetadata(instance.Name, instanceId)
                {
                    RuntimeStatus = instance.Status,
                    SerializedCustomStatus = getInputsAndOutputs ? instance.CustomStatus : null,
                }
                : null);
        }
    }

    /// <summary>A person ends an orchestration; its activities that are under way are lost. No journal knows of it.</summary>
    public void Terminate(string instanceId)
    {
        lock (_gate)
        {
            EngineInstance instance = _instances[instanceId];
            instance.Status = OrchestrationRuntimeStatus.Terminated;
            _queue.RemoveAll(instance);
        }
    }

    /// <summary>Works until nothing is left to do; time passes where only timers are left.</summary>
    public Task RunAsync() => RunUntilAsync(() => false);

    /// <summary>Works, and lets time pass, until a condition holds or nothing is left to do.</summary>
    public async Task RunUntilAsync(Func<bool> isDone)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            if (isDone() || !(await StepAsync() || PassTime(withWaits: false)))
            {
                return;
            }
        }

        throw new InvalidOperationException($"After {MostSteps} pieces of work there is no end.");
    }

    /// <summary>Works, and lets time pass, while a caller waits for something.</summary>
    public async Task RunWhileAsync(Task caller)
    {
        for (int step = 0; step < MostSteps && !caller.IsCompleted; step++)
        {
            Task armed = _clock.Armed;
            if (!await StepAsync() && !PassTime(withWaits: true))
            {
                await Task.WhenAny(caller, armed);
            }
        }

        await caller;
    }

    /// <summary>Does one piece of work.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> StepAsync()
    {
        EngineWork? work;
        lock (_gate)
        {
            work = _queue.Next(Order);
        }

        if (work is null)
        {
            return false;
        }

        Steps++;
        try
        {
            await (work.Action is null ? TurnAsync(work) : CarryOutAsync(work));
        }
        catch (PowerCutException)
        {
            // What was not recorded is done again.
            Restarts++;
            _host.Restart();
        }

        return true;
    }

    private Task TurnAsync(EngineWork work)
    {
        EngineInstance instance = work.Instance;
        var turn = new TurnTaken(_clock.Now, instance.Number, instance.Inbox.Count);
        ReplayContext? context = instance.HasEnded ? null : Play(turn);
        DieIfToldTo();
        lock (_gate)
        {
            _journal?.Append(turn);
            Apply(turn, context);
        }

        return Task.CompletedTask;
    }

    private async Task CarryOutAsync(EngineWork work)
    {
        EngineAction action = work.Action!;
        ActionEvent result = work.IsTimer ? new TimerFired(action.Sequence) : await InvokeAsync(action);
        DieIfToldTo();
        var entry = new ActionEnded(_clock.Now, work.Instance.Number, work.Generation, result);
        lock (_gate)
        {
            _journal?.Append(entry);
            Apply(entry, work);
        }

        Trace?.Invoke($"done {action.Name}");
    }

    private async Task<ActionEvent> InvokeAsync(EngineAction action)
    {
        ActionEvent? result = null;
        for (int delivery = 0; delivery < Deliveries; delivery++)
        {
            ActionEvent one;
            try
            {
                Invoked.Add((action.Name, action.Input));
                Trace?.Invoke($"begin {action.Name}");
                one = new ActivityCompleted(action.Sequence, await FinishAsync(_host.InvokeAsync(action.Name, action.Input)));
            }
            catch (Exception fault) when (fault is not (PowerCutException or Xunit.Sdk.XunitException))
            {
                one = new ActivityFailed(action.Sequence, action.Name, fault.GetType().FullName!, fault.Message);
            }

            result ??= one;
        }

        return result!;
    }

    // Time passes where the activity waits for it, and not while it reads and writes.
    private async Task<string> FinishAsync(Task<string> call)
    {
        while (!call.IsCompleted)
        {
            Task armed = _clock.Armed;
            if (_clock.NextWait is { } wait)
            {
                _clock.AdvanceTo(wait);
                await Task.Yield();
            }
            else
            {
                await Task.WhenAny(call, armed);
            }
        }

        return await call;
    }

    private void DieIfToldTo()
    {
        if (Steps == LoseStep)
        {
            throw new PowerCutException();
        }
    }

    private bool PassTime(bool withWaits)
    {
        DateTimeOffset? next;
        lock (_gate)
        {
            next = _queue.NextTime;
        }

        if (withWaits && _clock.NextWait is { } wait && !(next < wait))
        {
            next = wait;
        }

        if (next is not { } time)
        {
            return false;
        }

        _clock.AdvanceTo(time);
        lock (_gate)
        {
            _queue.Pass(_clock.Now);
        }

        return true;
    }
}
