using System.Globalization;

namespace Segmentation.Core.Options;

/// <summary>Takes values one by one, keeps the options and all faults, and judges at the end what concerns several options. One a reading.</summary>
internal sealed class OptionReader
{
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _assigned = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _faulty = new(StringComparer.OrdinalIgnoreCase);
    private SegmentationOptions _options = new();

    /// <summary>Takes a text <c>KEY=VALUE</c>.</summary>
    public void Assign(string source, string assignment)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? "" : assignment[..equals].Trim();
        if (key.Length == 0)
        {
            Fault($"{source}: '{assignment}' is no assignment, expected KEY=VALUE.");
            return;
        }

        if (OptionCatalog.Find(key) is { } option && !_assigned.Add(option.Key))
        {
            Fault($"{source}: {option.Key} is given twice, expected once.");
            return;
        }

        Set(source, key, new OptionInput(OptionShape.Assigned, assignment[(equals + 1)..]));
    }

    /// <summary>Takes a value of a key from a named place.</summary>
    public void Set(string source, string key, OptionInput input)
    {
        if (OptionCatalog.Find(key) is not { } option)
        {
            Fault(OptionKeys.IsGroup(key)
                ? $"{source}: {key} is {input.Found}, expected an object: it is a group of options."
                : $"{source}: {key} is no option{OptionKeys.Suggestion(key)}.");
            return;
        }

        if (option.Read(input, _options) is { } options)
        {
            _options = options;
            return;
        }

        _faulty.Add(option.Key);
        Fault($"{source}: {option.Key} is {input.Found}, expected {option.Expected}.");
    }

    public void Fault(string fault) => _faults.Add(fault);

    public OptionReading Finish()
    {
        SelectionOptions selection = _options.Selection;
        if (!IsFaulty(OptionCatalog.MinClustersKey, OptionCatalog.MaxClustersKey) && selection.MinClusters > selection.MaxClusters)
        {
            Fault(string.Create(
                CultureInfo.InvariantCulture,
                $"{OptionCatalog.MinClustersKey} is {selection.MinClusters} and {OptionCatalog.MaxClustersKey} is {selection.MaxClusters}, expected a least number that is not above the largest."));
        }

        if (_options.Rfm.Scores == ScoreKind.Thresholds)
        {
            Require(OptionCatalog.RecencyThresholdsKey, _options.Rfm.RecencyThresholds);
            Require(OptionCatalog.FrequencyThresholdsKey, _options.Rfm.FrequencyThresholds);
            Require(OptionCatalog.MonetaryThresholdsKey, _options.Rfm.MonetaryThresholds);
        }

        return new OptionReading(_options, _faults.AsReadOnly());
    }

    private void Require(string key, IReadOnlyList<double> thresholds)
    {
        // A list that was given but could not be read has its fault already.
        if (thresholds.Count == 0 && !IsFaulty(key))
        {
            Fault($"{key} is missing while {OptionCatalog.ScoresKey} is thresholds, expected four ascending numbers.");
        }
    }

    private bool IsFaulty(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (_faulty.Contains(key))
            {
                return true;
            }
        }

        return false;
    }
}
