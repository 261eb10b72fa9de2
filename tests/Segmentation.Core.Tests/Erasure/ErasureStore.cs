using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Erasure;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Transactions;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Erasure;

/// <summary>A store with customers to erase, and the search for what is left of them.</summary>
internal sealed class ErasureStore
{
    private static readonly Encoding[] Encodings =
        [new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode, CodePagesEncodingProvider.Instance.GetEncoding(1251)!];

    public ErasureStore(WriteFaults? faults = null)
    {
        Store = new Store(faults);
        Tombstones = new Tombstones(Store.Clean, new StandingClock());
        Erasure = new CustomerErasure(Store.Storage, Tombstones, new StandingClock());
        Withdrawal = new UploadWithdrawal(Store.Storage, new StandingClock());
        Holdings = new CustomerHoldings(Store.Storage);
    }

    public Store Store { get; }

    public Tombstones Tombstones { get; }

    public CustomerErasure Erasure { get; }

    public UploadWithdrawal Withdrawal { get; }

    public CustomerHoldings Holdings { get; }

    /// <summary>Rows of a shop with every fate, in which a customer's id is written in several ways.</summary>
    /// <param name="id">The id as stored.</param>
    /// <param name="written">The id as another program writes it.</param>
    public static string Rows(string id, string written)
    {
        var rows = new StringBuilder(Store.Header);
        for (int i = 0; i < 12; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{100 + i},A{i % 3},Lamp,1,2024-01-{i + 1:D2} 10:00:00,{10 + i}.50,other{i},UK\n");
        }

        rows.Append(CultureInfo.InvariantCulture, $"200,A1,Lamp,2,2024-03-01 10:00:00,4.25,{id},UK\n");
        rows.Append(CultureInfo.InvariantCulture, $"200,A1,Lamp,2,2024-03-01 10:00:00,4.25,{written},UK\n");
        rows.Append(CultureInfo.InvariantCulture, $"201,POST,\"Post\nage\",1,2024-03-02 10:00:00,3.00,{id},UK\n");
        rows.Append("202,A1,Lamp,1,2024-03-02 10:00:00,3.75,,UK\n");
        rows.Append(CultureInfo.InvariantCulture, $"C203,A1,Lamp,-1,2024-03-03 10:00:00,4.25, {written} ,UK\n");
        rows.Append(CultureInfo.InvariantCulture, $"204,A1,Lamp,0,2024-03-03 10:00:00,4.25,{id},UK\n");
        rows.Append(CultureInfo.InvariantCulture, $"205,A1,Lamp,1,2024-03-03 10:00:00,4.25,{id},UK,too,many\n");
        rows.Append(CultureInfo.InvariantCulture, $"206,A1,\"Lamp,1,2024-03-03 10:00:00,1.00,{id},UK\n");
        rows.Append(CultureInfo.InvariantCulture, $"207,A1,Lamp,1,no date,1.00,{id},UK\n");
        rows.Append("208,A1,Lamp,1,no date,1.00,other1,UK\n");
        rows.Append("300,A2,Lamp,3,2024-03-09 10:00:00,7.00,other2,UK\n");
        return rows.ToString();
    }

    public static byte[] Encode(string text, string form)
    {
        Encoding encoding = form switch
        {
            "windows-1251" => Encodings[3],
            "utf-16" => Encodings[1],
            "utf-16BE" => Encodings[2],
            _ => Encodings[0],
        };
        byte[] bytes = [.. form.StartsWith("utf-16", StringComparison.Ordinal) || form == "bom" ? BomOf(encoding, form) : [], .. encoding.GetBytes(text)];
        if (form != "gz")
        {
            return bytes;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Names of all blobs in which any of the texts stands, in any encoding, also inside of gzip and archives, damaged or not, and of rows in tables.</summary>
    public IReadOnlyList<string> Find(params string[] texts)
    {
        var found = new List<string>();
        foreach (MemoryContainer container in (MemoryContainer[])[Store.Uploads, Store.Clean, Store.Runs, Store.Quarantine])
        {
            foreach ((string name, byte[] stored) in container.Snapshot())
            {
                if (texts.Any(text => name.Contains(text, StringComparison.Ordinal)) || PackedBytes.Layers(stored).Any(bytes => Holds(bytes, texts)))
                {
                    found.Add(name);
                }
            }
        }

        found.AddRange(Store.Segments.Snapshot().Where(row => texts.Any(text => row.Contains(text, StringComparison.Ordinal))));
        return found;
    }

    private static bool Holds(byte[] bytes, string[] texts)
    {
        string decoded = Encoding.UTF8.GetString(bytes);
        return texts.Any(text => Encodings.Any(encoding => bytes.AsSpan().IndexOf(encoding.GetBytes(text)) >= 0)
            || decoded.Contains(JsonEncodedText.Encode(text).ToString(), StringComparison.Ordinal));
    }

    public static byte[] Unpack(byte[] stored)
    {
        if (stored is not [0x1F, 0x8B, ..])
        {
            return stored;
        }

        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress))
        {
            gzip.CopyTo(unpacked);
        }

        return unpacked.ToArray();
    }

    /// <summary>The ledger of a run, after a check that it adds up.</summary>
    public JsonElement Ledger(string runId)
    {
        JsonElement ledger = JsonElement.Parse(Store.Result(runId, "ledger.json"));
        foreach (JsonElement entry in ledger.GetProperty("uploads").EnumerateArray().Append(ledger.GetProperty("total")))
        {
            long places = Number(entry, "kept") + Number(entry, "merged") + Number(entry, "returned") + Number(entry, "superseded")
                + entry.GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt64());
            Assert.Equal(Number(entry, "rows"), places);
            JsonElement revenue = entry.GetProperty("revenue");
            Money sum = Sum(revenue, "kept") + Sum(revenue, "merged") + Sum(revenue, "returned") + Sum(revenue, "superseded") + Sum(revenue, "rejected");
            Assert.Equal(Sum(revenue, "rows"), sum);
        }

        return ledger;
    }

    public static long Number(JsonElement entry, string name) => entry.GetProperty(name).GetInt64();

    /// <summary>The rows of <c>customers.csv</c> but for those of one customer: measures alone, since scores compare customers.</summary>
    public string[] Measures(string runId, string but) =>
    [
        .. Store.Result(runId, "customers.csv").Split('\n').Skip(1).Where(row => row.Length > 0 && !row.StartsWith(but + ",", StringComparison.Ordinal))
            .Select(row => string.Join(',', row.Split(',')[..4])),
    ];

    private static Money Sum(JsonElement revenue, string name) => Money.Parse(revenue.GetProperty(name).GetString()!);

    private static byte[] BomOf(Encoding encoding, string form) => form == "bom" ? [0xEF, 0xBB, 0xBF] : encoding.GetPreamble();

    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override DateTimeOffset GetUtcNow() => new(2024, 7, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
