using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Segments.Identity;

public sealed class FollowedCustomerTests
{
    private static readonly RfmRecord Customer = new(
        "k1", new DateOnly(2024, 1, 2), new DateOnly(2024, 3, 4), 3, 5, Money.Parse("120.50"), Money.Parse("-20"));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void A_customer_is_read_as_it_was_written(int former)
    {
        var buffer = new RecordBuffer();
        new FollowedCustomer(Customer, 5).Write(buffer);
        new FollowedCustomer(Customer, former).Write(buffer);
        Assert.Equal(new FollowedCustomer(Customer, former), FollowedCustomer.Read(buffer.Written));
        Assert.Equal(Customer, RfmRecord.Read(buffer.Written));
    }

    [Fact]
    public void A_record_of_a_version_that_knew_no_former_clusters_has_none()
    {
        byte[] stored = Convert.FromHexString("026B31C68C2D848D2D0305C0BCF572FFB38913");
        Assert.Equal(new FollowedCustomer(Customer, 0), FollowedCustomer.Read(stored));
    }
}
