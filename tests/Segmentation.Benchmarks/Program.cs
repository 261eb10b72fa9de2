using System.CommandLine;
using Segmentation.Benchmarks;

return await new RootCommand("Measurements that are made by hand; no test waits for them.")
{
    ServedLookups.Create(), PublishSpeed.Create(), ReadingSpeed.Create(), FuzzedReading.Create(), SilhouetteSpeed.Create(), KMeansSpeed.Create(),
}.Parse(args).InvokeAsync();
