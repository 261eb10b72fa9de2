using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Forms;

namespace Segmentation.Core.Tests.Workflow.Rejects;

/// <summary>In every form of the small shop, rows that were damaged, given back and corrected count as if they had never been damaged.</summary>
public partial class CorrectedFormsTests
{
    private static readonly (string, string)[] Options = [("selection.algorithms", "none"), ("workflow.shards", "1")];

    public static TheoryData<string> Names => [.. ShopForms.All.Select(static form => form.Name)];

    // Where columns are told by their places, one less makes another table.
    public static TheoryData<string> Named => [.. ShopForms.All.Where(static form => form.Header is not null).Select(static form => form.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Corrected_rows_count_as_in_the_undamaged_shop_together_and_each_alone(string name)
    {
        ShopForm form = ShopForms.All.First(form => form.Name == name);
        Store whole = await RunAsync(form, FormLine.Shop);
        FormLine[] lines = DamagedIn(form);
        Store store = await RunAsync(form, lines);
        Assert.True(whole.Result("run-1", "customers.csv") != store.Result("run-1", "customers.csv"), "The damage changed nothing.");

        RejectedText[] files = [.. FilesOf(store, form, lines)];
        Assert.Equal(lines.Count(static line => line.IsDamaged), files.Sum(static file => file.Damaged.Count));
        foreach (RejectedText file in files)
        {
            store.Uploads.Put("corrected/" + file.Name, Bytes(form, file, file.Lines));
        }

        await store.RunAsync("run-2", Options);
        AssertSame(whole, store, "run-2", name);

        // A line that is read otherwise alone takes the place of the one that was right.
        foreach (RejectedText file in files)
        {
            foreach (int line in file.Damaged)
            {
                byte[] alone = Bytes(form, file, file.Lines.Where((text, i) => i == line || !Row().IsMatch(text)));
                store.Uploads.Put(string.Create(CultureInfo.InvariantCulture, $"single/{line:D3} {file.Name}"), alone);
            }
        }

        await store.RunAsync("run-3", Options);
        AssertSame(whole, store, "run-3", name);
        Assert.All(
            Uploads(store, "run-3").Where(static upload => upload.GetProperty("name").GetString()!.StartsWith("single/", StringComparison.Ordinal)),
            upload => Assert.True((1, 1) == (upload.GetProperty("rows").GetInt32(), upload.GetProperty("kept").GetInt32()), upload.ToString()));
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task Orders_of_several_lines_count_whole_when_only_their_damaged_lines_are_corrected_one_half_after_the_other(string name)
    {
        ShopForm form = ShopForms.All.First(form => form.Name == name) with { HasProducts = false };
        Store whole = await RunAsync(form, FormLine.Shop);
        FormLine[] lines = DamagedIn(form);
        Store store = await RunAsync(form, lines);
        foreach (RejectedText file in FilesOf(store, form, lines))
        {
            int[] later = [.. file.Damaged.Where(static (_, i) => i % 2 == 1)];
            store.Uploads.Put("half/" + file.Name, Bytes(form, file, file.Lines.Select((text, i) => later.Contains(i) ? file.Given[i] : text)));
        }

        await store.RunAsync("run-2", Options);
        Assert.All(Uploads(store, "run-2"), static upload =>
            Assert.False(upload.GetProperty("dialect").GetProperty("columns").TryGetProperty("product", out _)));
        foreach (RejectedText file in FilesOf(store, form, lines, "run-2", "half/"))
        {
            Assert.Contains(file.Given, static line => line.Contains("corrects=", StringComparison.Ordinal) && line.EndsWith(" round=2", StringComparison.Ordinal));
            store.Uploads.Put("rest/" + file.Name, Bytes(form, file, file.Lines));
        }

        await store.RunAsync("run-3", Options);
        AssertSame(whole, store, "run-3", name);
    }

    // Without a header, a column is the quantity only while nearly all of it is numbers.
    private static FormLine[] DamagedIn(ShopForm form) =>
    [
        .. FormLine.Shop.Select((line, i) => line with
        {
            IsDamaged = i % (form.Header is null ? 25 : 2) == 0 && line is { Quantity: > 0, Price: > 0, Customer.Length: > 0 },
        }),
    ];

    private static void AssertSame(Store whole, Store store, string runId, string context)
    {
        string told = $"{context}, {runId}:\n{store.Result(runId, "ledger.json")}\n{store.Result(runId, "rejects.csv")}";
        Assert.True(whole.Result("run-1", "customers.csv") == store.Result(runId, "customers.csv"), told);
        JsonElement expected = Total(whole, "run-1");
        JsonElement total = Total(store, runId);
        Assert.Equal(expected.GetProperty("kept").GetInt64(), total.GetProperty("kept").GetInt64());
        Assert.Equal(expected.GetProperty("revenue").GetProperty("kept").GetString(), total.GetProperty("revenue").GetProperty("kept").GetString());
        Assert.All(Uploads(store, runId).Append(total), entry => Reconciliation.Check(entry, context));
    }

    private static async Task<Store> RunAsync(ShopForm form, IReadOnlyList<FormLine> lines)
    {
        var store = new Store();
        string ending = form.Container switch { "" => "csv", "gz" => "csv.gz", "xlsx" => "xlsx", "xlsx-gz" => "xlsx.gz", _ => "zip" };
        store.Uploads.Put("shop." + ending, form.Write(lines));
        await store.RunAsync("run-1", Options);
        return store;
    }

    // The files of rejects with their damaged lines corrected.
    private static IEnumerable<RejectedText> FilesOf(Store store, ShopForm form, FormLine[] shop, string runId = "run-1", string below = "")
    {
        string folder = RunBlobs.Result(runId, "rejects/" + below);
        foreach ((string blob, byte[] bytes) in store.Runs.Snapshot().Where(blob => blob.Key.StartsWith(folder, StringComparison.Ordinal)))
        {
            string[] lines = EncodingOf(form).GetString(form.Container == "gz" ? Gunzip(bytes) : bytes).Split('\n');
            string[] given = [.. lines];
            var damaged = new List<int>();
            for (int i = 0; i < lines.Length; i++)
            {
                if (!Damage().IsMatch(lines[i]))
                {
                    continue;
                }

                FormLine was = shop.Single(line => line.IsDamaged && lines[i].Contains(line.Invoice, StringComparison.Ordinal)
                    && lines[i].Contains(form.HasProducts ? line.Product : form.Article(line), StringComparison.Ordinal));
                lines[i] = Damage().Replace(lines[i], match => $"{match.Groups["before"].Value}{form.Quantity(was)}{match.Groups["after"].Value}");
                damaged.Add(i);
            }

            yield return new RejectedText(blob[folder.Length..], given, lines, damaged);
        }
    }

    private static byte[] Bytes(ShopForm form, RejectedText file, IEnumerable<string> lines)
    {
        byte[] bytes = EncodingOf(form).GetBytes(string.Join('\n', lines));
        return file.Name.EndsWith(".gz", StringComparison.Ordinal) ? ShopForm.Gzip(bytes) : bytes;
    }

    private static Encoding EncodingOf(ShopForm form) => form.Container is "" or "gz"
        ? CodePagesEncodingProvider.Instance.GetEncoding(form.Encoding) ?? Encoding.GetEncoding(form.Encoding)
        : Encoding.UTF8;

    private static byte[] Gunzip(byte[] bytes)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static JsonElement Total(Store store, string runId) => JsonElement.Parse(store.Result(runId, "ledger.json")).GetProperty("total");

    private static JsonElement[] Uploads(Store store, string runId) =>
        [.. JsonElement.Parse(store.Result(runId, "ledger.json")).GetProperty("uploads").EnumerateArray()];

    [GeneratedRegex("(?<before>[,;\\t| ]\"?)x(?<after>\"?[,;\\t| ])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Damage();

    [GeneratedRegex("536[34]\\d\\d", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Row();

    /// <summary>A file of rejects: its name, its lines as given and with the corrections, and which of them were damaged.</summary>
    private sealed record RejectedText(string Name, string[] Given, string[] Lines, List<int> Damaged);
}
