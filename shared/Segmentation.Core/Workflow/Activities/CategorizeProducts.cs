using Segmentation.Core.Options;
using Segmentation.Core.Products;
using Segmentation.Core.Quality;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Merges what the shards sold of each product, forms the categories, and looks for what is suspicious.</summary>
    public async Task<StepResult> CategorizeProductsAsync(CategorizeProductsInput input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        (RunRequest request, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        MergedSummary merged = await ReadMergedAsync(input.RunId, cancellationToken);
        CustomerMeasures measures = await ReadMeasuresAsync(input.RunId, cancellationToken);
        var summary = new ProductSummary();
        for (int shard = 0; shard < input.Shards; shard++)
        {
            await using Stream stream = await _storage.Runs.OpenReadAsync(RunBlobs.ShardProducts(input.RunId, shard), cancellationToken);
            await summary.AddAsync(stream, cancellationToken);
        }

        summary.Trim();
        KeyValuePair<string, ProductFigures>[] products = [.. summary.Products.OrderBy(product => product.Key, StringComparer.Ordinal)];
        Categorization categories = options.Products.Categories is { } most
            ? ProductCategories.Form(products, most, Languages.Parse(request.Language), cancellationToken)
            : Categorization.Nothing;
        await _storage.Runs.WriteAsync(RunBlobs.ProductCategories(input.RunId), async (stream, token) =>
        {
            var writer = new RecordStreamWriter(stream);
            var record = new RecordBuffer();
            for (int i = 0; i < categories.CategoryOf.Length; i++)
            {
                record.Clear();
                record.WriteInt64(unchecked((long)StableHash.Compute(products[i].Key)));
                record.WriteUnsigned((ulong)categories.CategoryOf[i]);
                await writer.WriteAsync(record.WrittenMemory, token);
            }

            await writer.FlushAsync(token);
        }, cancellationToken);

        var results = new ResultFiles(_storage.Runs, input.RunId);
        if (products.Length > 0)
        {
            await results.WriteTextAsync(
                ProductsFile.Name, (writer, token) => ProductsFile.WriteAsync(writer, products, categories, token), cancellationToken);
        }

        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Categories(input.RunId),
            new CategorizedProducts(
                categories.Source,
                categories.Categories,
                QualityFindings.Find(new QualityFacts(merged, measures, products, summary.IsSample)),
                new WrittenFiles(results.Hashes)),
            WorkflowJson.Default.CategorizedProducts,
            cancellationToken);
        return new StepResult(SecondsSince(start));
    }

    /// <summary>Adds up what each customer of a shard spent by category.</summary>
    private async Task WriteInterestsAsync(PublishShardInput input, CancellationToken cancellationToken)
    {
        int categories = (await ReadCategoriesAsync(input.RunId, cancellationToken)).Categories.Count;
        var interests = new List<CustomerInterests>();
        if (categories > 0)
        {
            Dictionary<ulong, int> categoryOf = await ReadCategoryOfAsync(input.RunId, cancellationToken);
            await using Stream purchases = await _storage.Runs.OpenReadAsync(
                RunBlobs.ShardPurchases(input.RunId, input.Shard), cancellationToken);
            var reader = new RecordStreamReader(purchases);
            while (await reader.ReadAsync(cancellationToken))
            {
                interests.Add(CustomerInterests.Of(reader.Current.Span, categoryOf, categories));
            }

            interests.Sort((a, b) => string.CompareOrdinal(a.CustomerId, b.CustomerId));
        }

        await _storage.Runs.WriteAsync(RunBlobs.ShardInterests(input.RunId, input.Shard), async (stream, token) =>
        {
            var writer = new RecordStreamWriter(stream);
            var record = new RecordBuffer();
            foreach (CustomerInterests one in interests)
            {
                one.Write(record);
                await writer.WriteAsync(record.WrittenMemory, token);
            }

            await writer.FlushAsync(token);
        }, cancellationToken);
    }

    private async Task<Dictionary<ulong, int>> ReadCategoryOfAsync(string runId, CancellationToken cancellationToken)
    {
        var categoryOf = new Dictionary<ulong, int>();
        await using Stream stream = await _storage.Runs.OpenReadAsync(RunBlobs.ProductCategories(runId), cancellationToken);
        var reader = new RecordStreamReader(stream);
        while (await reader.ReadAsync(cancellationToken))
        {
            AddCategory(reader.Current.Span, categoryOf);
        }

        return categoryOf;
    }

    private static void AddCategory(ReadOnlySpan<byte> record, Dictionary<ulong, int> categoryOf)
    {
        var fields = new RecordFields(record);
        categoryOf[unchecked((ulong)fields.ReadInt64())] = fields.ReadLength();
    }

    private Task<CategorizedProducts> ReadCategoriesAsync(string runId, CancellationToken cancellationToken) =>
        _storage.Runs.ReadJsonAsync(RunBlobs.Categories(runId), WorkflowJson.Default.CategorizedProducts, cancellationToken);

    private IAsyncEnumerable<CustomerInterests> ReadInterestsAsync(string runId, int shards, CancellationToken cancellationToken) =>
        ReadSortedAsync(
            Enumerable.Range(0, shards).Select(shard => RunBlobs.ShardInterests(runId, shard)),
            record => CustomerInterests.Read(record.Span),
            customer => customer.CustomerId,
            cancellationToken);
}
