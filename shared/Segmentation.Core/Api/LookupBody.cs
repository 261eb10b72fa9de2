using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Api.Documents;

namespace Segmentation.Core.Api;

/// <summary>The ids of a lookup of many customers, from the body of the request.</summary>
internal static class LookupBody
{
    /// <summary>Reads the ids.</summary>
    public static (LookupRequest? Request, ApiProblem? Problem) Read(JsonElement body)
    {
        const string pointer = "/customerIds";
        var fields = new BodyFields();
        var ids = new List<string>();
        if (fields.IsObject(body, ""))
        {
            body.TryGetProperty("customerIds", out JsonElement list);
            if (fields.IsArray(list, pointer))
            {
                int count = list.GetArrayLength();
                if (count > LookupRequest.MostIds)
                {
                    fields.Fault(pointer, string.Create(
                        CultureInfo.InvariantCulture,
                        $"Found {count} ids; at most {LookupRequest.MostIds} are allowed. Ask in several requests."));
                }
                else
                {
                    ReadIds(list, pointer, fields, ids);
                }
            }
        }

        return fields.Faults.Count > 0 ? (null, ApiProblem.InvalidBody(fields.Faults)) : (new LookupRequest(ids), null);
    }

    private static void ReadIds(JsonElement list, string pointer, BodyFields fields, List<string> ids)
    {
        foreach (JsonElement element in list.EnumerateArray())
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{pointer}/{ids.Count}");
            string? id = fields.Text(element, place);
            if (id is not null && string.IsNullOrWhiteSpace(id))
            {
                fields.Fault(place, "Found a blank string, expected the id of a customer.");
            }
            else if (id is not null && Encoding.UTF8.GetByteCount(id) is var bytes && bytes > SegmentationApi.MostIdBytes)
            {
                fields.Fault(place, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Found an id of {bytes} bytes of UTF-8; at most {SegmentationApi.MostIdBytes} are allowed."));
            }

            ids.Add(id ?? "");
        }
    }
}
