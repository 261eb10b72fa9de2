using System.CommandLine;
using System.Globalization;
using Segmentation.Core.Synthetic;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Commands;

/// <summary><c>segmentation generate --out FILE</c>: the transactions of a synthetic store.</summary>
internal static class GenerateCommand
{
    private const int MostDefaultCustomers = 20_000;

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var output = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var customers = new Option<int?>("--customers")
        {
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"Customers of the store; when left out, one for {SyntheticShopOptions.DefaultRowsPerCustomer} rows up to {MostDefaultCustomers:N0}, or {SyntheticShopOptions.DefaultCustomers:N0} without --rows."),
            HelpName = "N",
        };
        var rows = new Option<long?>("--rows")
        {
            Description = string.Create(
                CultureInfo.InvariantCulture, $"Rows to write; {SyntheticShopOptions.DefaultRowsPerCustomer} a customer when left out."),
            HelpName = "N",
        };
        Option<ulong> seed = Seed();
        var command = new Command("generate", "Write the transactions of a synthetic store, in the eight columns of Online Retail.")
        {
            output, customers, rows, seed,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            long? rowCount = parsed.GetValue(rows);
            SyntheticShopOptions shop = Shop(parsed.GetValue(customers) ?? CustomersOf(rowCount), rowCount, parsed.GetValue(seed));
            string path = FileOf(parsed.GetValue(output)!);
            await WriteAsync(shop, Path.GetDirectoryName(path)!, Path.GetFileName(path), cancellationToken);
            await host.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{shop.RowCount:N0} rows of a store of {shop.Customers:N0} customers are in {parsed.GetValue(output)}."));
            return ExitCodes.Done;
        });
        return command;
    }

    // A store of many rows has many customers, but what a run needs of memory and time should tell of its rows: hence the limit.
    private static int CustomersOf(long? rows) => rows is { } count
        ? (int)Math.Clamp(count / SyntheticShopOptions.DefaultRowsPerCustomer, 1, MostDefaultCustomers)
        : SyntheticShopOptions.DefaultCustomers;

    /// <summary>The store that options ask for.</summary>
    /// <exception cref="CommandFault">An option is out of its range.</exception>
    public static SyntheticShopOptions Shop(int customers, long? rows, ulong seed)
    {
        if (customers < 1)
        {
            throw OutOfRange("--customers", customers, "1 or more");
        }

        return rows is < 0 or > SyntheticShopOptions.MostRows
            ? throw OutOfRange("--rows", rows.Value, string.Create(CultureInfo.InvariantCulture, $"0 to {SyntheticShopOptions.MostRows}"))
            : new SyntheticShopOptions { Customers = customers, Rows = rows, Seed = seed };
    }

    private static CommandFault OutOfRange(string option, long found, string expected) => new(
        ExitCodes.Usage, string.Create(CultureInfo.InvariantCulture, $"{option} is '{found}'; expected {expected}."));

    private static string FileOf(string output)
    {
        if (string.IsNullOrWhiteSpace(output))
        {
            throw new CommandFault(ExitCodes.Usage, "--out: the name is empty; expected the name of a file.");
        }

        return Path.EndsInDirectorySeparator(output) || Directory.Exists(output)
            ? throw new CommandFault(ExitCodes.Usage, $"--out: '{output}' is a folder; expected the name of a file.")
            : Path.GetFullPath(output);
    }

    /// <summary>The number of customers.</summary>
    public static Option<int> Customers() => new("--customers")
    {
        Description = "Customers of the store.",
        HelpName = "N",
        DefaultValueFactory = _ => SyntheticShopOptions.DefaultCustomers,
    };

    /// <summary>The seed.</summary>
    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "The same seed gives the same bytes.",
        HelpName = "S",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>Writes a store's transactions to a file, which appears when it is complete.</summary>
    /// <exception cref="CommandFault">The file cannot be written.</exception>
    public static async Task WriteAsync(SyntheticShopOptions shop, string folder, string name, CancellationToken cancellationToken)
    {
        try
        {
            await new FolderContainer(folder).WriteAsync(
                name, (stream, token) => SyntheticShop.WriteAsync(shop, stream, cancellationToken: token), cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault(ExitCodes.Usage, $"--out: '{Path.Combine(folder, name)}' cannot be written ({fault.Message}).");
        }
    }
}
