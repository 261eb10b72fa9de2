using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>What the first line of an order carries to its further ones is judged as it is where it stands.</summary>
public class CarriedFieldTests
{
    private const string Header = "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem price,Shipping Country\n";

    [Theory]
    [InlineData(64)]
    [InlineData(1 << 16)]
    public async Task A_customer_is_composed_on_every_line_of_the_order_wherever_a_block_of_the_file_ends(int bufferBytes)
    {
        var rows = new StringBuilder(Header).Append("#1,e\u0301a@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,UK\n");
        for (int i = 0; i < 20; i++)
        {
            rows.Append("#1,,,,1,Cup,C1,1.00,\n");
        }

        (_, CollectingSink sink) = await Cleaning.ReadAsync(rows.ToString(), bufferBytes: bufferBytes);

        Assert.Equal(21, sink.Accepted.Count);
        Assert.Equal("\u00E9a@x", Assert.Single(sink.Accepted.Select(static row => row.Customer).Distinct(StringComparer.Ordinal)));
    }
}
