using Segmentation.Core.Workflow;
using Spectre.Console;

namespace Segmentation.LocalHost.Console;

/// <summary>Shows the progress of a run: a live line where standard error is a terminal, else one line a step.</summary>
internal sealed class StepProgressWriter : IProgress<StepProgress>, IDisposable
{
    private const int BarWidth = 24;
    private readonly TextWriter _error;
    private readonly IAnsiConsole? _terminal;
    private readonly Lock _gate = new();

    private StepProgressWriter(TextWriter error, IAnsiConsole? terminal)
    {
        _error = error;
        _terminal = terminal;
    }

    /// <summary>A writer to standard error.</summary>
    public static StepProgressWriter For(TextWriter error)
    {
        bool isTerminal = ReferenceEquals(error, System.Console.Error) && !System.Console.IsErrorRedirected;
        return new StepProgressWriter(
            error, isTerminal ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) }) : null);
    }

    /// <inheritdoc />
    public void Report(StepProgress value)
    {
        lock (_gate)
        {
            if (_terminal is not null)
            {
                _terminal.Write("\r");
                _terminal.Markup(Line(value));
            }
            else if (value.Done == 0)
            {
                _error.WriteLine(value.Total == 1 ? value.Step : $"{value.Step}: {value.Total}");
            }
        }
    }

    /// <summary>The live line of a step, as markup.</summary>
    /// <remarks>Work around a step counts as done in it, but not in its total: both the bar and the text end at the total.</remarks>
    internal static string Line(StepProgress value)
    {
        int done = Math.Min(value.Done, value.Total);
        int filled = value.Total == 0 ? BarWidth : BarWidth * done / value.Total;
        return $"{value.Step,-10}[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {done}/{value.Total}   ";
    }

    /// <inheritdoc />
    public void Dispose() => _terminal?.Write($"\r{new string(' ', BarWidth + 30)}\r");
}
