using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Segmentation.Functions.Composition;
using Segmentation.Functions.Tests.Support;
using Segmentation.Storage.Azure;

namespace Segmentation.Functions.Tests;

/// <summary>The app is put together from its settings.</summary>
public sealed class CompositionTests
{
    [Fact]
    public void Every_function_class_can_be_made_by_the_host()
    {
        using IHost host = Program.Build(["--AzureWebJobsStorage=UseDevelopmentStorage=true"]);
        Type[] classes = [.. FunctionTable.All.Select(function => function.Method.DeclaringType!).Distinct().Where(type => !type.IsAbstract)];
        Assert.True(classes.Length >= 9);
        Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(host.Services, type)));
    }

    [Fact]
    public void All_wrong_settings_are_told_together()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Read(
            ("Segmentation:selection:maxClusters", "many"), ("Segmentation:selection:colour", "red"), ("Segmentation:language", "de"),
            ("Segmentation:rfm:window", "-1")));
        Assert.All(
            (string[])["AzureWebJobsStorage__accountName", "selection.maxClusters is 'many'", "selection.colour is no option", "'de', expected en or ru", "rfm.window"],
            part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_and_language_come_from_the_section()
    {
        AppSettings settings = Read(
            ("AzureWebJobsStorage", "x=y"), ("Segmentation:language", "RU"), ("Segmentation:selection:maxClusters", "7"),
            ("Segmentation:selection:algorithms", "none"));
        Assert.Equal(("ru", 7, 0), (settings.Language, settings.Options.Selection.MaxClusters, settings.Options.Selection.Algorithms.Count));
        Assert.Equal(new StorageSettings("x=y", null, null, null), settings.Storage);
    }

    [Fact]
    public void An_identity_needs_the_account_or_the_addresses_of_its_services()
    {
        Assert.Equal(
            new StorageSettings(null, new Uri("https://shop.blob.core.windows.net"), new Uri("https://shop.table.core.windows.net"), "me"),
            Read(("AzureWebJobsStorage:accountName", "shop"), ("AzureWebJobsStorage:clientId", "me")).Storage);
        Assert.Equal(
            new StorageSettings(null, new Uri("https://b.example"), new Uri("https://t.example"), null),
            Read(("AzureWebJobsStorage:blobServiceUri", "https://b.example"), ("AzureWebJobsStorage:tableServiceUri", "https://t.example")).Storage);
        var fault = Assert.Throws<InvalidOperationException>(() => Read(
            ("AzureWebJobsStorage:blobServiceUri", "http://b.example"), ("AzureWebJobsStorage:tableServiceUri", "https://t.example")));
        Assert.Contains("AzureWebJobsStorage__blobServiceUri is 'http://b.example'", fault.Message, StringComparison.Ordinal);
    }

    private static AppSettings Read(params (string Key, string Value)[] settings) => AppSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build());
}
