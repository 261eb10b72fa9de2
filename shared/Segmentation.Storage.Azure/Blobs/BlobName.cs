namespace Segmentation.Storage.Azure.Blobs;

/// <summary>What may be the name of a blob.</summary>
internal static class BlobName
{
    private const int MostCharacters = 1024;

    /// <summary>The name, if it is one.</summary>
    /// <exception cref="ArgumentException">
    /// It is empty, rooted, or climbs; or the service cannot hold it: it is too long, ends in a dot, or has characters that no XML has.
    /// </exception>
    public static string Check(string name)
    {
        if (Climbs(name))
        {
            throw new ArgumentException($"'{name}' is no name of a blob: expected folders and a file name, divided by '/'.", nameof(name));
        }

        if (!IsStorable(name))
        {
            throw new ArgumentException(
                $"'{name}' is no name of a blob: expected at most {MostCharacters} characters of text, the last neither '.' nor '\\'.", nameof(name));
        }

        return name;
    }

    /// <summary>Whether <see cref="Check" /> lets a name pass.</summary>
    public static bool IsName(string name) => !Climbs(name) && IsStorable(name);

    private static bool Climbs(string name) => name.Split('/').Any(part => part is "" or "." or "..");

    private static bool IsStorable(string name) =>
        name.Length <= MostCharacters && name[^1] is not ('.' or '\\') && !name.Any(IsNoText) && IsWellFormed(name);

    private static bool IsNoText(char letter) => char.IsControl(letter) || letter is '\uFFFE' or '\uFFFF';

    private static bool IsWellFormed(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && !(i + 1 < name.Length && char.IsSurrogatePair(name[i], name[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
