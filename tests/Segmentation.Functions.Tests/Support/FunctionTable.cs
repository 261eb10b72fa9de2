using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Segmentation.Functions.Tests.Support;

/// <summary>A function as its attributes describe it.</summary>
internal sealed record FunctionEntry(string Name, MethodInfo Method)
{
    /// <summary>The attribute of its trigger, and the parameter that it is on.</summary>
    public (T Attribute, ParameterInfo Parameter)? Trigger<T>()
        where T : Attribute =>
        Method.GetParameters().Select(parameter => (Attribute: parameter.GetCustomAttribute<T>(), parameter))
            .Where(found => found.Attribute is not null).Select(found => ((T, ParameterInfo)?)(found.Attribute!, found.parameter)).FirstOrDefault();

    /// <summary>How fitting its route is for a path: the number of fixed segments, or -1.</summary>
    public int Fit(string method, string path)
    {
        if (Trigger<HttpTriggerAttribute>() is not { } trigger || !trigger.Attribute.Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
        {
            return -1;
        }

        string[] template = $"api/{trigger.Attribute.Route}".Split('/');
        string[] segments = path.Split('?')[0].TrimStart('/').Split('/');
        if (template[^1].StartsWith("{*", StringComparison.Ordinal))
        {
            return segments[0] == "api" ? 0 : -1;
        }

        bool fits = template.Length == segments.Length
            && template.Zip(segments).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
        return fits ? 1 + template.Count(segment => !segment.StartsWith('{')) : -1;
    }
}

/// <summary>All functions of the app, found as the worker finds them.</summary>
internal static class FunctionTable
{
    public static IReadOnlyList<FunctionEntry> All { get; } =
    [
        .. typeof(FunctionTable).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Segmentation.Functions", StringComparison.Ordinal) == true)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (method.GetCustomAttribute<FunctionAttribute>()?.Name, Method: method))
            .Where(found => found.Name is not null)
            .Select(found => new FunctionEntry(found.Name!, found.Method)),
    ];

    public static FunctionEntry Find(string name) => All.Single(function => function.Name == name);
}
