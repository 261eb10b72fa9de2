using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Segments.Scoring;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Api.Documents;

/// <summary>The JSON of requests and answers: camelCase, names of values in kebab case, made at compile time.</summary>
[JsonSerializable(typeof(SegmentAnswer))]
[JsonSerializable(typeof(LookupRequest))]
[JsonSerializable(typeof(LookupDocument))]
[JsonSerializable(typeof(SegmentsDocument))]
[JsonSerializable(typeof(ScoreRequest))]
[JsonSerializable(typeof(CustomerScore))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(RunsDocument))]
[JsonSerializable(typeof(UploadsDocument))]
[JsonSerializable(typeof(UploadDetailDocument))]
[JsonSerializable(typeof(CustomerDocument))]
[JsonSerializable(typeof(ErasureDocument))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Letters of every script are written as they are: an answer says that it is JSON, and that it is nothing else.</summary>
    public static ApiJson Answers { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new KebabCaseConverter<RunState>(),
            new KebabCaseConverter<RunCause>(),
            new KebabCaseConverter<UploadState>(),
            new KebabCaseConverter<LineKind>(),
            new KebabCaseConverter<HealthStatus>(),
        },
    });

    private sealed class KebabCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
        where T : struct, Enum;
}
