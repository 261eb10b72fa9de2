using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Tests.Transactions;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

/// <summary>The definitions written down as plainly as can be: lists of lists, everything at once, in quadratic time.</summary>
internal static class PlainAggregation
{
    public static Aggregation Of(IReadOnlyList<IReadOnlyList<TestRow>> uploads, AggregationRule rule, UploadPart[]? parts = null)
    {
        parts ??= UploadPart.EachAlone(uploads.Count);
        (int Upload, TestRow Row)[] all = [.. uploads.SelectMany((rows, upload) => rows.Select(row => (upload, row)))];
        var supplied = new List<(int Whole, TestRow Row)>();
        var result = new Aggregation([.. uploads.Select(_ => new LedgerTally())]);
        var kept = new List<TestRow>();
        var counted = new List<(int Upload, TestRow Row)>();
        foreach ((int upload, TestRow row) in all)
        {
            LedgerTally tally = result.Tallies[upload];
            if (!Supplies(upload, row, all, parts))
            {
                tally.Superseded = tally.Superseded.Plus(row.Amount);
                continue;
            }

            bool isSale = row.Kind == LineKind.Sale;
            bool repeats = rule.DropDuplicates && supplied.Exists(earlier => earlier.Whole == parts[upload].Whole && earlier.Row.Fields.Equals(row.Fields));
            supplied.Add((parts[upload].Whole, row));
            bool isNonProduct = rule.DropNonProducts && row.IsNonProduct;
            var day = DateOnly.FromDateTime(row.Time);
            RejectionReason? reason = null;
            if (isSale && repeats)
            {
                tally.Merged = tally.Merged.Plus(row.Amount);
                continue;
            }
            else if (isSale && isNonProduct)
            {
                reason = RejectionReason.NonProduct;
            }
            else if (day >= rule.AsOf && (isSale || rule.AsOfIsGiven))
            {
                reason = RejectionReason.AfterAsOf;
            }
            else if (rule.WindowDays is { } window && day < rule.AsOf?.AddDays(-window))
            {
                reason = RejectionReason.BeforeWindow;
            }

            if (reason is { } why)
            {
                tally.Reject(why, row.Amount);
                if (why == RejectionReason.NonProduct)
                {
                    result.Sales.AddNonProduct(row.Product, new RowTally(1, row.Amount));
                }

                result.LateRejects.Add((upload, row.Line, why, row.Raw));
            }
            else if (isSale)
            {
                tally.Kept = tally.Kept.Plus(row.Amount);
                kept.Add(row);
            }
            else
            {
                tally.Returned = tally.Returned.Plus(row.Amount);
                if (row.Kind == LineKind.Return && rule.Returns == ReturnsPolicy.Net && !repeats && !isNonProduct)
                {
                    counted.Add((upload, row));
                }
            }
        }

        foreach (IGrouping<string, TestRow> customer in kept.GroupBy(row => row.Customer, StringComparer.Ordinal))
        {
            (int Upload, TestRow Row)[] returns = [.. counted.Where(one => one.Row.Customer == customer.Key)];
            foreach ((int upload, TestRow row) in returns)
            {
                result.Tallies[upload].ReturnedCounted += row.Amount;
            }

            DateOnly[] days = [.. customer.Select(row => DateOnly.FromDateTime(row.Time))];
            int orders = customer.Where(row => row.Invoice != "").Select(row => row.Invoice).Distinct(StringComparer.Ordinal).Count()
                + customer.Where(row => row.Invoice == "").Select(row => DateOnly.FromDateTime(row.Time)).Distinct().Count();
            result.Customers.Add(new RfmRecord(
                customer.Key, days.Min(), days.Max(), orders, days.Length, Sum(customer), Sum(returns.Select(one => one.Row)))
            {
                Items = ItemsOf(customer.Where(row => row.HasQuantity)),
            });
        }

        foreach (TestRow row in kept)
        {
            result.Sales.AddDay(DateOnly.FromDateTime(row.Time), new RowTally(1, row.Amount));
            result.Sales.AddCountry(row.Country, new RowTally(1, row.Amount));
        }

        TestRow[] named = [.. kept.Where(row => ProductOf(row) != "")];
        result.ProductSales.AddRange(named.GroupBy(row => (row.Customer, Product: ProductOf(row)))
            .Select(group => $"{group.Key.Customer} {group.Key.Product} {Sum(group)}"));
        result.ProductSales.AddRange(named.GroupBy(ProductOf, StringComparer.Ordinal).Select(group => Aggregation.DescribeProduct(
            group.Key,
            new RowTally(group.Count(), Sum(group)),
            Counts(group.Select(row => row.Description).Where(name => name != "")),
            Counts(group.Select(row => row.Category).Where(name => name != "")),
            Counts(group.Select(row => row.Price.ToMoney())))));
        return result;
    }

    private static string ProductOf(TestRow row) => row.Product != "" ? row.Product : row.Description != "" ? row.Description : row.Category;

    private static Dictionary<T, long> Counts<T>(IEnumerable<T> values)
        where T : notnull => values.GroupBy(value => value).ToDictionary(group => group.Key, group => (long)group.Count());

    // The last upload that holds the unit, with the others of its whole, each distinct row from the one that has it most often, the first of
    // these; without an invoice the whole that has the row most often, the last of these.
    private static bool Supplies(int upload, TestRow row, (int Upload, TestRow Row)[] all, UploadPart[] parts)
    {
        bool hasInvoice = row.Invoice != "";
        (int Upload, TestRow Row)[] unit =
            [.. all.Where(one => hasInvoice ? UnitOf(one.Row) == UnitOf(row) : one.Row.Fields.Equals(row.Fields))];
        int[] holders = [.. unit.Select(one => one.Upload).Distinct()];
        int[] standing = [.. holders.Where(holder => !holders.Any(later => Replaces(later, holder, parts)))];
        if (hasInvoice)
        {
            return standing.Where(one => parts[one].Whole == parts[holders.Max()].Whole)
                .OrderByDescending(one => unit.Count(of => of.Upload == one && of.Row.Fields.Equals(row.Fields))).ThenBy(one => one).First() == upload;
        }

        int best = standing.GroupBy(one => parts[one].Whole)
            .OrderByDescending(whole => unit.Count(of => whole.Contains(of.Upload))).ThenByDescending(whole => whole.Max()).First().Key;
        return parts[upload].Whole == best && standing.Contains(upload);
    }

    // A later correction of the same rows, or of rows from which the other's come.
    private static bool Replaces(int later, int earlier, UploadPart[] parts) => later > earlier && parts[later].Round > 0
        && (parts[later].Whole, parts[later].Table) == (parts[earlier].Whole, parts[earlier].Table) && parts[later].Round <= parts[earlier].Round;

    private static (string Customer, string Invoice, string Product) UnitOf(TestRow row) => (row.Customer, row.Invoice, row.Product);

    private static ItemTally ItemsOf(IEnumerable<TestRow> rows) =>
        new(rows.Aggregate(Int128.Zero, (sum, row) => sum + row.Quantity.ToMoney().Micros), Sum(rows));

    private static Money Sum(IEnumerable<TestRow> rows) => rows.Aggregate(Money.Zero, (sum, row) => sum + row.Amount);
}
