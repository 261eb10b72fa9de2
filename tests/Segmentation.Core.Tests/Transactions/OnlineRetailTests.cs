using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>The real invoices of a year, against numbers that other software computed.</summary>
public class OnlineRetailTests
{
    [SharedFact]
    public async Task The_counts_and_the_money_of_a_year_of_real_invoices_come_out()
    {
        var sink = new CountingSink();
        string[] files = Directory.GetFiles(Path.Combine(Repository.Shared, "data", "online-retail"), "20*.csv.gz");
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            UploadReading reading = await UploadCleaning.ReadAsync(
                _ => Task.FromResult<Stream>(File.OpenRead(file)), new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc), new ImportOptions(),
                new CleaningOptions(), sink, TestContext.Current.CancellationToken);
            Assert.Empty(reading.Warnings);
            Assert.Equal("yyyy-MM-dd HH:mm:ss", reading.Dialect.DateFormat);
            Assert.Equal(8, reading.Dialect.Columns.Count);
        }

        Assert.Equal(13, files.Length);
        Assert.Equal(541_909, sink.Rows);
        Assert.Equal(
            new Dictionary<RejectionReason, long> { [RejectionReason.MissingCustomer] = 135_080, [RejectionReason.NonPositivePrice] = 40 }, sink.Rejected);
        Assert.Equal(397_884, sink.Sales);
        Assert.Equal(8_905, sink.Returns);
        Assert.Equal("8911407.904", sink.SaleRevenue.ToString());
        Assert.Equal("9747747.934", sink.Revenue.ToString());
    }

    private sealed class CountingSink : IJudgedLineSink
    {
        public long Rows { get; private set; }

        public long Sales { get; private set; }

        public long Returns { get; private set; }

        public Money Revenue { get; private set; }

        public Money SaleRevenue { get; private set; }

        public Dictionary<RejectionReason, long> Rejected { get; } = [];

        public void Accept(in JudgedLine line)
        {
            Rows++;
            Revenue += line.Amount;
            Sales += line.Kind == LineKind.Sale ? 1 : 0;
            Returns += line.Kind == LineKind.Return ? 1 : 0;
            SaleRevenue += line.Kind == LineKind.Sale ? line.Amount : Money.Zero;
        }

        public void Reject(in RejectedLine line)
        {
            Rows++;
            Revenue += line.Amount;
            Rejected[line.Reason] = Rejected.GetValueOrDefault(line.Reason) + 1;
        }

        public ValueTask DrainAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
