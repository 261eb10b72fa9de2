using System.Globalization;
using Microsoft.DurableTask.Client;

namespace Segmentation.Functions.Tests.Engine;

/// <summary>What follows from an entry: the same while it works and when it reads its journal.</summary>
internal sealed partial class FakeEngine
{
    private ReplayContext Play(TurnTaken turn)
    {
        EngineInstance instance = _all[turn.Instance];
        return ReplayContext.Play(
            _host.Orchestrator(instance.Name), instance.Id, [.. instance.History, new TurnStarted(turn.At.UtcDateTime), .. instance.Inbox.Take(turn.Events)]);
    }

    private void Remember(JournalEntry entry)
    {
        switch (entry)
        {
            case OrchestrationScheduled scheduled:
                Apply(scheduled);
                break;
            case TurnTaken turn:
                Apply(turn, _all[turn.Instance].HasEnded ? null : Play(turn));
                break;
            case ActionEnded ended:
                Apply(ended, _queue.Find(_all[ended.Instance], ended.Generation, ended.Result.Sequence));
                break;
            default:
                break;
        }
    }

    private void Apply(OrchestrationScheduled entry)
    {
        Scheduled.Add(entry.Id);
        var instance = new EngineInstance(_all.Count, entry.Id, entry.Name);
        _all.Add(instance);
        _instances[entry.Id] = instance;
        Add(new EngineWork(instance, null), entry.StartAt, entry.At);
    }

    private void Apply(TurnTaken turn, ReplayContext? context)
    {
        EngineInstance instance = _all[turn.Instance];
        _queue.Remove(new EngineWork(instance, null));
        if (context is null)
        {
            return;
        }

        EngineEvent[] events = [.. instance.Inbox.Take(turn.Events)];
        instance.Inbox.RemoveRange(0, turn.Events);
        instance.History.AddRange([new TurnStarted(turn.At.UtcDateTime), .. events]);
        instance.CustomStatus = context.CustomStatus;
        foreach (EngineAction action in context.Actions.Skip(instance.Taken))
        {
            instance.History.Add(new ActionTaken(action));
            DateTimeOffset? at = action.Name != EngineAction.Timer ? null : new DateTimeOffset(
                DateTime.ParseExact(action.Input, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), TimeSpan.Zero);
            Add(new EngineWork(instance, action, instance.Generation), at, DateTimeOffset.MinValue);
        }

        instance.Taken = context.Actions.Count;
        if (context.Run.IsCompleted)
        {
            End(instance, context);
        }
    }

    private void Apply(ActionEnded entry, EngineWork work)
    {
        _queue.Remove(work);
        EngineInstance instance = work.Instance;
        if (instance.HasEnded || work.Generation != instance.Generation)
        {
            return;
        }

        instance.Inbox.Add(entry.Result);
        if (!_queue.HasTurn(instance))
        {
            _queue.Add(new EngineWork(instance, null));
        }
    }

    private void Add(EngineWork work, DateTimeOffset? at, DateTimeOffset now)
    {
        if (at > now)
        {
            _queue.AddAt(at.Value, work);
        }
        else
        {
            _queue.Add(work);
        }
    }

    private void End(EngineInstance instance, ReplayContext context)
    {
        instance.Generations.Add([.. instance.History]);
        if (context.Run.IsCompletedSuccessfully && context.ContinuesAsNew)
        {
            instance.Renew();
            _queue.Add(new EngineWork(instance, null));
            return;
        }

        instance.Status = context.Run.IsCompletedSuccessfully ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed;
        instance.Fault = context.Run.Exception?.InnerException;
    }
}
