using System.Security.Cryptography;
using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Names the options that decide what cleaning makes of a file, so that other options clean it again.</summary>
public static class CleanFingerprint
{
    // Raised when the same file with the same options is read or judged otherwise than before, so that stores clean what they hold anew.
    private const string Rules = "format 4\n";

    /// <summary>A short name of the options in force that cleaning depends on.</summary>
    public static string Of(SegmentationOptions options)
    {
        var text = new StringBuilder(Rules);
        foreach ((string key, string value) in OptionCatalog.Describe(options))
        {
            if (key.StartsWith("import.", StringComparison.Ordinal) || key == "cleaning.nonProductCodes")
            {
                text.Append(key).Append('=').Append(value).Append('\n');
            }
        }

        text.Append("raw=").Append(KeepsRaw(options));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    /// <summary>Whether rows are kept as written too, because the dates of the run may still reject any of them.</summary>
    public static bool KeepsRaw(SegmentationOptions options) => options.Rfm.AsOf != AsOfKind.Data || options.Rfm.WindowDays is not null;
}
