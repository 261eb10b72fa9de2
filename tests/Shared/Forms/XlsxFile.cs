using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Segmentation.Testing.Forms;

/// <summary>Writes small workbooks: text, numbers and dates as cells of their type.</summary>
internal static class XlsxFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>A workbook of sheets of rows of cells: null, string, whole and decimal numbers, or a date.</summary>
    public static byte[] Of(params (string Name, IEnumerable<object?[]> Rows)[] sheets)
    {
        var shared = new List<string>();
        string[] texts = [.. sheets.Select(sheet => Sheet(sheet.Rows, shared))];
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            string types = string.Concat(sheets.Select((_, i) =>
                $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"));
            Add(archive, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                + $"<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/>{types}</Types>");
            Add(archive, "_rels/.rels", $"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"rId1\" Type=\"{Documents}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(archive, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Documents}\"><sheets>"
                + string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>")) + "</sheets></workbook>");
            Add(archive, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Packages}\">"
                + string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Documents}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))
                + $"<Relationship Id=\"rId900\" Type=\"{Documents}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId901\" Type=\"{Documents}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>");
            Add(archive, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
            Add(archive, "xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(shared.Select(text => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>"))}</sst>");
            for (int i = 0; i < texts.Length; i++)
            {
                Add(archive, $"xl/worksheets/sheet{i + 1}.xml", texts[i]);
            }
        }

        return bytes.ToArray();
    }

    private static string Sheet(IEnumerable<object?[]> rows, List<string> shared)
    {
        var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\"><sheetData>");
        int number = 0;
        foreach (object?[] row in rows)
        {
            number++;
            if (row.Length == 0)
            {
                continue;
            }

            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\">");
            for (int i = 0; i < row.Length; i++)
            {
                string place = $"{(char)('A' + i)}{number.ToString(CultureInfo.InvariantCulture)}";
                string? value = Convert.ToString(row[i], CultureInfo.InvariantCulture);
                switch (row[i])
                {
                    case null:
                        break;
                    case string text:
                        shared.Add(text);
                        xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{place}\" t=\"s\"><v>{shared.Count - 1}</v></c>");
                        break;
                    case DateTime time:
                        xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{place}\" s=\"1\"><v>{time.ToOADate():R}</v></c>");
                        break;
                    default:
                        xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{place}\"><v>{value}</v></c>");
                        break;
                }
            }

            xml.Append("</row>");
        }

        return xml.Append("</sheetData></worksheet>").ToString();
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        using Stream stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text));
    }
}
