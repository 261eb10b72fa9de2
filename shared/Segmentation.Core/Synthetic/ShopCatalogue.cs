using System.Globalization;
using System.Text;

namespace Segmentation.Core.Synthetic;

/// <summary>What the store sells: the same codes, names and prices for every seed.</summary>
internal sealed class ShopCatalogue
{
    public const int Tiers = 3;
    public const int ProductsPerTier = 1_000;
    public const int Products = Tiers * ProductsPerTier;

    private static readonly string[] Looks =
    [
        "AMBER", "BLUE", "COPPER", "DOTTED", "EMERALD", "FLORAL", "GINGHAM", "IVORY", "LAVENDER", "MINT", "NORDIC", "OLIVE", "PEARL",
        "QUILTED", "RUSTIC", "SAGE", "STRIPED", "TARTAN", "VIOLET", "WOVEN",
    ];

    private static readonly string[] Motifs =
    [
        "ACORN", "BADGER", "CAFÉ", "DAISY", "FERN", "GARDEN", "HARBOUR", "IVY", "LIGHTHOUSE", "MEADOW", "ORCHARD", "PUFFIN", "ROBIN",
        "SAILOR", "THISTLE",
    ];

    private static readonly string[] Things =
    [
        "APRON", "BASKET", "BOOKEND", "BOWL", "CAKE STAND", "CANDLE", "COASTER SET", "CUSHION", "DOORSTOP", "EGG CUP", "FRAME",
        "GIFT TAG", "HOOK", "JAR", "KEYRING", "LANTERN", "MAGNET", "MUG", "NAPKIN RING", "NOTEBOOK", "PENCIL CASE", "PLANTER",
        "RIBBON", "STORAGE TIN", "STRING LIGHTS", "TEA TOWEL", "TEAPOT", "TRAY", "VASE", "WREATH",
    ];

    // Least price and number of steps of a tier, in cents; steps of a cheap tier are small.
    private static readonly (int Least, int Step, int Steps)[] Bands = [(29, 14, 19), (125, 40, 18), (595, 200, 22)];

    private readonly byte[][] _names = new byte[Products][];
    private readonly byte[][] _prices = new byte[Products][];
    private readonly byte[][] _wholesalePrices = new byte[Products][];

    public ShopCatalogue()
    {
        for (int product = 0; product < Products; product++)
        {
            (int least, int step, int steps) = Bands[product % Tiers];
            int cents = least + (product * 31 % steps * step);
            _names[product] = Encoding.UTF8.GetBytes($"{Code(product)},{Quoted(Name(product))}");
            _prices[product] = Price(cents);
            _wholesalePrices[product] = Price(cents * 17 / 20);
        }
    }

    /// <summary>The code and the description, escaped, with the comma between.</summary>
    public ReadOnlySpan<byte> CodeAndName(int product) => _names[product];

    public ReadOnlySpan<byte> Price(int product, bool isWholesale) => isWholesale ? _wholesalePrices[product] : _prices[product];

    /// <summary>An amount as the export of a spreadsheet writes it: without trailing zeros but for one decimal.</summary>
    public static byte[] Price(int cents) => Encoding.ASCII.GetBytes((cents / 100m).ToString("0.0#", CultureInfo.InvariantCulture));

    // The multipliers share no factor with the ranges, so that no two products share a code or a name.
    private static string Code(int product)
    {
        int number = 10_000 + (product * 7_919 % 80_000);
        string letter = (product % 4) switch { 0 => "A", 1 => "B", _ => "" };
        return string.Create(CultureInfo.InvariantCulture, $"{number}{letter}");
    }

    private static string Name(int product)
    {
        int combination = product * 2_999 % (Looks.Length * Motifs.Length * Things.Length);
        string look = Looks[combination % Looks.Length];
        string motif = Motifs[combination / Looks.Length % Motifs.Length];
        string thing = Things[combination / (Looks.Length * Motifs.Length)];
        return product switch
        {
            _ when product % 11 == 0 => $"{thing}, {look} {motif}",
            _ when product % 13 == 0 => string.Create(CultureInfo.InvariantCulture, $"{look} {motif} {thing} {6 + (product % 7)}\" HIGH"),
            _ when product % 5 == 0 => $"{look} {motif} {thing} ",
            _ => $"{look} {motif} {thing}",
        };
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(',', '"') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
