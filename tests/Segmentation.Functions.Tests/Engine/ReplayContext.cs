using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask;

namespace Segmentation.Functions.Tests.Engine;

/// <summary>One turn of an orchestration: its code from the start, over its whole history, as the real engine plays it.</summary>
internal sealed class ReplayContext : TaskOrchestrationContext
{
    private readonly List<TaskCompletionSource<string>> _open = [];
    private DateTime _now;

    private ReplayContext(string instanceId) => InstanceId = instanceId;

    public override string InstanceId { get; }

    public override DateTime CurrentUtcDateTime => _now;

    /// <summary>All that was asked for, the history included.</summary>
    public List<EngineAction> Actions { get; } = [];

    public string? CustomStatus { get; private set; }

    public bool ContinuesAsNew { get; private set; }

    /// <summary>The code; completed where it has ended.</summary>
    public Task Run { get; private set; } = Task.CompletedTask;

    /// <summary>Plays a history.</summary>
    /// <exception cref="NonDeterministicException">The code did something else than the history says.</exception>
    public static ReplayContext Play(Func<TaskOrchestrationContext, Task> orchestrator, string instanceId, IEnumerable<EngineEvent> history)
    {
        SynchronizationContext? before = SynchronizationContext.Current;

        // Continuations run where a result is given, so that the order of everything is that of the history.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var context = new ReplayContext(instanceId);
            bool isStarted = false;
            foreach (EngineEvent entry in history)
            {
                if (entry is TurnStarted turn)
                {
                    context._now = turn.At;
                    if (!isStarted)
                    {
                        isStarted = true;
                        context.Run = orchestrator(context);
                    }
                }

                context.Apply(entry);
            }

            return context;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        string sent = JsonSerializer.Serialize(input);
        RetryPolicy retry = options?.Retry ?? new RetryPolicy(1, TimeSpan.Zero);
        TimeSpan delay = retry.FirstRetryInterval;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return JsonSerializer.Deserialize<TResult>(await Ask(name.Name, sent))!;
            }
            catch (TaskFailedException) when (attempt < retry.MaxNumberOfAttempts)
            {
                // Tried again below.
            }

            await CreateTimer(_now + delay, CancellationToken.None);
            delay *= retry.BackoffCoefficient;
            delay = retry.MaxRetryInterval is { } most && delay > most ? most : delay;
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        Ask(EngineAction.Timer, fireAt.ToString("O", CultureInfo.InvariantCulture));

    public override void SetCustomStatus(object? customStatus) => CustomStatus = JsonSerializer.Serialize(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => ContinuesAsNew = true;

    private Task<string> Ask(string name, string input)
    {
        Actions.Add(new EngineAction(Actions.Count, name, input));
        var open = new TaskCompletionSource<string>();
        _open.Add(open);
        return open.Task;
    }

    private void Apply(EngineEvent entry)
    {
        switch (entry)
        {
            case ActionTaken taken when taken.Action.Sequence >= Actions.Count || Actions[taken.Action.Sequence] != taken.Action:
                throw new NonDeterministicException(
                    $"The history has {taken.Action}, the code {Actions.ElementAtOrDefault(taken.Action.Sequence)?.ToString() ?? "nothing"}.");
            case ActivityCompleted completed:
                _open[completed.Sequence].SetResult(completed.Output);
                break;
            case ActivityFailed failed:
                _open[failed.Sequence].SetException(
                    new TaskFailedException(failed.Name, failed.Sequence, new TaskFailureDetails(failed.ErrorType, failed.Message)));
                break;
            case TimerFired fired:
                _open[fired.Sequence].SetResult("");
                break;
            default:
                break;
        }
    }
}
