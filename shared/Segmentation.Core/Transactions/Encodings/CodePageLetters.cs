using System.Globalization;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>What a byte is in a code page, as far as that helps to tell code pages apart.</summary>
internal enum ByteRole : byte
{
    /// <summary>An ASCII character that is no letter and no digit.</summary>
    Other,

    /// <summary>A digit.</summary>
    Digit,

    /// <summary>A letter a–z, A–Z.</summary>
    AsciiLetter,

    /// <summary>A Russian letter.</summary>
    Russian,

    /// <summary>An accented letter of western languages.</summary>
    Accented,

    /// <summary>A blank, quotation mark, dash, currency or other sign that shops write.</summary>
    Sign,

    /// <summary>What no shop writes: controls, box drawing, letters of other languages, undefined bytes.</summary>
    Unlikely,
}

/// <summary>The upper half of one single-byte code page: what each byte is, whether it is a capital, and how common a Russian letter is.</summary>
internal sealed class CodePageLetters
{
    // Signs that stand in texts of shops.
    private const string Signs = "\u00A0«»—–…№“”„‘’•°©®™£€¥§½¼¾²³±×µ·";

    // From common to rare; a letter's weight is the place of its group.
    private static readonly string[] RussianByFrequency = ["ъ", "цщэф", "ёжшю", "чйх", "яыьгзб", "кмдпу", "срвл", "оеаинт"];

    private readonly ByteRole[] _roles = new ByteRole[256];
    private readonly bool[] _upper = new bool[256];
    private readonly sbyte[] _weights = new sbyte[256];

    /// <summary>The letters of a code page.</summary>
    /// <param name="name">Its web name.</param>
    public CodePageLetters(string name)
    {
        Name = name;
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        for (int value = 0; value < 256; value++)
        {
            char letter = encoding.GetString([(byte)value])[0];
            _roles[value] = RoleOf(letter);
            _upper[value] = char.IsUpper(letter);
            _weights[value] = WeightOf(letter);
        }
    }

    /// <summary>The web name.</summary>
    public string Name { get; }

    /// <summary>What a byte is.</summary>
    public ByteRole Role(byte value) => _roles[value];

    /// <summary>Whether a byte is a capital letter.</summary>
    public bool IsUpper(byte value) => _upper[value];

    /// <summary>How common a Russian letter is: 0 (rare) to 7.</summary>
    public int Weight(byte value) => _weights[value];

    private static ByteRole RoleOf(char letter) => letter switch
    {
        >= '0' and <= '9' => ByteRole.Digit,
        _ when char.IsAsciiLetter(letter) => ByteRole.AsciiLetter,
        < '\x80' => ByteRole.Other,
        >= 'А' and <= 'я' or 'Ё' or 'ё' => ByteRole.Russian,
        _ when Signs.Contains(letter, StringComparison.Ordinal) => ByteRole.Sign,
        < '\u0180' when char.IsLetter(letter) => ByteRole.Accented,
        _ => ByteRole.Unlikely,
    };

    private static sbyte WeightOf(char letter)
    {
        char lower = char.ToLower(letter, CultureInfo.InvariantCulture);
        return (sbyte)Math.Max(0, Array.FindIndex(RussianByFrequency, group => group.Contains(lower, StringComparison.Ordinal)));
    }
}
