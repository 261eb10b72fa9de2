using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Options;

public sealed class OptionReadingTests
{
    [Fact]
    public void Nothing_given_gives_the_defaults()
    {
        OptionReading reading = OptionCatalog.Read(null, null, []);
        Assert.True(reading.IsValid);
        Assert.Equal(OptionCatalog.Describe(new SegmentationOptions()), OptionCatalog.Describe(reading.Options));
    }

    [Fact]
    public void Nested_objects_dotted_keys_comments_and_trailing_commas_are_read()
    {
        OptionReading reading = Read(
            """
            {
              "$schema": "segmentation.schema.json", // for the editor
              "selection": { "maxClusters": 7, "SEED": 18446744073709551615, },
              "import.columns": { "date": "When, exactly", "customer": 3 },
              "import": { "delimiter": "tab", "header": false, "columns.invoice": "none", "encoding": "Windows-1251" },
              /* sizes */ "import.maxBytes": "2GiB", "import.maxFieldBytes": 100,
              "rfm.thresholds.recency": [1, 2.5, 30, 1e2],
            }
            """);
        Assert.Empty(reading.Faults);
        SegmentationOptions options = reading.Options;
        Assert.Equal(7, options.Selection.MaxClusters);
        Assert.Equal(ulong.MaxValue, options.Selection.Seed);
        Assert.Equal("When, exactly", options.Import.Columns[TransactionField.Date]);
        Assert.Equal("3", options.Import.Columns[TransactionField.Customer]);
        Assert.Equal("none", options.Import.Columns[TransactionField.Invoice]);
        Assert.Equal('\t', options.Import.Delimiter);
        Assert.False(options.Import.Header);
        Assert.Equal("windows-1251", options.Import.Encoding);
        Assert.Equal(2L << 30, options.Import.MaxBytes);
        Assert.Equal(100, options.Import.MaxFieldBytes);
        Assert.Equal([1, 2.5, 30, 100], options.Rfm.RecencyThresholds);
    }

    [Fact]
    public void An_assignment_wins_over_the_file()
    {
        OptionReading reading = OptionCatalog.Read("""{"selection":{"seed":5}}""", "a.json", ["Selection.Seed = 6"]);
        Assert.Empty(reading.Faults);
        Assert.Equal(6UL, reading.Options.Selection.Seed);
    }

    [Theory]
    [InlineData("import.delimiter=\t", "tab")]
    [InlineData("import.delimiter=\\t", "tab")]
    [InlineData("import.delimiter=TAB", "tab")]
    [InlineData("import.delimiter=,", ",")]
    [InlineData("import.delimiter=detected", "detected")]
    [InlineData("import.maxBytes=64 kib", "64KiB")]
    [InlineData("import.maxBytes=65536", "64KiB")]
    [InlineData("import.maxBytes=1000", "1000")]
    [InlineData("import.dateFormat=Excel", "excel")]
    [InlineData("import.dateFormat=dd.MM.yyyy H:mm", "dd.MM.yyyy H:mm")]
    [InlineData("import.columns.product=Артикул = код", "Артикул = код")]
    [InlineData("cleaning.returns=IGNORE", "ignore")]
    [InlineData("cleaning.nonProductCodes= post , Fee* ,POST", "POST,FEE*")]
    [InlineData("cleaning.nonProductCodes=none", "none")]
    [InlineData("rfm.asOf=2011-12-10", "2011-12-10")]
    [InlineData("rfm.asOf=today", "today")]
    [InlineData("rfm.window=365", "365")]
    [InlineData("rfm.thresholds.frequency=1,1,2,3.50", "1,1,2,3.5")]
    [InlineData("selection.algorithms=none", "none")]
    [InlineData("selection.algorithms=Ward, k-means,ward", "ward,k-means")]
    [InlineData("selection.minShare=1e-3", "0.001")]
    [InlineData("workflow.shards=by size", "by size")]
    public void A_text_is_read_as_its_type_says(string assignment, string expected)
    {
        OptionReading reading = OptionCatalog.Read(null, null, [assignment]);
        Assert.Empty(reading.Faults);
        Assert.Equal(expected, OptionCatalog.Describe(reading.Options)[assignment[..assignment.IndexOf('=', StringComparison.Ordinal)]]);
    }

    [Theory]
    [InlineData("import.encoding=utf-9")]
    [InlineData("import.encoding=")]
    [InlineData("import.delimiter=;;")]
    [InlineData("import.decimalSeparator=;")]
    [InlineData("import.dateFormat=yyyy-MM")]
    [InlineData("import.dateFormat=d")]
    [InlineData("import.dateFormat=HH:mm")]
    [InlineData("import.maxBytes=0")]
    [InlineData("import.maxBytes=9999999999999999999GiB")]
    [InlineData("import.maxBytes=8388608TiB")]
    [InlineData("import.maxBytes=64KB")]
    [InlineData("import.columns.date=")]
    [InlineData("import.columns.date=0")]
    [InlineData("import.skip=-1")]
    [InlineData("import.header=yes")]
    [InlineData("cleaning.nonProductCodes=*")]
    [InlineData("cleaning.nonProductCodes=A*B")]
    [InlineData("cleaning.nonProductCodes=A,,B")]
    [InlineData("cleaning.returns=gross")]
    [InlineData("rfm.asOf=10.12.2011")]
    [InlineData("rfm.asOf=2011-02-29")]
    [InlineData("rfm.window=0")]
    [InlineData("rfm.thresholds.recency=4,3,2,1")]
    [InlineData("rfm.thresholds.recency=1,2,3")]
    [InlineData("rfm.thresholds.recency=1,2,3,NaN")]
    [InlineData("selection.algorithms=dbscan")]
    [InlineData("selection.algorithms=k-means,none")]
    [InlineData("selection.minShare=0,5")]
    [InlineData("selection.minShare=NaN")]
    [InlineData("selection.seed=18446744073709551616")]
    [InlineData("selection.starts=1.0")]
    public void A_value_that_is_not_allowed_is_one_fault_that_says_where_what_and_what_was_expected(string assignment)
    {
        string[] parts = assignment.Split('=', 2);
        string fault = Assert.Single(OptionCatalog.Read(null, null, [assignment]).Faults);
        Assert.StartsWith($"--set: {parts[0]} is {(parts[1].Length == 0 ? "empty" : $"'{parts[1]}'")}, expected ", fault, StringComparison.Ordinal);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"selection.starts": "20"}""", "o.json, line 1: selection.starts is the text \"20\", expected a whole number from 1 to 1000.")]
    [InlineData("""{"selection.starts": 20.5}""", "o.json, line 1: selection.starts is 20.5, expected a whole number from 1 to 1000.")]
    [InlineData("""{"selection.starts": null}""", "o.json, line 1: selection.starts is null, expected a whole number from 1 to 1000.")]
    [InlineData("""{"selection.starts": {"x": 1}}""", "o.json, line 1: selection.starts is an object, expected a whole number from 1 to 1000.")]
    [InlineData("""{"cleaning.dropDuplicates": "true"}""", "o.json, line 1: cleaning.dropDuplicates is the text \"true\", expected true or false.")]
    [InlineData("""{"cleaning.returns": ["net"]}""", "o.json, line 1: cleaning.returns is the list [net], expected net or ignore.")]
    [InlineData("""{"import": 5}""", "o.json, line 1: import is 5, expected an object: it is a group of options.")]
    [InlineData("[1]", "o.json, line 1: the file holds the list [1], expected an object of options.")]
    public void A_json_value_of_another_type_is_a_fault(string json, string expected) => Assert.Equal([expected], Read(json).Faults);

    [Theory]
    [InlineData("{\n  \"selection\": {,}\n}", "o.json, line 2, column 17: the JSON is malformed: ")]
    [InlineData("", "o.json, line 1, column 1: the JSON is malformed: ")]
    [InlineData("{} {}", "o.json, line 1, column 4: the JSON is malformed: ")]
    [InlineData("{\"rfm\": {", "o.json, line 1, column 10: the JSON is malformed: ")]
    [InlineData("{\n\"import.encoding\": \"\\ud800\"}", "o.json, line 2: the JSON is malformed: ")]
    public void Malformed_json_is_a_fault_with_its_place(string json, string beginning) =>
        Assert.StartsWith(beginning, Assert.Single(Read(json).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("selection.maxCluster", "selection.maxClusters")]
    [InlineData("maxclusters", "selection.maxClusters")]
    [InlineData("rfm.as_of", "rfm.asOf")]
    [InlineData("import.columns.costumer", "import.columns.customer")]
    public void An_unknown_key_is_a_fault_that_suggests_the_nearest(string key, string nearest) =>
        Assert.Equal([$"--set: {key} is no option, expected perhaps {nearest}."], OptionCatalog.Read(null, null, [$"{key}=1"]).Faults);

    [Fact]
    public void A_key_near_to_nothing_points_to_the_list() =>
        Assert.Equal(["--set: zzzzzz is no option, expected one of those in docs/options.md."], OptionCatalog.Read(null, null, ["zzzzzz=1"]).Faults);

    [Theory]
    [InlineData("""{"selection":{"seed":1},"selection.seed":1}""", "selection.seed")]
    [InlineData("""{"selection":{"seed":1,"Seed":1}}""", "selection.seed")]
    [InlineData("""{"rfm":{"asOf":"data"},"rfm":{"window":3}}""", "rfm")]
    public void A_key_given_twice_in_the_file_is_a_fault(string json, string key) =>
        Assert.Equal([$"o.json, line 1: {key} is given twice, expected once."], Read(json).Faults);

    [Fact]
    public void A_key_assigned_twice_is_a_fault() =>
        Assert.Equal(
            ["--set: selection.seed is given twice, expected once."],
            OptionCatalog.Read(null, null, ["selection.seed=1", "SELECTION.seed=1"]).Faults);

    [Fact]
    public void All_faults_of_file_and_assignments_are_reported_together()
    {
        OptionReading reading = OptionCatalog.Read(
            """
            {
              "selection": { "minClusters": 12, "minShare": 3 },
              "colour": { "a": 1 },
              "rfm": { "scores": "thresholds", "thresholds": { "recency": [4, 3, 2, 1] } }
            }
            """,
            "o.json",
            ["selection.algorithms=dbscan", "nonsense", "rfm.thresholds.frequency=1,2,3,4"]);
        Assert.Equal(
            [
                "o.json, line 2: selection.minShare is 3, expected a number from 0 to 1.",
                "o.json, line 3: colour is no option, expected one of those in docs/options.md.",
                "o.json, line 4: rfm.thresholds.recency is the list [4, 3, 2, 1], expected four ascending numbers such as 10,30,90,180, or none.",
                "--set: selection.algorithms is 'dbscan', expected a list of k-means, gaussian-mixture, ward, or none.",
                "--set: 'nonsense' is no assignment, expected KEY=VALUE.",
                "selection.minClusters is 12 and selection.maxClusters is 10, expected a least number that is not above the largest.",
                "rfm.thresholds.monetary is missing while rfm.scores is thresholds, expected four ascending numbers.",
            ],
            reading.Faults);
    }

    private static OptionReading Read(string json) => OptionCatalog.Read(json, "o.json", []);
}
