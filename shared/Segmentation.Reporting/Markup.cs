using System.Globalization;
using System.Text;
using System.Xml;

namespace Segmentation.Reporting;

/// <summary>Writes elements whose every text and attribute is escaped, in the syntax that HTML and XML share.</summary>
internal sealed class Markup(TextWriter output)
{
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element; the returned scope closes it.</summary>
    public Scope Open(string element, string? cssClass = null, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, cssClass, attributes);
        output.Write('>');
        _open.Push(element);
        return new Scope(this);
    }

    /// <summary>An element that holds only text.</summary>
    public void Element(string element, string text, string? cssClass = null, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, cssClass, attributes);
        output.Write('>');
        Text(text);
        End(element);
    }

    /// <summary>An element that HTML never closes, such as <c>meta</c>.</summary>
    public void Void(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, cssClass: null, attributes);
        output.Write("/>\n");
    }

    /// <summary>Text; characters that no document may hold become U+FFFD.</summary>
    public void Text(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<':
                    output.Write("&lt;");
                    break;
                case '>':
                    output.Write("&gt;");
                    break;
                case '&':
                    output.Write("&amp;");
                    break;
                case '"':
                    output.Write("&quot;");
                    break;
                case '\'':
                    output.Write("&#39;");
                    break;
                default:
                    output.Write(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
                    break;
            }
        }
    }

    /// <summary>A bar as long as a share of its track; it is decoration, the number stands beside it in words.</summary>
    public void Bar(double share, string cssClass)
    {
        double percent = double.IsFinite(share) ? Math.Clamp(share, 0, 1) * 100 : 0;
        using (Open("span", "track", ("aria-hidden", "true")))
        {
            Element("span", "", "bar " + cssClass, ("style", string.Create(CultureInfo.InvariantCulture, $"width:{percent:0.##}%")));
        }
    }

    /// <summary>The style sheet, as it stands: it has to be a constant of this project, never supplied text.</summary>
    public void Style(string css)
    {
        output.Write("<style>");
        output.Write(css);
        End("style");
    }

    private void Start(string element, string? cssClass, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        output.Write('<');
        output.Write(element);
        if (cssClass is not null)
        {
            Attribute("class", cssClass);
        }

        foreach ((string name, string value) in attributes)
        {
            Attribute(name, value);
        }
    }

    private void Attribute(string name, string value)
    {
        output.Write(' ');
        output.Write(name);
        output.Write("=\"");
        Text(value);
        output.Write('"');
    }

    private void End(string element)
    {
        output.Write("</");
        output.Write(element);
        output.Write(">\n");
    }

    /// <summary>Closes the innermost open element when it is disposed of.</summary>
    public readonly struct Scope(Markup markup) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => markup.End(markup._open.Pop());
    }
}
