using System.Globalization;
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
/// orchestrations are played from the start each turn, activities are delivered at least once.
/// </summary>
internal sealed class FakeEngine(TestClock clock, IEngineHost host) : DurableTaskClient
{
    private const int MostSteps = 50_000;

    private readonly Dictionary<string, EngineInstance> _instances = new(StringComparer.Ordinal);
    private readonly List<Work> _work = [];
    private readonly List<(DateTimeOffset At, Work Work)> _later = [];

    /// <summary>How often each activity is carried out; the first result counts.</summary>
    public int Deliveries { get; init; } = 1;

    /// <summary>The piece of work, from 1, after which the process dies before what it did is recorded; 0 for none.</summary>
    public int LoseStep { get; set; }

    /// <summary>Chooses among the work that waits; null for the oldest.</summary>
    public Xoshiro256StarStar? Order { get; init; }

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
        if (_instances.TryGetValue(id, out EngineInstance? existing) && !existing.HasEnded)
        {
            throw new InvalidOperationException($"An orchestration with the id '{id}' is {existing.Status}.");
        }

        Scheduled.Add(id);
        var instance = new EngineInstance(id, orchestratorName.Name);
        _instances[id] = instance;
        var turn = new Work(instance, null);
        if (options.StartAt is { } at && at > clock.Now)
        {
            _later.Add((at, turn));
        }
        else
        {
            _work.Add(turn);
        }

        return Task.FromResult(id);
    }

    public override Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => Task.FromResult(
        _instances.TryGetValue(instanceId, out EngineInstance? instance)
            ? new OrchestrationMetadata(instance.Name, instanceId)
            {
                RuntimeStatus = instance.Status,
                SerializedCustomStatus = getInputsAndOutputs ? instance.CustomStatus : null,
            }
            : null);

    /// <summary>A person ends an orchestration; its activities that are under way are lost.</summary>
    public void Terminate(string instanceId)
    {
        EngineInstance instance = _instances[instanceId];
        instance.Status = OrchestrationRuntimeStatus.Terminated;
        _work.RemoveAll(work => work.Instance == instance);
    }

    /// <summary>Works until nothing is left to do; time passes where only timers are left.</summary>
    public Task RunAsync() => RunUntilAsync(() => false);

    /// <summary>Works, and lets time pass, until a condition holds or nothing is left to do.</summary>
    public async Task RunUntilAsync(Func<bool> isDone)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            if (isDone() || !(await StepAsync() || PassTime(withTimers: false)))
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
            if (!await StepAsync() && !PassTime(withTimers: true))
            {
                await Task.Yield();
            }
        }

        await caller;
    }

    /// <summary>Does one piece of work.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> StepAsync()
    {
        if (_work.Count == 0)
        {
            return false;
        }

        Steps++;
        Work work = _work[Order is null ? 0 : Order.NextInt32(_work.Count)];
        try
        {
            Action? record = work.Action is null ? Turn(work.Instance) : await InvokeAsync(work);
            if (Steps == LoseStep)
            {
                throw new PowerCutException();
            }

            _work.Remove(work);
            record?.Invoke();
        }
        catch (PowerCutException)
        {
            // What was not recorded is done again.
            Restarts++;
            host.Restart();
        }

        return true;
    }

    private Action? Turn(EngineInstance instance)
    {
        if (instance.HasEnded)
        {
            return null;
        }

        EngineEvent[] inbox = [.. instance.Inbox];
        var started = new TurnStarted(clock.Now.UtcDateTime);
        ReplayContext context = ReplayContext.Play(host.Orchestrator(instance.Name), instance.Id, [.. instance.History, started, .. inbox]);
        return () =>
        {
            instance.Inbox.RemoveRange(0, inbox.Length);
            instance.History.AddRange([started, .. inbox]);
            instance.CustomStatus = context.CustomStatus;
            foreach (EngineAction action in context.Actions.Skip(instance.Taken))
            {
                instance.History.Add(new ActionTaken(action));
                Begin(instance, action);
            }

            instance.Taken = context.Actions.Count;
            if (context.Run.IsCompleted)
            {
                End(instance, context);
            }
        };
    }

    private void Begin(EngineInstance instance, EngineAction action)
    {
        var work = new Work(instance, action, instance.Generation);
        if (action.Name == EngineAction.Timer)
        {
            DateTime at = DateTime.ParseExact(action.Input, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            _later.Add((new DateTimeOffset(at, TimeSpan.Zero), work));
        }
        else
        {
            _work.Add(work);
        }
    }

    private void End(EngineInstance instance, ReplayContext context)
    {
        instance.Generations.Add([.. instance.History]);
        if (context.Run.IsCompletedSuccessfully && context.ContinuesAsNew)
        {
            instance.Renew();
            _work.Add(new Work(instance, null));
            return;
        }

        instance.Status = context.Run.IsCompletedSuccessfully ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed;
        instance.Fault = context.Run.Exception?.InnerException;
    }

    private async Task<Action?> InvokeAsync(Work work)
    {
        EngineAction action = work.Action!;
        if (action.Name == EngineAction.Timer)
        {
            return () => Deliver(work, new TimerFired(action.Sequence));
        }

        EngineEvent? result = null;
        for (int delivery = 0; delivery < Deliveries; delivery++)
        {
            EngineEvent one;
            try
            {
                Invoked.Add((action.Name, action.Input));
                one = new ActivityCompleted(action.Sequence, await FinishAsync(host.InvokeAsync(action.Name, action.Input)));
            }
            catch (Exception fault) when (fault is not (PowerCutException or Xunit.Sdk.XunitException))
            {
                one = new ActivityFailed(action.Sequence, action.Name, fault.GetType().FullName!, fault.Message);
            }

            result ??= one;
        }

        return () => Deliver(work, result!);
    }

    // Time passes where the activity waits for it.
    private async Task<string> FinishAsync(Task<string> call)
    {
        while (!call.IsCompleted)
        {
            if (clock.NextWait is { } wait)
            {
                clock.AdvanceTo(wait);
            }

            await Task.Yield();
        }

        return await call;
    }

    private void Deliver(Work work, EngineEvent result)
    {
        EngineInstance instance = work.Instance;
        if (instance.HasEnded || work.Generation != instance.Generation)
        {
            return;
        }

        instance.Inbox.Add(result);
        if (!_work.Any(other => other.Instance == instance && other.Action is null))
        {
            _work.Add(new Work(instance, null));
        }
    }

    private bool PassTime(bool withTimers)
    {
        DateTimeOffset? next = _later.Count == 0 ? null : _later.Min(later => later.At);
        if (withTimers && clock.NextTimer is { } timer && !(next < timer))
        {
            next = timer;
        }

        if (next is not { } time)
        {
            return false;
        }

        clock.AdvanceTo(time);
        foreach ((DateTimeOffset At, Work Work) due in _later.Where(later => later.At <= clock.Now).OrderBy(later => later.At).ToArray())
        {
            _later.Remove(due);
            _work.Add(due.Work);
        }

        return true;
    }

    /// <summary>A turn of an orchestration, or one of its actions.</summary>
    private sealed record Work(EngineInstance Instance, EngineAction? Action, int Generation = 0);
}

/// <summary>An orchestration, as the engine stores it.</summary>
internal sealed class EngineInstance(string id, string name)
{
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
