using System.CommandLine;
using Segmentation.LocalHost.Commands;

namespace Segmentation.LocalHost;

/// <summary>The command line as a whole.</summary>
internal static class Root
{
    /// <summary>All commands and the options that they share.</summary>
    public static RootCommand Create(CommandHost host) =>
        new("Customer segmentation for online stores: from files of transactions to named segments.")
        {
            CommonOptions.Verbose,
            RunCommand.Create(host),
            ServeCommand.Create(host),
            DemoCommand.Create(host),
            GenerateCommand.Create(host),
            LookupCommand.Create(host),
            ScoreCommand.Create(host),
        };
}
