namespace Segmentation.Testing;

/// <summary>Where the tests find the repository and, beside it, the folder of real data and reference numbers.</summary>
internal static class Repository
{
    /// <summary>Why a test that needs the reference folder did not run.</summary>
    public const string SharedIsAbsent = "The folder 'shared' with real data and reference numbers does not stand beside this checkout.";

    /// <summary>The folder that holds <c>Segmentation.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The reference folder beside the checkout.</summary>
    public static string Shared { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    /// <summary>Whether the reference folder is there; tests name it in <c>SkipUnless</c>.</summary>
    public static bool HasShared => Directory.Exists(Path.Combine(Shared, "golden"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Segmentation.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Segmentation.sln.");
    }
}
