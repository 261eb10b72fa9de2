using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>The product codes that stand for postage, fees, vouchers and the like; a code that ends with <c>*</c> is a prefix.</summary>
internal sealed class NonProductCodes
{
    private readonly bool[] _firstBytes = new bool[256];
    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly bool _matchesAll;

    /// <summary>A list of codes; blank ones count for nothing.</summary>
    public NonProductCodes(IEnumerable<string> codes)
    {
        foreach (string code in codes)
        {
            string normal = FieldText.Compose(code.Trim()).ToUpperInvariant();
            bool isPrefix = normal.EndsWith('*');
            normal = isPrefix ? normal[..^1] : normal;
            _matchesAll |= isPrefix && normal.Length == 0;
            if (normal.Length == 0)
            {
                continue;
            }

            if (isPrefix)
            {
                _prefixes.Add(normal);
            }
            else
            {
                _codes.Add(normal);
            }

            byte first = Encoding.UTF8.GetBytes(normal)[0];
            _firstBytes[first] = true;
            _firstBytes[(byte)char.ToLowerInvariant((char)first)] = true;
            if (first > 127)
            {
                // Another case may begin with another byte: then every code of other scripts is compared.
                Array.Fill(_firstBytes, true, 128, 128);
            }
        }

        _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether a trimmed, composed product code is on the list, whatever its case.</summary>
    public bool Contains(ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty || (!_firstBytes[code[0]] && !_matchesAll))
        {
            return false;
        }

        Span<char> characters = code.Length <= 128 ? stackalloc char[128] : new char[code.Length];
        Span<char> upper = code.Length <= 128 ? stackalloc char[128] : new char[code.Length];
        int length = Encoding.UTF8.GetChars(code, characters);
        length = ((ReadOnlySpan<char>)characters[..length]).ToUpperInvariant(upper);
        ReadOnlySpan<char> name = upper[..length];
        if (_matchesAll || _lookup.Contains(name))
        {
            return true;
        }

        foreach (string prefix in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
