using Microsoft.Extensions.Configuration;
using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Storage.Azure;

namespace Segmentation.Functions.Composition;

/// <summary>The settings of the app, all checked together.</summary>
/// <param name="Storage">Where everything is stored.</param>
/// <param name="Options">The options of runs.</param>
/// <param name="Language">The language of names and texts: <c>en</c> or <c>ru</c>.</param>
public sealed record AppSettings(StorageSettings Storage, SegmentationOptions Options, string Language)
{
    private const string Section = "Segmentation";
    private const string LanguageKey = "language";
    private const string DefaultLanguage = "en";

    /// <summary>
    /// Reads <c>AzureWebJobsStorage</c> and the section <c>Segmentation</c>: its keys are those of <see cref="OptionCatalog" />, and
    /// <c>language</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Settings are wrong; the message names every one.</exception>
    public static AppSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        StorageSettings? storage = StorageSettings.Read(
            name => configuration[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)], faults);
        string language = configuration[$"{Section}:{LanguageKey}"] ?? DefaultLanguage;
        if (!Languages.TryParse(language, out Language spoken))
        {
            faults.Add($"{Section}__{LanguageKey} is '{language}', expected en or ru.");
        }

        // A setting that only groups others has no value.
        IEnumerable<string> assignments = configuration.GetSection(Section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null && !setting.Key.Equals(LanguageKey, StringComparison.OrdinalIgnoreCase))
            .OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .Select(setting => $"{setting.Key.Replace(ConfigurationPath.KeyDelimiter, ".", StringComparison.Ordinal)}={setting.Value}");
        OptionReading reading = OptionCatalog.Read(null, null, assignments, $"App setting {Section}__…");
        faults.AddRange(reading.Faults);
        return faults.Count == 0
            ? new AppSettings(storage!, reading.Options, spoken.Code())
            : throw new InvalidOperationException(
                $"The settings of the app are wrong:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }
}
