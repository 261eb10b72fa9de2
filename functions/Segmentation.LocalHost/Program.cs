using System.Globalization;
using Segmentation.LocalHost;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

var host = new CommandHost(Console.Out, Console.Error, TimeProvider.System);
return await host.InvokeAsync(Root.Create(host), args);
