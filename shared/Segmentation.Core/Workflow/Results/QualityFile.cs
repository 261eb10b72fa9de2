using System.Text.Json;
using Segmentation.Core.Quality;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow.Results;

/// <summary>The file <c>quality.json</c>: what is suspicious in the data.</summary>
/// <param name="Findings">The findings, the most serious first; empty where nothing is.</param>
public sealed record QualityDocument(IReadOnlyList<QualityEntry> Findings);

/// <summary>A finding with its words.</summary>
/// <param name="Kind">What it is, for example <c>price-outlier</c>.</param>
/// <param name="Severity"><c>warning</c> or <c>note</c>.</param>
/// <param name="Subject">The product, codes or dates it is about, or empty.</param>
/// <param name="Count">How many lines, rows, products, customers or days.</param>
/// <param name="Amount">The money at stake, or null.</param>
/// <param name="Share">The part of the rows or of the money, 0…1, or null.</param>
/// <param name="Text">What was found, in the language of the run.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record QualityEntry(
    string Kind,
    string Severity,
    string Subject,
    long Count,
    Money? Amount,
    double? Share,
    string Text,
    string Advice);

/// <summary>Makes the file <c>quality.json</c>.</summary>
internal static class QualityFile
{
    /// <summary>Its name.</summary>
    public const string Name = "quality.json";

    /// <summary>The document.</summary>
    public static QualityDocument Of(IReadOnlyList<QualityFinding> findings, Language language) =>
        new([.. findings.Select(finding => new QualityEntry(
            NameOf(finding.Kind), NameOf(finding.Severity), finding.Subject, finding.Count, finding.Amount, finding.Share,
            QualityWords.Describe(finding, language), QualityWords.Advise(finding.Kind, language)))]);

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
