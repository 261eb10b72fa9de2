using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Encodings by their web names, those of code pages included.</summary>
internal static class UploadEncodings
{
    /// <summary>The encoding to write a file in: with a byte order mark only where the encoding needs one.</summary>
    public static Encoding ForWriting(string name) =>
        string.Equals(name, "utf-8", StringComparison.OrdinalIgnoreCase)
            ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
            : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
}
