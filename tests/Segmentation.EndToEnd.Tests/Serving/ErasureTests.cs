using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>A customer who is erased stays erased, whatever file comes again, and nothing that is stored names the customer.</summary>
public sealed class ErasureTests : IDisposable
{
    private const string Customer = "Kunde-Ä-4711";
    private static readonly string[] Options = ["--set", "selection.minCustomers=20", "--set", "selection.maxClusters=4"];
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_stored_byte_holds_the_id_and_the_totals_still_add_up()
    {
        string plain = ShopLine.Csv(Named(RandomShop.Lines(1), "12003"))
            + $"700001,71053,ARTICLE,0,2020-05-05 10:00:00,1.5,{Customer},France\n700002,71053,ARTICLE,1,soon,1.5,{Customer},France\n700003,{Customer}\n";
        string other = ShopLine.Csv(Named(RandomShop.Lines(2), "12003").Select(line => line with { Invoice = line.IsReturn ? "C2" + line.Invoice[1..] : "2" + line.Invoice }));
        await using ServeProcess server = await ServeProcess.StartAsync(Data, Options);
        Drop("a.csv", Encoding.UTF8.GetBytes(plain));
        Drop("b.csv.gz", Gzip(other));
        Drop("c.csv", Encoding.Latin1.GetBytes($"no table\n\"{Customer}\nat all"));
        await server.WaitUntilDoneAsync("a.csv", "b.csv.gz", "c.csv");
        string path = $"/api/customers/{Uri.EscapeDataString(Customer)}";
        string segment = $"/api/segments/{Uri.EscapeDataString(Customer)}";
        JsonElement before = await server.GetAsync(segment);
        Assert.NotEmpty((await server.GetAsync($"{path}/data")).GetProperty("lines").EnumerateArray());
        long rows = Total(before.GetProperty("runId").GetString()!).Total.GetProperty("rows").GetInt64();
        Assert.NotEmpty(Holding(Customer));

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, segment)).Status);
        await server.WaitUntilDoneAsync();
        Assert.Empty(Holding(Customer));

        Drop("again/a.csv", Encoding.UTF8.GetBytes(plain));
        Drop("again/b.csv.gz", Gzip(other));
        await server.WaitUntilDoneAsync("again/a.csv", "again/b.csv.gz");
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, segment)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, $"{path}/data")).Status);
        Assert.Equal(0, await server.StopAsync());

        Assert.Empty(Holding(Customer));
        RunResult last = Total(RunResult.Entries(Path.Combine(Data, "runs")).Split(", ")[^1]);
        last.AddsUp();
        last.IsWhole();
        Assert.Equal(2 * rows, last.Total.GetProperty("rows").GetInt64());
        Assert.True(last.Rejected("erased-customer") > 0);
    }

    [Fact]
    public async Task A_withdrawn_upload_counts_no_more_and_its_file_is_gone()
    {
        await using ServeProcess server = await ServeProcess.StartAsync(Data, Options);
        Drop("a.csv", Encoding.UTF8.GetBytes(ShopLine.Csv(RandomShop.Lines(1))));
        await server.WaitUntilDoneAsync("a.csv");
        Drop("b.csv", Encoding.UTF8.GetBytes(ShopLine.Csv(Named(RandomShop.Lines(2), "12001"))));
        await server.WaitUntilDoneAsync("b.csv");
        string segment = $"/api/segments/{Uri.EscapeDataString(Customer)}";
        await server.GetAsync(segment);
        JsonElement uploads = (await server.GetAsync("/api/uploads")).GetProperty("uploads");
        string id = uploads.EnumerateArray().Single(upload => upload.GetProperty("name").GetString() == "b.csv").GetProperty("id").GetString()!;

        Assert.Equal(HttpStatusCode.Accepted, (await server.SendAsync(HttpMethod.Delete, $"/api/uploads/{id}")).Status);
        await server.WaitUntilDoneAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, segment)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Delete, $"/api/uploads/{id}")).Status);
        Assert.Equal("a.csv", RunResult.Entries(Path.Combine(Data, "uploads")));

        Drop("b.csv", Encoding.UTF8.GetBytes(ShopLine.Csv(Named(RandomShop.Lines(2), "12001"))));
        await server.WaitUntilAsync(async () => (await server.SendAsync(HttpMethod.Get, segment)).Status == HttpStatusCode.OK);
    }

    private static IEnumerable<ShopLine> Named(IEnumerable<ShopLine> lines, string customer) =>
        lines.Select(line => line.Customer == customer ? line with { Customer = Customer } : line);

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private void Drop(string name, byte[] bytes)
    {
        string path = Path.Combine(Data, "uploads", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".part", bytes);
        File.Move(path + ".part", path, overwrite: true);
    }

    private RunResult Total(string runId) => new(Path.Combine(Data, "runs", runId, "results"));

    // The files whose names or bytes hold a text in one of the encodings of uploads, as they are or decompressed.
    private List<string> Holding(string text)
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(text), Encoding.Latin1.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.UTF8.GetBytes(JsonEncodedText.Encode(text).ToString())];
        var holding = new List<string>();
        foreach (string file in Directory.GetFiles(Data, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "host.lock"))
        {
            if (ReadIfThere(file) is not { } bytes)
            {
                continue;
            }

            if (file.EndsWith(".gz", StringComparison.Ordinal))
            {
                using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
                using var text2 = new MemoryStream();
                gzip.CopyTo(text2);
                bytes = text2.ToArray();
            }

            if (file.Contains(text, StringComparison.Ordinal) || forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0))
            {
                holding.Add(file);
            }
        }

        return holding;
    }

    // A server that is idle still sweeps away what steps of ended runs left.
    private static byte[]? ReadIfThere(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
