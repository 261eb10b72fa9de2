using System.Buffers.Binary;
using System.Globalization;

namespace Segmentation.Core.Rfm;

/// <summary>What an item cost each customer on average, in the order of <see cref="CustomerMeasures" />; 0 where nothing says how many items it bought.</summary>
/// <remarks>
/// A file beside that of the measures: only profiles need it, and a run whose measures were written before there was such a file goes on without.
/// 8 bytes a customer.
/// </remarks>
internal static class ItemPriceFile
{
    /// <summary>Bytes of one customer.</summary>
    public const int BytesOfOne = sizeof(double);

    private const int BlockCustomers = 4_096;

    /// <summary>Writes one customer.</summary>
    public static void Write(Span<byte> into, double price) => BinaryPrimitives.WriteDoubleLittleEndian(into, price);

    /// <summary>Reads all customers.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The file is that of other customers.</exception>
    public static async Task<double[]> ReadAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        if (stream.Length != (long)count * BytesOfOne)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"The file of item prices has {stream.Length} bytes; {count} customers take {(long)count * BytesOfOne}."));
        }

        double[] prices = new double[count];
        byte[] block = new byte[BytesOfOne * BlockCustomers];
        for (int i = 0; i < count;)
        {
            int customers = Math.Min(BlockCustomers, count - i);
            await stream.ReadExactlyAsync(block.AsMemory(0, customers * BytesOfOne), cancellationToken);
            for (int j = 0; j < customers; j++, i++)
            {
                prices[i] = BinaryPrimitives.ReadDoubleLittleEndian(block.AsSpan(j * BytesOfOne));
            }
        }

        return prices;
    }
}
