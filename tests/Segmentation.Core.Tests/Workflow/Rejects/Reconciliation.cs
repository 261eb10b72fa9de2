using System.Globalization;
using System.Text.Json;

namespace Segmentation.Core.Tests.Workflow.Rejects;

/// <summary>Every row, and its money, is in exactly one place of a ledger.</summary>
internal static class Reconciliation
{
    private static readonly string[] Places = ["kept", "merged", "returned", "superseded"];

    public static void Check(JsonElement entry, string context)
    {
        int rejected = entry.GetProperty("rejected").EnumerateObject().Sum(static reason => reason.Value.GetInt32());
        Assert.True(
            entry.GetProperty("rows").GetInt32() == rejected + Places.Sum(place => entry.GetProperty(place).GetInt32()), $"{context}: rows of {entry}");
        JsonElement money = entry.GetProperty("revenue");
        Assert.True(
            Amount(money, "rows") == Amount(money, "rejected") + Places.Sum(place => Amount(money, place)), $"{context}: money of {entry}");
    }

    private static decimal Amount(JsonElement money, string place) =>
        decimal.Parse(money.GetProperty(place).GetString()!, CultureInfo.InvariantCulture);
}
