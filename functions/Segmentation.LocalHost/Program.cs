using System.CommandLine;
using System.Globalization;
using Segmentation.LocalHost;
using Segmentation.LocalHost.Commands;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

var host = new CommandHost(Console.Out, Console.Error, TimeProvider.System);
var root = new RootCommand("Customer segmentation for online stores: from files of transactions to named segments.")
{
    CommonOptions.Verbose,
    RunCommand.Create(host),
    DemoCommand.Create(host),
    GenerateCommand.Create(host),
    LookupCommand.Create(host),
};
return await host.InvokeAsync(root, args);
