using Segmentation.Testing.Emulator;

namespace Segmentation.Storage.Azure.Tests;

/// <summary>The settings that name the storage account, for every host.</summary>
public sealed class StorageSettingsTests
{
    [Fact]
    public void A_connection_string_wins() => Assert.Equal(
        new StorageSettings("a=b", null, null, null), Read([], ("AzureWebJobsStorage", "a=b"), ("AzureWebJobsStorage__accountName", "shop")));

    [Fact]
    public void An_identity_needs_the_account_or_the_addresses_of_its_services()
    {
        Assert.Equal(
            new StorageSettings(null, new Uri("https://shop.blob.core.windows.net"), new Uri("https://shop.table.core.windows.net"), null),
            Read([], ("AzureWebJobsStorage__accountName", "shop"), ("AzureWebJobsStorage__clientId", "")));
        Assert.Equal(
            new StorageSettings(null, new Uri("https://b.example"), new Uri("https://t.example"), "me"),
            Read(
                [], ("AzureWebJobsStorage__blobServiceUri", "https://b.example"), ("AzureWebJobsStorage__tableServiceUri", "https://t.example"),
                ("AzureWebJobsStorage__clientId", "me")));
    }

    [Fact]
    public void All_that_is_missing_or_wrong_is_told_together()
    {
        var faults = new List<string>();
        Assert.Null(Read(faults, ("AzureWebJobsStorage__blobServiceUri", "http://b.example")));
        Assert.Collection(
            faults,
            fault => Assert.Equal(
                "AzureWebJobsStorage__blobServiceUri is 'http://b.example', expected an address like https://shop.blob.core.windows.net.", fault),
            fault => Assert.Contains("and so is AzureWebJobsStorage__tableServiceUri", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_broken_connection_string_is_told_without_its_secret()
    {
        var settings = new StorageSettings($"AccountName=shop;AccountKey={Azurite.Key}!", null, null, null);
        var fault = Assert.Throws<FormatException>(() => settings.Open(_ => throw new InvalidOperationException(), TimeProvider.System));
        Assert.DoesNotContain(Azurite.Key, fault.Message, StringComparison.Ordinal);
    }

    private static StorageSettings? Read(List<string> faults, params (string Name, string Value)[] settings)
    {
        StorageSettings? read = StorageSettings.Read(
            name => settings.Where(setting => setting.Name == name).Select(setting => setting.Value).FirstOrDefault(), faults);
        Assert.Equal(read is null, faults.Count > 0);
        return read;
    }
}
