using System.Globalization;
using System.Text.Json;
using Segmentation.Core.Api.Documents;
using Segmentation.Core.Segments.Scoring;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Api;

/// <summary>What is to be scored, from the body of the request.</summary>
/// <param name="Figures">The three figures, or null.</param>
/// <param name="Transactions">Or the transactions.</param>
internal sealed record ScoreBody(CustomerFigures? Figures, IReadOnlyList<ScoringTransaction>? Transactions)
{
    private const string ListPointer = "/transactions";

    private static readonly string[] FigureNames = ["recencyDays", "frequency", "monetary"];

    /// <summary>Reads it; all faults together.</summary>
    public static (ScoreBody? Request, ApiProblem? Problem) Read(JsonElement body)
    {
        var fields = new BodyFields();
        ScoreBody? read = fields.IsObject(body, "") ? Read(body, fields) : null;
        fields.NameUnknown(body, "", [.. FigureNames, "transactions"]);
        return fields.Faults.Count > 0 ? (null, ApiProblem.InvalidBody(fields.Faults)) : (read, null);
    }

    private static ScoreBody? Read(JsonElement body, BodyFields fields)
    {
        bool hasFigures = FigureNames.Any(name => BodyFields.Has(body, name));
        bool hasTransactions = BodyFields.Has(body, "transactions");
        if (hasFigures == hasTransactions)
        {
            string found = hasFigures ? "both figures and transactions" : "neither figures nor transactions";
            fields.Fault("", $"Found {found}, expected either recencyDays, frequency and monetary, or transactions.");
            return null;
        }

        if (hasTransactions)
        {
            return new ScoreBody(null, ReadTransactions(body.GetProperty("transactions"), fields));
        }

        var figures = new CustomerFigures(
            fields.Figure(body, FigureNames[0], "a whole number", FigureReading.RecencyDays) ?? 0,
            fields.Figure(body, FigureNames[1], "a whole number", FigureReading.Frequency) ?? 0,
            fields.Figure(body, FigureNames[2], "a number", FigureReading.Monetary) ?? Money.Zero);
        return new ScoreBody(figures, null);
    }

    private static List<ScoringTransaction> ReadTransactions(JsonElement list, BodyFields fields)
    {
        var transactions = new List<ScoringTransaction>();
        if (!fields.IsArray(list, ListPointer))
        {
            return transactions;
        }

        int count = list.GetArrayLength();
        if (count is 0 or > ScoreRequest.MostTransactions)
        {
            fields.Fault(ListPointer, string.Create(
                CultureInfo.InvariantCulture, $"Found {count} transactions, expected 1 to {ScoreRequest.MostTransactions}."));
            return transactions;
        }

        foreach (JsonElement element in list.EnumerateArray())
        {
            transactions.Add(ReadTransaction(element, Pointer(transactions.Count), fields));
        }

        CheckAmounts(transactions, fields);
        return transactions;
    }

    private static ScoringTransaction ReadTransaction(JsonElement element, string pointer, BodyFields fields)
    {
        if (!fields.IsObject(element, pointer))
        {
            return new ScoringTransaction { Date = "" };
        }

        element.TryGetProperty("date", out JsonElement date);
        return new ScoringTransaction
        {
            Date = fields.Text(date, $"{pointer}/date") ?? "",
            Invoice = fields.OptionalText(element, "invoice", pointer),
            Quantity = fields.OptionalNumber(element, "quantity", pointer),
            Price = fields.OptionalNumber(element, "price", pointer),
            Amount = fields.OptionalNumber(element, "amount", pointer),
            Product = fields.OptionalText(element, "product", pointer),
        };
    }

    /// <summary>A file has a column of line totals or it has none: lines with and without one cannot be judged by one rule.</summary>
    private static void CheckAmounts(List<ScoringTransaction> transactions, BodyFields fields)
    {
        if (fields.Faults.Count > 0)
        {
            return;
        }

        bool byAmount = transactions.Exists(line => line.Amount is not null);
        string expected = byAmount ? "amount" : "price";
        for (int i = 0; i < transactions.Count; i++)
        {
            if ((byAmount ? transactions[i].Amount : transactions[i].Price) is null)
            {
                fields.Fault($"{Pointer(i)}/{expected}", byAmount
                    ? "Found nothing, expected an amount, as other transactions have one."
                    : "Found nothing, expected a price, or an amount in every transaction.");
            }
        }
    }

    private static string Pointer(int index) => string.Create(CultureInfo.InvariantCulture, $"{ListPointer}/{index}");
}
