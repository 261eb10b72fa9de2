using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Forms;

namespace Segmentation.Core.Tests.Workflow.Rejects;

/// <summary>In every form of the small shop, a row that was damaged, given back and corrected counts as if it had never been damaged.</summary>
public partial class CorrectedFormsTests
{
    private static readonly int First = FindLine(static _ => true);
    private static readonly int Further = FindLine(static i => FormLine.Shop[i].Invoice == FormLine.Shop[i - 1].Invoice);
    private static readonly int Costly = FindLine(static i => FormLine.Shop[i].Price > 1_000);

    public static TheoryData<string> Names => [.. ShopForms.All.Select(static form => form.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_corrected_row_counts_as_in_the_undamaged_shop(string name)
    {
        ShopForm form = ShopForms.All.First(form => form.Name == name);
        Store whole = await RunAsync(form, FormLine.Shop);
        string customers = whole.Result("run-1", "customers.csv");
        JsonElement expected = Total(whole, "run-1");

        foreach ((int damaged, bool alone) in new[] { (First, false), (First, true), (Further, true), (Costly, true) })
        {
            string context = $"{name}, line {damaged}, {(alone ? "alone" : "with the other rejects")}";
            FormLine line = FormLine.Shop[damaged];
            Store store = await RunAsync(form, [.. FormLine.Shop.Select((other, i) => other with { IsDamaged = i == damaged })]);
            Assert.True(customers != store.Result("run-1", "customers.csv"), $"{context}: the damage changed nothing");

            string dropped = Correct(store, form, line, alone);
            await store.RunAsync("run-2", ("selection.algorithms", "none"));

            string[] entries = [.. Uploads(store, "run-2").Select(static upload => upload.GetRawText())];
            Assert.True(customers == store.Result("run-2", "customers.csv"), $"{context}:\n{dropped}\n{string.Join('\n', entries)}\n{store.Result("run-2", "rejects.csv")}");
            JsonElement total = Total(store, "run-2");
            Assert.Equal(expected.GetProperty("kept").GetInt64(), total.GetProperty("kept").GetInt64());
            Assert.Equal(
                expected.GetProperty("revenue").GetProperty("kept").GetString(), total.GetProperty("revenue").GetProperty("kept").GetString());
            Assert.All(Uploads(store, "run-2").Append(total), entry => Reconciliation.Check(entry, context));
        }
    }

    private static int FindLine(Func<int, bool> isIt) => Enumerable.Range(0, FormLine.Shop.Count)
        .First(i => FormLine.Shop[i] is { Quantity: > 0, Price: > 0, Customer.Length: > 0 } && isIt(i));

    private static async Task<Store> RunAsync(ShopForm form, IReadOnlyList<FormLine> lines)
    {
        var store = new Store();
        store.Uploads.Put(NameOf(form), form.Write(lines));
        await store.RunAsync("run-1", ("selection.algorithms", "none"));
        return store;
    }

    private static string NameOf(ShopForm form) => form.Container switch
    {
        "" => "shop.csv",
        "gz" => "shop.csv.gz",
        "xlsx" => "shop.xlsx",
        "xlsx-gz" => "shop.xlsx.gz",
        _ => "shop.zip",
    };

    // Drops the file that holds the damaged row, with that row corrected, and without the others if it is to be alone; returns its text.
    private static string Correct(Store store, ShopForm form, FormLine line, bool alone)
    {
        string folder = RunBlobs.Result("run-1", "rejects/");
        Encoding encoding = form.Container is "" or "gz"
            ? CodePagesEncodingProvider.Instance.GetEncoding(form.Encoding) ?? Encoding.GetEncoding(form.Encoding)
            : Encoding.UTF8;
        foreach ((string blob, byte[] bytes) in store.Runs.Snapshot().Where(blob => blob.Key.StartsWith(folder, StringComparison.Ordinal)))
        {
            string[] lines = encoding.GetString(form.Container == "gz" ? Gunzip(bytes) : bytes).Split('\n');
            int found = Array.FindIndex(lines, static text => Damage().IsMatch(text));
            if (found < 0)
            {
                continue;
            }

            lines[found] = Damage().Replace(lines[found], match => $"{match.Groups["before"].Value}{form.Quantity(line)}{match.Groups["after"].Value}");
            string text = string.Join('\n', lines.Where((text, i) => i == found || !alone || !Row().IsMatch(text)));
            byte[] corrected = encoding.GetBytes(text);
            store.Uploads.Put("corrected/" + blob[folder.Length..], form.Container == "gz" ? ShopForm.Gzip(corrected) : corrected);
            return text;
        }

        throw new InvalidOperationException($"The damaged row is in no file of rejects: {store.Result("run-1", "rejects.csv")}");
    }

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
}
