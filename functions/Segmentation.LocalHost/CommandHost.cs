using System.CommandLine;
using System.CommandLine.Parsing;
using Segmentation.LocalHost.Commands;

namespace Segmentation.LocalHost;

/// <summary>What every command has: its streams and the clock.</summary>
/// <param name="Output">Takes the result, which a script can read.</param>
/// <param name="Error">Takes progress and messages.</param>
/// <param name="Clock">The clock.</param>
internal sealed record CommandHost(TextWriter Output, TextWriter Error, TimeProvider Clock)
{
    private static readonly TimeSpan GraceAfterSignal = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command line; every end has its exit code, and no fault shows a stack trace unless <c>--verbose</c>.</summary>
    public async Task<int> InvokeAsync(RootCommand root, string[] args, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = root.Parse(args);
        string[] faults = [.. FaultsOf(parsed)];
        if (faults.Length > 0)
        {
            foreach (string message in faults)
            {
                await Error.WriteLineAsync($"segmentation: {message}");
            }

            await Error.WriteLineAsync("segmentation: 'segmentation --help' lists the commands, 'segmentation COMMAND --help' the options of one.");
            return ExitCodes.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = Output,
                Error = Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = GraceAfterSignal,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandFault fault)
        {
            foreach (string message in fault.Messages)
            {
                await Error.WriteLineAsync($"segmentation: {message}");
            }

            return fault.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Error.WriteLineAsync("segmentation: stopped.");
            return ExitCodes.Unexpected;
        }
        catch (Exception fault)
        {
            await Error.WriteLineAsync(
                parsed.GetValue(CommonOptions.Verbose) ? fault.ToString() : $"segmentation: {fault.Message} ('--verbose' shows where.)");
            return ExitCodes.Unexpected;
        }
    }

    /// <summary>What is wrong with a command line, a sentence a fault.</summary>
    /// <remarks>
    /// The parser takes an option that it does not know for an argument, where it could be one, and breaks some messages into lines.
    /// </remarks>
    internal static IEnumerable<string> FaultsOf(ParseResult parsed)
    {
        string[] unknown =
        [
            .. parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
                .Where(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))
                .Select(token => $"'{token.Value}' is no option of this command."),
        ];
        if (unknown.Length > 0)
        {
            return unknown;
        }

        return parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens.Count > 0
            ? [$"'{parsed.UnmatchedTokens[0]}' is no command."]
            : parsed.Errors.Select(error => string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
