using System.Buffers.Binary;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Products;

/// <summary>What the kept lines of one product come to. Figures of shards add up in any order. Not thread-safe.</summary>
internal sealed class ProductFigures
{
    /// <summary>Of a product with more names than this, some are left out.</summary>
    public const int MostNames = 64;

    /// <summary>Of a product with more prices than this, a sample is kept.</summary>
    public const int MostPrices = 1_024;

    private const byte NamesBit = 1;
    private const byte CategoriesBit = 2;
    private const byte PricesBit = 4;

    /// <summary>Kept lines and their money.</summary>
    public RowTally Sales { get; set; }

    /// <summary>The descriptions as cleaned, and how often each occurs.</summary>
    public BoundedCounts<string> Names { get; } = new(MostNames, StableHash.Compute);

    /// <summary>The categories that the files say.</summary>
    public BoundedCounts<string> Categories { get; } = new(MostNames, StableHash.Compute);

    /// <summary>The prices of one unit, and on how many lines each stands.</summary>
    public BoundedCounts<Money> Prices { get; } = new(MostPrices, HashOf);

    /// <summary>The most frequent name, the first in ordinal order at equal counts; empty where there is none.</summary>
    public string Name => MostFrequent(Names);

    /// <summary>The most frequent category that the files say; empty where there is none.</summary>
    public string Category => MostFrequent(Categories);

    /// <summary>The median price of the lines, the lower one of two; null where no line has a price.</summary>
    public Money? MedianPrice
    {
        get
        {
            long lines = Prices.Counts.Values.Sum();
            long passed = 0;
            foreach ((Money price, long count) in Prices.Counts.OrderBy(price => price.Key))
            {
                passed += count;
                if (passed * 2 >= lines)
                {
                    return price;
                }
            }

            return null;
        }
    }

    /// <summary>Adds the figures of the same product in another shard.</summary>
    public void Add(ProductFigures other)
    {
        Sales += other.Sales;
        Names.Add(other.Names);
        Categories.Add(other.Categories);
        Prices.Add(other.Prices);
    }

    /// <summary>Appends the stored form.</summary>
    public void Write(RecordBuffer into)
    {
        Names.Trim();
        Categories.Trim();
        Prices.Trim();
        into.WriteUnsigned((ulong)Sales.Rows);
        into.WriteMoney(Sales.Revenue);
        into.WriteByte((byte)((Names.IsSample ? NamesBit : 0) | (Categories.IsSample ? CategoriesBit : 0) | (Prices.IsSample ? PricesBit : 0)));
        WriteTexts(Names, into);
        WriteTexts(Categories, into);
        into.WriteUnsigned((ulong)Prices.Counts.Count);
        foreach ((Money price, long lines) in Prices.Counts.OrderBy(price => price.Key))
        {
            into.WriteMoney(price);
            into.WriteUnsigned((ulong)lines);
        }
    }

    /// <summary>Reads the stored form.</summary>
    public static ProductFigures Read(ref RecordFields fields)
    {
        var figures = new ProductFigures { Sales = new RowTally((long)fields.ReadUnsigned(), fields.ReadMoney()) };
        byte samples = fields.ReadByte();
        ReadTexts(figures.Names, (samples & NamesBit) != 0, ref fields);
        ReadTexts(figures.Categories, (samples & CategoriesBit) != 0, ref fields);
        for (int left = fields.ReadLength(); left > 0; left--)
        {
            Money price = fields.ReadMoney();
            figures.Prices.Add(price, (long)fields.ReadUnsigned());
        }

        if ((samples & PricesBit) != 0)
        {
            figures.Prices.MarkAsSample();
        }

        return figures;
    }

    private static void WriteTexts(BoundedCounts<string> counts, RecordBuffer into)
    {
        into.WriteUnsigned((ulong)counts.Counts.Count);
        foreach ((string text, long lines) in counts.Counts.OrderBy(text => text.Key, StringComparer.Ordinal))
        {
            into.WriteText(text);
            into.WriteUnsigned((ulong)lines);
        }
    }

    private static void ReadTexts(BoundedCounts<string> counts, bool isSample, ref RecordFields fields)
    {
        for (int left = fields.ReadLength(); left > 0; left--)
        {
            string text = fields.ReadText();
            counts.Add(text, (long)fields.ReadUnsigned());
        }

        if (isSample)
        {
            counts.MarkAsSample();
        }
    }

    private static string MostFrequent(BoundedCounts<string> counts)
    {
        counts.Trim();
        return counts.Counts.OrderByDescending(text => text.Value).ThenBy(text => text.Key, StringComparer.Ordinal)
            .Select(text => text.Key).FirstOrDefault("");
    }

    /// <summary>A stable hash of a price.</summary>
    public static ulong HashOf(Money price)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(bytes, price.Micros);
        return StableHash.Compute(bytes);
    }
}
