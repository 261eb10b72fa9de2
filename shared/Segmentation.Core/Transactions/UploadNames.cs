namespace Segmentation.Core.Transactions;

/// <summary>What the name of an upload says about it.</summary>
public static class UploadNames
{
    /// <summary>The folder of files of customers' attributes.</summary>
    public const string CustomersFolder = "customers/";

    /// <summary>Whether an upload is a file of transactions: not under <c>customers/</c>, and not one to be ignored.</summary>
    public static bool IsTransactions(string name) =>
        !IsIgnored(name) && !name.StartsWith(CustomersFolder, StringComparison.Ordinal);

    /// <summary>Whether an upload is to be ignored: a hidden, lock, partial or temporary file, or one in a hidden folder.</summary>
    public static bool IsIgnored(string name)
    {
        string file = name[(name.LastIndexOf('/') + 1)..];
        return name.StartsWith('.') || name.Contains("/.", StringComparison.Ordinal) || file.StartsWith("~$", StringComparison.Ordinal)
            || file.EndsWith(".part", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase);
    }
}
