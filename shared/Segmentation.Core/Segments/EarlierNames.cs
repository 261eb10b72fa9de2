using Segmentation.Core.Workflow;

namespace Segmentation.Core.Segments;

/// <summary>The names of the clusters of the previous run and of those that ended before it, by id. Immutable.</summary>
internal sealed class EarlierNames
{
    private readonly Dictionary<int, string> _names = [];
    private readonly SelectedModel? _before;

    /// <summary>The names that a run can take up; none before the first.</summary>
    public EarlierNames(PreviousRun? previous, SelectedModel? before)
    {
        _before = before;
        if (previous is null || before is null)
        {
            return;
        }

        Language language = Languages.Parse(previous.Language);
        Language = language;
        foreach (RetiredCluster retired in before.Model.Retired ?? [])
        {
            // One that no version of ours can read stays as it was.
            _names[retired.Id] = ClusterName.Parse(retired.Name, Languages.Parse(retired.Language))?.ToText(language) ?? retired.Name;
        }

        Dictionary<string, string> profiles = before.Profiles.Where(profile => profile.Kind == SegmentProfile.ClusterKind)
            .ToDictionary(profile => profile.Id, profile => profile.Name, StringComparer.Ordinal);
        for (int place = 0; place < (before.Model.Centroids?.Count ?? 0); place++)
        {
            int id = before.Model.ClusterId(place);
            if (profiles.TryGetValue(SegmentTransitions.IdOf(id)!, out string? name))
            {
                _names[id] = name;
            }
        }
    }

    /// <summary>The language of all the names; null where there are none.</summary>
    public Language? Language { get; }

    /// <summary>The name of a cluster, or null.</summary>
    public string? Text(int id) => _names.GetValueOrDefault(id);

    /// <summary>What the name says, or null.</summary>
    public ClusterName? Parsed(int id) => Text(id) is { } text && Language is { } language ? ClusterName.Parse(text, language) : null;

    /// <summary>The name that each cluster has a claim to, or null: one that comes back leaves its name to whoever bears it now.</summary>
    public IReadOnlyList<string?> Of(IReadOnlyList<ClusterOrigin?> origins)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        string?[] texts = [.. origins.Select(origin => origin is null ? null : Text(origin.Id))];
        foreach (int cluster in Enumerable.Range(0, texts.Length).OrderBy(cluster => origins[cluster]?.Basis == ClusterMatch.Returned ? 1 : 0))
        {
            texts[cluster] = texts[cluster] is { } text && taken.Add(text) ? text : null;
        }

        return texts;
    }

    /// <summary>What is to be remembered of the clusters that do not go on.</summary>
    /// <param name="goOn">The ids that the run has.</param>
    public IReadOnlyList<RetiredCluster> Retire(IReadOnlyCollection<int> goOn) =>
        _before is null || Language is not { } language ? [] : RetiredCluster.After(_before.Model, goOn, Text, language.Code());
}
