namespace Segmentation.Functions.Tests.Engine;

/// <summary>What an orchestration asked the engine for: an activity, or a timer.</summary>
internal sealed record EngineAction(int Sequence, string Name, string Input)
{
    public const string Timer = "(timer)";
}

/// <summary>An entry of the history of an orchestration.</summary>
internal abstract record EngineEvent;

internal sealed record TurnStarted(DateTime At) : EngineEvent;

internal sealed record ActionTaken(EngineAction Action) : EngineEvent;

internal sealed record ActivityCompleted(int Sequence, string Output) : EngineEvent;

internal sealed record ActivityFailed(int Sequence, string Name, string ErrorType, string Message) : EngineEvent;

internal sealed record TimerFired(int Sequence) : EngineEvent;

/// <summary>The orchestration did something else than its history says.</summary>
internal sealed class NonDeterministicException(string message) : Exception(message);
