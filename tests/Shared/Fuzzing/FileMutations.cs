using System.Text;
using Segmentation.Numerics;

namespace Segmentation.Testing.Fuzzing;

/// <summary>Damages files as disks, programs and people do: the same seed gives the same damage.</summary>
internal static class FileMutations
{
    private const int MostBytes = 1 << 20;

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\"\"", "\"\n", ",", ";", "\t", "|", "\n", "\r", "\r\n", "\0", "\uFEFF", "\uFFFE", "\u202E", "e\u0301", "NaN", "1e308", "-1e308", "0x1F", "∞", "1,234",
            "1.234", "(1.00)", "1.00-", "=1+1", "@cmd", "31/12/2010", "2010-13-45", "99999999999999999999", "sep=;\n", "<html>", "{\"a\":1}", "Итого", "C536365", "17850.0",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0x1F, 0x8B], [0x50, 0x4B, 3, 4], [0xC3], [0xE2, 0x82],
    ];

    /// <summary>A damaged copy.</summary>
    public static byte[] Damage(byte[] file, IReadOnlyList<byte[]> others, Xoshiro256StarStar random)
    {
        var bytes = new List<byte>(file.Length > MostBytes ? file[..MostBytes] : file);
        int times = 1 + random.NextInt32(6);
        for (int i = 0; i < times; i++)
        {
            Damage(bytes, others, random);
        }

        return [.. bytes];
    }

    private static void Damage(List<byte> bytes, IReadOnlyList<byte[]> others, Xoshiro256StarStar random)
    {
        int place = random.NextInt32(bytes.Count + 1);
        int length = Math.Min(bytes.Count - place, 1 + random.NextInt32(1 << random.NextInt32(12)));
        switch (random.NextInt32(9))
        {
            case 0 when length > 0:
                bytes[place] ^= (byte)(1 << random.NextInt32(8));
                break;
            case 1:
                bytes.RemoveRange(place, length);
                break;
            case 2:
                bytes.InsertRange(place, bytes.GetRange(place, length));
                break;
            case 3 when random.NextInt32(4) == 0:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 4:
                byte[] other = others[random.NextInt32(others.Count)];
                int from = random.NextInt32(other.Length + 1);
                bytes.InsertRange(place, other.Skip(from).Take(1 << random.NextInt32(14)));
                break;
            case 5:
                Replace(bytes, random);
                break;
            case 6 when length > 0:
                for (int i = 0; i < length; i++)
                {
                    bytes[place + i] = (byte)random.NextInt32(256);
                }

                break;
            default:
                bytes.InsertRange(place, Pieces[random.NextInt32(Pieces.Length)]);
                break;
        }
    }

    /// <summary>One byte for another, everywhere: other delimiters, other line ends, other separators of decimals.</summary>
    private static void Replace(List<byte> bytes, Xoshiro256StarStar random)
    {
        byte[] structure = [(byte)',', (byte)';', (byte)'\t', (byte)'\n', (byte)'\r', (byte)'.', (byte)'"', (byte)' ', (byte)'-', (byte)'/', (byte)'0'];
        byte from = structure[random.NextInt32(structure.Length)];
        byte to = structure[random.NextInt32(structure.Length)];
        for (int i = 0; i < bytes.Count; i++)
        {
            bytes[i] = bytes[i] == from ? to : bytes[i];
        }
    }
}
