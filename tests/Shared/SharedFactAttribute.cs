using System.Runtime.CompilerServices;

namespace Segmentation.Testing;

/// <summary>A fact that reads the reference folder beside the checkout, and is skipped with the reason where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = Repository.SharedIsAbsent;
        SkipType = typeof(Repository);
        SkipUnless = nameof(Repository.HasShared);
    }
}
