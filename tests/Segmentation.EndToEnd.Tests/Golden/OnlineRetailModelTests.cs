using System.Globalization;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;

namespace Segmentation.EndToEnd.Tests.Golden;

/// <summary>The models of a year of real invoices, against numbers that other software computed from 200 starts each.</summary>
public class OnlineRetailModelTests(OnlineRetailRuns runs)
{
    private const int LastSureOptimum = 7;

    [SharedFact]
    public async Task The_inertia_of_k_means_is_not_above_the_reference()
    {
        await EveryCandidateAsync((k, expected, found) =>
        {
            double tolerance = k <= LastSureOptimum ? 0.002 : 0.01;
            Assert.InRange(Number(found, "inertia"), 0, Number(expected, "inertia") * (1 + tolerance));
        });
    }

    [SharedFact]
    public async Task The_silhouette_of_k_means_is_that_of_the_reference()
    {
        await EveryCandidateAsync((k, expected, found) =>
            Assert.Equal(Number(expected, "silhouette"), Number(found, "silhouette"), tolerance: k <= 5 ? 0.005 : 0.015));
    }

    [SharedFact]
    public async Task Davies_Bouldin_and_Calinski_Harabasz_are_within_a_hundredth_of_the_reference_while_the_optimum_is_sure()
    {
        await EveryCandidateAsync((k, expected, found) =>
        {
            if (k <= LastSureOptimum)
            {
                IsWithinAHundredth(Number(expected, "davies_bouldin"), Number(found, "daviesBouldin"));
                IsWithinAHundredth(Number(expected, "calinski_harabasz"), Number(found, "calinskiHarabasz"));
            }
        });
    }

    [SharedFact]
    public async Task The_silhouettes_of_Ward_are_those_of_the_reference()
    {
        double[] expected = [0.434, 0.289, 0.259, 0.223, 0.223, 0.224, 0.224, 0.219, 0.226];
        double[] found = [.. (await runs.FullAsync()).Selection.GetProperty("candidates").EnumerateArray()
            .Where(candidate => candidate.GetProperty("algorithm").GetString() == "ward")
            .OrderBy(candidate => candidate.GetProperty("k").GetInt32())
            .Select(candidate => Number(candidate, "silhouette"))];
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 0.01));
    }

    [SharedFact]
    public async Task The_criterion_of_a_mixture_hardly_depends_on_the_floor_of_its_covariances()
    {
        FeatureMatrix features = FeatureMatrix.FromRows([.. (await runs.FullAsync()).Customers.Select(row => new[]
        {
            DeterministicMath.Log1P(Parsed(row["recency_days"])), DeterministicMath.Log1P(Parsed(row["frequency"])), DeterministicMath.Log1P(Parsed(row["monetary"])),
        })]);
        FeatureMatrix points = StandardScaler.Fit(features).Transform(features);

        // Where half of the customers tie in frequency in a component of their own, the floor decides its width; at k = 4 also the optimum.
        foreach ((int k, double most) in new[] { (2, 0.02), (3, 0.02), (5, 0.025), (7, 0.025), (9, 0.025) })
        {
            KMeansModel start = KMeans.Fit(points, new KMeansOptions { ClusterCount = k }, TestContext.Current.CancellationToken);
            double Bic(double floor) => GaussianMixture.Fit(points, start, new GaussianMixtureOptions { CovarianceFloor = floor }, TestContext.Current.CancellationToken).Bic;
            double bic = Bic(GaussianMixtureOptions.DefaultCovarianceFloor);
            Assert.InRange(Bic(0.8 * GaussianMixtureOptions.DefaultCovarianceFloor) / bic, 1 - most, 1);
            Assert.InRange(Bic(1.2 * GaussianMixtureOptions.DefaultCovarianceFloor) / bic, 1, 1 + most);
        }

        static double Parsed(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
    }

    [SharedFact]
    public async Task Four_clusters_are_chosen_and_the_reason_is_said()
    {
        JsonElement chosen = (await runs.FullAsync()).Selection.GetProperty("chosen");

        Assert.Equal("k-means", chosen.GetProperty("algorithm").GetString());
        Assert.Equal(4, chosen.GetProperty("k").GetInt32());
        Assert.Contains("silhouette", chosen.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [SharedFact]
    public async Task The_features_have_the_means_and_deviations_of_the_reference()
    {
        JsonElement features = (await runs.FullAsync()).Selection.GetProperty("features");
        JsonElement golden = OnlineRetailRuns.Golden("full");

        AreEqualToFourDigits(golden.GetProperty("log1p_mean"), features.GetProperty("means"));
        AreEqualToFourDigits(golden.GetProperty("log1p_std_ddof0"), features.GetProperty("deviations"));
    }

    [SharedFact]
    public async Task Every_customer_is_in_one_of_the_clusters_that_the_profiles_describe()
    {
        RunResult result = await runs.FullAsync();

        using var profiles = JsonDocument.Parse(result.Bytes("profiles.json"));
        var sizes = profiles.RootElement.GetProperty("segments").EnumerateArray()
            .Where(segment => segment.GetProperty("kind").GetString() == "cluster")
            .ToDictionary(
                segment => segment.GetProperty("id").ToString(), segment => segment.GetProperty("size").GetInt32(), StringComparer.Ordinal);
        Assert.Equal(4, sizes.Count);
        Assert.Equal(
            sizes,
            result.Customers.GroupBy(row => row["cluster"], StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal));
    }

    [SharedFact]
    public async Task The_report_says_of_every_segment_what_an_item_costs_its_customers()
    {
        RunResult result = await runs.FullAsync();

        using var profiles = JsonDocument.Parse(result.Bytes("profiles.json"));
        string report = result.Text("report.html");
        JsonElement[] segments = [.. profiles.RootElement.GetProperty("segments").EnumerateArray().Where(segment => segment.GetProperty("size").GetInt32() > 0)];
        Assert.Equal(14, segments.Length);
        Assert.All(segments, segment =>
        {
            JsonElement band = segment.GetProperty("itemPriceBand");
            (double low, double typical, double high) =
                (band.GetProperty("low").GetDouble(), band.GetProperty("typical").GetDouble(), band.GetProperty("high").GetDouble());

            // A shop of small gifts: their orders come to hundreds of pounds, and a piece to two.
            Assert.InRange(typical, low, high);
            Assert.InRange(typical, 1, 4);
            Assert.Contains(
                string.Create(CultureInfo.InvariantCulture, $"Per item, half of them pay {low:F2} to {high:F2} on average."), report, StringComparison.Ordinal);
        });
    }

    private async Task EveryCandidateAsync(Action<int, JsonElement, JsonElement> check)
    {
        var candidates = (await runs.FullAsync()).Selection.GetProperty("candidates").EnumerateArray()
            .Where(candidate => candidate.GetProperty("algorithm").GetString() == "k-means")
            .ToDictionary(candidate => candidate.GetProperty("k").GetInt32());
        var golden = OnlineRetailRuns.Golden("full").GetProperty("kmeans").EnumerateArray()
            .ToDictionary(candidate => candidate.GetProperty("k").GetInt32());
        Assert.Equal(Enumerable.Range(2, 9), golden.Keys.Order());
        Assert.Equal(Enumerable.Range(2, 9), candidates.Keys.Order());
        foreach ((int k, JsonElement expected) in golden)
        {
            check(k, expected, candidates[k]);
        }
    }

    private static double Number(JsonElement candidate, string figure) => candidate.GetProperty(figure).GetDouble();

    private static void IsWithinAHundredth(double expected, double found) => Assert.InRange(found, expected * 0.99, expected * 1.01);

    // The reference has four significant digits: half a unit of the last one may be lost.
    private static void AreEqualToFourDigits(JsonElement expected, JsonElement found)
    {
        Assert.Equal(expected.GetArrayLength(), found.GetArrayLength());
        foreach ((JsonElement first, JsonElement second) in expected.EnumerateArray().Zip(found.EnumerateArray()))
        {
            double unit = first.GetDouble() < 1 ? 0.0001 : 0.001;
            Assert.Equal(first.GetDouble(), second.GetDouble(), tolerance: 0.51 * unit);
        }
    }
}
