using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Tests.Transactions;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

/// <summary>The definitions written down as plainly as can be: lists of lists, everything at once, in quadratic time.</summary>
internal static class PlainAggregation
{
    public static Aggregation Of(IReadOnlyList<IReadOnlyList<TestRow>> uploads, AggregationRule rule)
    {
        (int Upload, TestRow Row)[] all = [.. uploads.SelectMany((rows, upload) => rows.Select(row => (upload, row)))];
        var result = new Aggregation([.. uploads.Select(_ => new LedgerTally())]);
        var kept = new List<TestRow>();
        var counted = new List<(int Upload, TestRow Row)>();
        foreach ((int upload, TestRow row) in all)
        {
            LedgerTally tally = result.Tallies[upload];
            if (upload != SupplierOf(row, all))
            {
                tally.Superseded = tally.Superseded.Plus(row.Amount);
                continue;
            }

            bool isSale = row.Kind == LineKind.Sale;
            bool repeats = rule.DropDuplicates && uploads[upload].TakeWhile(earlier => earlier != row).Any(earlier => earlier.Fields.Equals(row.Fields));
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

    // The last upload that holds the unit; without an invoice the one that has the row most often, the last of these.
    private static int SupplierOf(TestRow row, (int Upload, TestRow Row)[] all) => row.Invoice != ""
        ? all.Where(one => (one.Row.Customer, one.Row.Invoice, one.Row.Product) == (row.Customer, row.Invoice, row.Product)).Max(one => one.Upload)
        : all.Where(one => one.Row.Fields.Equals(row.Fields)).GroupBy(one => one.Upload)
            .OrderByDescending(upload => upload.Count()).ThenByDescending(upload => upload.Key).First().Key;

    private static ItemTally ItemsOf(IEnumerable<TestRow> rows) =>
        new(rows.Aggregate(Int128.Zero, (sum, row) => sum + row.Quantity.ToMoney().Micros), Sum(rows));

    private static Money Sum(IEnumerable<TestRow> rows) => rows.Aggregate(Money.Zero, (sum, row) => sum + row.Amount);
}
