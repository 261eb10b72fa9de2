using System.Globalization;
using Segmentation.Core.Segments;

namespace Segmentation.Reporting;

/// <summary>The page being written: its markup, and words and numbers in its language.</summary>
internal sealed record Page(Markup Markup, Language Language)
{
    private static readonly string[] RussianMonths =
    [
        "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    ];

    public string Say(string english, string russian) => Language == Language.Russian ? russian : english;

    public string Count(long value) => LocalNumbers.Count(value, Language);

    public string Fixed(double? value, int decimals) => LocalNumbers.Fixed(value ?? double.NaN, decimals, Language);

    public string Percent(double? share) => LocalNumbers.Percent(share ?? double.NaN, Language);

    public string Amount(double value) => LocalNumbers.Amount(value, Language);

    public string Cents(string amount) => LocalNumbers.CentAmount(amount, Language);

    public string Exact(string amount) => LocalNumbers.ExactAmount(amount, Language);

    /// <summary>10 December 2011; 10 декабря 2011 г.</summary>
    public string Date(DateOnly date) => LocalDates.InFull(date, Language);

    /// <summary>December 2011; декабрь 2011.</summary>
    public string Month(DateOnly month) => Say(
        month.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{RussianMonths[month.Month - 1]} {month.Year}"));

    /// <summary>A heading with the sentence that says what the section answers.</summary>
    public void Heading(string title, string lead)
    {
        Markup.Element("h2", title);
        Markup.Element("p", lead, "lead");
    }

    /// <summary>A table with its head; rows are added inside the returned scope.</summary>
    public IDisposable Table(params ReadOnlySpan<(string Name, bool Number)> columns) => Table(null, columns);

    /// <summary>The same with a class of the style sheet.</summary>
    public IDisposable Table(string? cssClass, params ReadOnlySpan<(string Name, bool Number)> columns)
    {
        var scopes = new Scopes(Markup.Open("div", "scroll"), Markup.Open("table", cssClass));
        using (Markup.Open("thead"))
        using (Markup.Open("tr"))
        {
            foreach ((string name, bool number) in columns)
            {
                Markup.Element("th", name, number ? "n" : null, ("scope", "col"));
            }
        }

        return new Scopes(scopes, Markup.Open("tbody"));
    }

    /// <summary>A cell with a number that is already in the language.</summary>
    public void Number(string text) => Markup.Element("td", text, "n");

    /// <summary>The same with a remark below it, or none.</summary>
    public void Number(string text, string? remark)
    {
        using (Markup.Open("td", "n"))
        {
            Markup.Text(text);
            if (remark is not null)
            {
                Markup.Element("small", remark);
            }
        }
    }

    private sealed class Scopes(IDisposable outer, IDisposable inner) : IDisposable
    {
        public void Dispose()
        {
            inner.Dispose();
            outer.Dispose();
        }
    }
}
