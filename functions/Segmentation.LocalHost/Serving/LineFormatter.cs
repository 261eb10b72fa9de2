using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Segmentation.LocalHost.Serving;

/// <summary>How <see cref="LineFormatter" /> writes.</summary>
internal sealed class LineFormatterOptions : ConsoleFormatterOptions
{
    /// <summary>Whether a failure is shown with where it came from.</summary>
    public bool ShowsTraces { get; set; }
}

/// <summary>Writes a line of the log: when, how bad, what. Failures are one line too, unless more was asked for.</summary>
internal sealed class LineFormatter(IOptions<LineFormatterOptions> options, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name that the console knows it by.</summary>
    public const string FormatterName = "line";

    /// <inheritdoc />
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string level = logEntry.LogLevel switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warning",
            _ => "error",
        };
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" ");
        textWriter.WriteLine(FormattableString.Invariant($"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {level}: {message}"));
        if (logEntry.Exception is { } fault)
        {
            textWriter.WriteLine(options.Value.ShowsTraces ? fault.ToString() : $"  {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }
}
