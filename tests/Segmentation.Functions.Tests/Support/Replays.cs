using Segmentation.Functions.Orchestration;
using Segmentation.Functions.Tests.Engine;

namespace Segmentation.Functions.Tests.Support;

/// <summary>Replays of a recorded orchestration.</summary>
internal static class Replays
{
    /// <summary>Asserts that from every prefix of its history the orchestrator decides what it decided.</summary>
    public static void AssertSameDecisions(EngineInstance instance)
    {
        EngineEvent[] history = Assert.Single(instance.Generations);
        EngineAction[] decided = [.. history.OfType<ActionTaken>().Select(taken => taken.Action)];
        Assert.True(decided.Length > 15);
        for (int known = 0; known <= history.Length; known++)
        {
            ReplayContext replay = ReplayContext.Play(SegmentationOrchestrator.RunAsync, instance.Id, history[..known]);
            Assert.True(replay.Actions.SequenceEqual(decided[..replay.Actions.Count]), $"The decisions differ after {known} entries.");
            Assert.True(replay.Actions.Count >= history[..known].OfType<ActionTaken>().Count());
        }
    }
}
