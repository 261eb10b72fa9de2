using System.Globalization;
using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Clustering;

/// <summary>The classic 200 mall customers, income by spending score, standardised: five well-known groups.</summary>
public class MallCustomersTests
{
    [SharedFact]
    public void Five_clusters_have_the_published_inertia_and_silhouette()
    {
        // Oracle: scikit-learn, KMeans(5) on StandardScaler output: inertia 65.57, silhouette 0.5547, to four digits.
        var points = Standardised();
        var model = KMeans.Fit(points, new KMeansOptions { ClusterCount = 5 });
        Assert.Equal(65.57, model.Inertia, 0.005);
        Assert.Equal(0.5547, Silhouette.Mean(points, model.Labels, 5)!.Value, 0.00005);
    }

    [SharedFact]
    public void Five_clusters_are_the_best_by_silhouette_and_stable()
    {
        var points = Standardised();
        var models = Enumerable.Range(2, 9).Select(k => KMeans.Fit(points, new KMeansOptions { ClusterCount = k, Seed = [1, (ulong)k] })).ToArray();
        Assert.Equal(5, models.MaxBy(model => Silhouette.Mean(points, model.Labels, model.Centroids.Rows))!.Centroids.Rows);
        Assert.InRange(BootstrapStability.OfKMeans(points, models[3], new KMeansOptions { ClusterCount = 5 }).Mean, 0.8, 1);
    }

    private static FeatureMatrix Standardised()
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(Repository.Shared, "data", "mall-customers", "Mall_Customers.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(200, rows.Length);
        double[] Column(int j) => [.. rows.Select(row => double.Parse(row[j], CultureInfo.InvariantCulture))];
        var matrix = FeatureMatrix.FromColumns(Column(3), Column(4));
        return StandardScaler.Fit(matrix).Transform(matrix);
    }
}
