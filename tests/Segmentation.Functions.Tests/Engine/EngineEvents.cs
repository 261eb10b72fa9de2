using System.Text.Json.Serialization;

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

/// <summary>The end of an action.</summary>
[JsonDerivedType(typeof(ActivityCompleted), "completed")]
[JsonDerivedType(typeof(ActivityFailed), "failed")]
[JsonDerivedType(typeof(TimerFired), "fired")]
internal abstract record ActionEvent(int Sequence) : EngineEvent;

internal sealed record ActivityCompleted(int Sequence, string Output) : ActionEvent(Sequence);

internal sealed record ActivityFailed(int Sequence, string Name, string ErrorType, string Message) : ActionEvent(Sequence);

internal sealed record TimerFired(int Sequence) : ActionEvent(Sequence);

/// <summary>The orchestration did something else than its history says.</summary>
internal sealed class NonDeterministicException(string message) : Exception(message);
