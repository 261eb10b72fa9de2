using System.Collections.Frozen;
using System.Globalization;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Segments.Lookup;

/// <summary>A run that readers can see, with all that lookups need besides the customers' rows. Immutable; thread-safe.</summary>
public sealed class PublishedRun
{
    private readonly FrozenDictionary<(string Kind, string Id), SegmentProfile> _byId;

    internal PublishedRun(RunRecord record, SelectedModel selected)
    {
        Record = record;
        AsOf = record.AsOf ?? throw new InvalidDataException($"Run {record.RunId} has no as-of date: it ended without results.");
        Language = Languages.Parse(record.Language);
        Model = selected.Model;
        Profiles = selected.Profiles;
        Outlook = new CustomerOutlook(selected.Model, selected.Profiles, Language);
        _byId = selected.Profiles.ToFrozenDictionary(profile => (profile.Kind, profile.Id));
    }

    /// <summary>The row of the run, as it was when the run was first read.</summary>
    public RunRecord Record { get; }

    /// <summary>The run's id.</summary>
    public string RunId => Record.RunId;

    /// <summary>The as-of date.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The language of names and texts.</summary>
    public Language Language { get; }

    /// <summary>The model that the run's customers were assigned by.</summary>
    public SegmentModel Model { get; }

    /// <summary>What the clusters and the named segments are, in their order.</summary>
    public IReadOnlyList<SegmentProfile> Profiles { get; }

    /// <summary>What is to come for its customers.</summary>
    internal CustomerOutlook Outlook { get; }

    /// <summary>The profile of a cluster or named segment.</summary>
    /// <param name="kind"><see cref="SegmentProfile.ClusterKind" /> or <see cref="SegmentProfile.NamedKind" />.</param>
    /// <param name="id">Its id.</param>
    /// <exception cref="InvalidDataException">The run has none.</exception>
    public SegmentProfile Profile(string kind, string id) => _byId.TryGetValue((kind, id), out SegmentProfile? profile)
        ? profile
        : throw new InvalidDataException($"The model of run {RunId} is damaged: it describes no segment '{id}' of kind '{kind}'.");

    /// <summary>What an answer depends on besides the customer and who was erased: the run, and the day.</summary>
    /// <param name="today">The UTC date of the answer.</param>
    /// <returns>The run id and the date, such as <c>20240601-120000-000.20240602</c>.</returns>
    public string Version(DateOnly today) => string.Create(CultureInfo.InvariantCulture, $"{RunId}.{today:yyyyMMdd}");
}
