namespace Segmentation.Core.Tests.Transactions.Exports;

/// <summary>The header of an export as its system writes it, with invented rows, and what is to be made of it.</summary>
/// <param name="Name">The system and the report.</param>
/// <param name="Header">The whole header line.</param>
/// <param name="Rows">Rows as <c>column: value | column: value</c>; the other columns are empty.</param>
/// <param name="Columns">The expected mapping, as <c>field: column | field: column</c>.</param>
/// <param name="Lines">The expected lines as <c>customer invoice product amount</c>, in order, with the kind in front of what is no sale.</param>
internal sealed record KnownExport(string Name, string Header, string[] Rows, string Columns, params string[] Lines)
{
    public char Delimiter { get; init; } = ',';

    /// <summary>What stands above the header.</summary>
    public string Above { get; init; } = "";

    /// <summary>What the refusal says is missing, for a report that does not hold all that is needed.</summary>
    public string? Missing { get; init; }

    public IReadOnlyList<string> Names => [.. Header.Split(Delimiter).Select(static name => name.Trim('"'))];

    public IEnumerable<string> Expected => Columns.Split(" | ").Order(StringComparer.Ordinal);

    public string Write() => $"{Above}{Header}\n{string.Concat(Rows.Select(Row))}";

    private string Row(string pairs)
    {
        string[] fields = [.. Names.Select(static _ => "")];
        foreach (string pair in pairs.Split(" | "))
        {
            string[] parts = pair.Split(": ", 2);
            int column = Names.ToList().IndexOf(parts[0]);
            Assert.True(column >= 0, $"{Name} has no column {parts[0]}.");
            fields[column] = parts[1].Contains(Delimiter, StringComparison.Ordinal) ? $"\"{parts[1]}\"" : parts[1];
        }

        return string.Join(Delimiter, fields) + "\n";
    }
}
