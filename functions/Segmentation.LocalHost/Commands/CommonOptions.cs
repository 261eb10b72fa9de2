using System.CommandLine;
using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Storage.Azure;

namespace Segmentation.LocalHost.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>Where <c>demo</c> and <c>lookup</c> keep their store.</summary>
    public const string DefaultData = "data";

    private const string Files = "files";
    private const string Azure = "azure";

    /// <summary>Shows stack traces.</summary>
    public static Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Show where an unexpected failure came from.", Recursive = true };

    /// <summary>The language of names and texts.</summary>
    public static Option<string> Language()
    {
        var option = new Option<string>("--lang")
        {
            Description = "Language of names and texts.",
            HelpName = "en|ru",
            DefaultValueFactory = _ => Languages.Code(Core.Segments.Language.English),
        };
        option.AcceptOnlyFromAmong("en", "ru");
        return option;
    }

    /// <summary>The folder of the store.</summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "Folder of the store: uploads, cleaned rows, runs, tables.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultData,
    };

    /// <summary>Where the store is.</summary>
    public static Option<string> Storage()
    {
        var option = new Option<string>("--storage")
        {
            Description = $"Where the store is: in the folder of --data, or in the storage account that the variable {StorageSettings.Setting} names.",
            HelpName = $"{Files}|{Azure}",
            DefaultValueFactory = _ => Files,
        };
        option.AcceptOnlyFromAmong(Files, Azure);
        return option;
    }

    /// <summary>Whether a value of <see cref="Storage" /> says that the store is in a storage account.</summary>
    public static bool IsAzure(string storage) => storage == Azure;

    /// <summary>The folder of the store, checked.</summary>
    /// <exception cref="CommandFault">It is empty, or a file.</exception>
    public static string DataFolder(string data)
    {
        if (string.IsNullOrWhiteSpace(data))
        {
            throw new CommandFault(ExitCodes.Usage, "--data: the name is empty; expected a folder.");
        }

        return File.Exists(data)
            ? throw new CommandFault(ExitCodes.Usage, $"--data: '{data}' is a file; expected a folder, or a name that is free.")
            : data;
    }

    /// <summary>A configuration file.</summary>
    public static Option<string?> Config() => new("--config") { Description = "JSON file of options.", HelpName = "FILE" };

    /// <summary>Single options.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "One option, as rfm.window=365; can be given many times and wins over the file.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The as-of date.</summary>
    public static Option<string?> AsOf() => new("--as-of")
    {
        Description = "As-of date: the day after the last purchase (data), today, or a date.",
        HelpName = "data|today|yyyy-MM-dd",
    };

    /// <summary>Reads the options in force; all faults are reported together.</summary>
    /// <exception cref="CommandFault">The configuration has faults.</exception>
    public static async Task<SegmentationOptions> ReadOptionsAsync(
        string? configFile, string[] assignments, string? asOf, CancellationToken cancellationToken)
    {
        string? json = null;
        if (configFile is not null)
        {
            try
            {
                json = await File.ReadAllTextAsync(configFile, cancellationToken);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new CommandFault(
                    ExitCodes.Usage, $"--config: the file '{configFile}' cannot be read ({Reason(fault)}); expected a JSON file of options.");
            }
        }

        // The date is read by itself first, so that a fault in it is said of the option that the user gave.
        string[] asOfAssignment = asOf is null ? [] : [$"rfm.asOf={asOf}"];
        OptionReading ofAsOf = OptionCatalog.Read(null, null, asOfAssignment, "--as-of");
        OptionReading reading = OptionCatalog.Read(json, configFile, ofAsOf.IsValid ? [.. assignments, .. asOfAssignment] : assignments);
        return reading.IsValid && ofAsOf.IsValid
            ? reading.Options
            : throw new CommandFault(ExitCodes.Usage, [.. reading.Faults, .. ofAsOf.Faults]);
    }

    /// <summary>Why a file or folder could not be used, shortly.</summary>
    public static string Reason(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "access is denied",
        _ => fault.Message,
    };
}
