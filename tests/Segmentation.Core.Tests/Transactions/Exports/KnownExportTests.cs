using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions.Exports;

/// <summary>Exports are recognised by the names that their systems write.</summary>
public class KnownExportTests
{
    private static readonly Dictionary<string, KnownExport> All =
        ShopExports.All.Concat(MarketplaceExports.All).ToDictionary(static export => export.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_columns_are_found_by_their_names(string name)
    {
        KnownExport export = All[name];

        ColumnMapping columns = ColumnMapping.Map(export.Names, true, new Dictionary<TransactionField, string>(), []);

        Assert.Equal(export.Expected, Shown(columns.Names), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_rows_are_read_or_the_report_is_refused(string name)
    {
        KnownExport export = All[name];
        if (export.Missing is { } missing)
        {
            UnusableUploadException refusal = await Cleaning.RefusedAsync(export.Write());

            Assert.Contains($"no column for {missing}", refusal.Message, StringComparison.Ordinal);
            return;
        }

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(export.Write());

        Assert.Equal(export.Lines, sink.Accepted.Select(static line =>
            (line.Kind == LineKind.Sale ? "" : $"{line.Kind} ") + $"{line.Customer} {line.Invoice} {line.Product} {line.Amount}"), StringComparer.Ordinal);
        Assert.Empty(sink.Rejected);
        Assert.Subset(export.Expected.ToHashSet(StringComparer.Ordinal), Shown(reading.Dialect.Columns).ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Shown(IReadOnlyDictionary<string, string> columns) =>
        columns.Select(static pair => $"{pair.Key}: {pair.Value}").Order(StringComparer.Ordinal);
}
