namespace Segmentation.Core.Workflow;

/// <summary>The activities, by the names that both hosts register them under.</summary>
public static class ActivityNames
{
    /// <summary>Lists the uploads that are to be cleaned.</summary>
    public const string PlanRun = nameof(PlanRun);

    /// <summary>Cleans one upload.</summary>
    public const string CleanUpload = nameof(CleanUpload);

    /// <summary>Fixes which cleaned uploads the run is made of.</summary>
    public const string FreezeInputs = nameof(FreezeInputs);

    /// <summary>Aggregates the customers of one shard.</summary>
    public const string AggregateShard = nameof(AggregateShard);

    /// <summary>Merges the summaries of the shards.</summary>
    public const string MergeSummaries = nameof(MergeSummaries);

    /// <summary>Writes the rejected rows.</summary>
    public const string WriteRejects = nameof(WriteRejects);

    /// <summary>Puts products into categories and looks for what is suspicious in the data.</summary>
    public const string CategorizeProducts = nameof(CategorizeProducts);

    /// <summary>Fits and measures one candidate model.</summary>
    public const string FitCandidate = nameof(FitCandidate);

    /// <summary>Chooses the model and describes the segments.</summary>
    public const string SelectModel = nameof(SelectModel);

    /// <summary>Assigns the customers of one shard and writes them under the run's keys.</summary>
    public const string PublishShard = nameof(PublishShard);

    /// <summary>Writes the results of the run.</summary>
    public const string WriteReport = nameof(WriteReport);

    /// <summary>Records the run and lets readers see it.</summary>
    public const string ActivateRun = nameof(ActivateRun);
}
