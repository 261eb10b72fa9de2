using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Workflow;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Tests.Segments.Words;

/// <summary>The names that clusters of whole stores get, for every number of clusters, followed from one model to the next.</summary>
public sealed class UniqueNamesTests
{
    [Fact]
    public async Task Names_are_unique_on_a_hundred_generated_shops()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            AssertUnique(await Shops.GeneratedAsync(seed), $"shop {seed}", most: 8);
        }
    }

    [SharedFact]
    public async Task Names_are_unique_on_every_real_set_of_transactions()
    {
        for (int months = 1; months <= 13; months += 3)
        {
            AssertUnique(await Shops.OnlineRetailAsync(months), $"Online Retail, {months} months", most: 10);
        }

        AssertUnique(await Shops.CdnowAsync(), "CDNOW", most: 10);
    }

    // Each model follows the one before it, so that names are carried over and new ones have to stand beside them.
    private static void AssertUnique(CustomerMeasures measures, string shop, int most)
    {
        FeatureMatrix features = measures.LogFeatures();
        StandardScaler scaler = StandardScaler.Fit(features);
        var modelFeatures = new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, scaler.Means, scaler.Deviations);
        FeatureMatrix points = scaler.Transform(features);
        var edges = new ScoreEdges([], [], []);
        SegmentFigures everyone = measures.FiguresOf(null, measures.Total());
        var previous = new PreviousRun("run-0", new DateOnly(2024, 1, 1), "en", 1, measures.Count);
        SelectedModel? before = null;
        for (int k = 2; k <= most; k++)
        {
            KMeansModel model = KMeans.Fit(points, new KMeansOptions { ClusterCount = k, Starts = 2 });
            double[][] centroids = [.. Enumerable.Range(0, model.Centroids.Rows).Select(row => Row(model.Centroids, row))];
            NumberedClusters clusters = NumberedClusters.Of(
                new FittedCandidate(new ClusterCandidate("k-means", k, model.Inertia, null, null, null, null, null, 0), centroids),
                points, measures, measures.Total());
            foreach (Language language in Enum.GetValues<Language>())
            {
                ContinuedClusters continued = ContinuedClusters.Of(
                    clusters, modelFeatures, everyone, language, before is null ? null : previous, before, []);
                string[] names = [.. continued.Profiles.Select(profile => profile.Name)];
                Assert.True(
                    names.Distinct(StringComparer.Ordinal).Count() == names.Length, $"{shop}, k = {k}: {string.Join(" | ", names)}");
                Assert.Equal(names.Length, continued.Ids!.Distinct().Count());
                Assert.All(continued.Ids!, id => Assert.InRange(id, 1, continued.NextId!.Value - 1));
                Assert.All(names, name => Assert.Equal(name, ClusterName.Parse(name, language)!.ToText(language)));
                if (language == Language.English)
                {
                    before = new SelectedModel(
                        new SegmentModel(edges, modelFeatures, clusters.Centroids) { ClusterIds = continued.Ids, NextClusterId = continued.NextId },
                        new ModelSelection([], new ChosenModel("k-means", k, ""), modelFeatures),
                        continued.Profiles);
                }
            }
        }
    }

    private static double[] Row(FeatureMatrix matrix, int row)
    {
        double[] values = new double[matrix.Columns];
        matrix.CopyRow(row, values);
        return values;
    }
}
