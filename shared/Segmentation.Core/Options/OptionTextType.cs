using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NCrontab;

namespace Segmentation.Core.Options;

/// <summary>A column by its name in the header or its number from 1, or <c>none</c>.</summary>
internal sealed class ColumnName : OptionType<string>
{
    private const string None = "none";

    public override string Expected => "a column name, a column number from 1, none";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            new JsonObject { ["type"] = "integer", ["minimum"] = 1 }),
    };

    public override bool TryRead(OptionInput input, out string value)
    {
        value = input.IsWord(None) ? None : input.Text.Trim();
        bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return input.Shape == OptionShape.Number ? isNumber && number >= 1 : input.IsText && value.Length > 0 && !(isNumber && number == 0);
    }

    public override string Write(string value) => value;
}

/// <summary>The name of a text encoding that this platform has.</summary>
internal sealed class EncodingName : OptionType<string>
{
    public override string Expected => "the name of an encoding, such as utf-8, windows-1251 or utf-16";

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };

    public override bool TryRead(OptionInput input, out string value)
    {
        value = "";
        string name = input.Text.Trim();
        if (!input.IsText || name.Length == 0)
        {
            return false;
        }

        try
        {
            // Asked directly, so that reading options changes nothing in the process.
            Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            value = encoding.WebName;
            return true;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    public override string Write(string value) => value;
}

/// <summary>A pattern in .NET notation that holds a year, a month and a day, or <c>excel</c> or <c>unix</c>.</summary>
internal sealed class DatePattern : OptionType<string>
{
    private static readonly string[] Serials = ["excel", "unix"];

    // No two of its parts are equal, so a pattern that drops or repeats one does not give it back.
    private static readonly DateTime Probe = new(2003, 11, 25, 0, 0, 0, DateTimeKind.Unspecified);

    public override string Expected => "a date pattern with year, month and day such as yyyy-MM-dd HH:mm:ss or dd.MM.yyyy, excel, unix";

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 2 };

    public override bool TryRead(OptionInput input, out string value)
    {
        value = input.Text.Trim();
        if (!input.IsText)
        {
            return false;
        }

        foreach (string serial in Serials)
        {
            if (input.IsWord(serial))
            {
                value = serial;
                return true;
            }
        }

        return value.Length > 1 && GivesBackTheProbe(value);
    }

    public override string Write(string value) => value;

    private static bool GivesBackTheProbe(string pattern)
    {
        try
        {
            string written = Probe.ToString(pattern, CultureInfo.InvariantCulture);
            return DateTime.TryParseExact(written, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime read)
                && read.Date == Probe.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>An NCrontab schedule of six fields.</summary>
internal sealed class CronSchedule : OptionType<string>
{
    private static readonly CrontabSchedule.ParseOptions SixFields = new() { IncludingSeconds = true };

    public override string Expected => "six NCrontab fields (second, minute, hour, day, month, weekday), as 0 0 3 1 * *";

    public override JsonObject Schema() => new() { ["type"] = "string" };

    public override bool TryRead(OptionInput input, out string value)
    {
        value = input.Text.Trim();
        return input.IsText && CrontabSchedule.TryParse(value, SixFields) is not null;
    }

    public override string Write(string value) => value;
}

/// <summary><c>data</c>, <c>today</c> or a date.</summary>
internal sealed class AsOfDate : OptionType<(AsOfKind Kind, DateOnly? Date)>
{
    private const string Pattern = "yyyy-MM-dd";
    private const string Data = "data";
    private const string Today = "today";

    public override string Expected => $"{Data}, {Today} or a date as {Pattern}";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray(Data, Today) },
            new JsonObject { ["type"] = "string", ["format"] = "date" }),
    };

    public override bool TryRead(OptionInput input, out (AsOfKind Kind, DateOnly? Date) value)
    {
        bool isDate = DateOnly.TryParseExact(input.Text.AsSpan().Trim(), Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
        value = input.IsWord(Data) ? (AsOfKind.Data, null)
            : input.IsWord(Today) ? (AsOfKind.Today, null)
            : (AsOfKind.Date, date);
        return input.IsText && (isDate || value.Kind != AsOfKind.Date);
    }

    public override string Write((AsOfKind Kind, DateOnly? Date) value) => value.Kind switch
    {
        AsOfKind.Today => Today,
        AsOfKind.Date when value.Date is { } date => date.ToString(Pattern, CultureInfo.InvariantCulture),
        _ => Data,
    };
}
