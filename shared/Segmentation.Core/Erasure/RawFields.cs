namespace Segmentation.Core.Erasure;

/// <summary>Looks for erased customers in rows that could not be read as rows, or whose customer may stand in any field.</summary>
internal static class RawFields
{
    private const byte Quote = (byte)'"';

    /// <summary>Whether any field of a row as written is the id of an erased customer.</summary>
    /// <remarks>Quotes are read as quotes, and once more as nothing, since they may be what is wrong with the row.</remarks>
    public static bool AnyErased(ReadOnlySpan<byte> raw, byte delimiter, ErasedCheck erased)
    {
        if (erased.IsEmpty)
        {
            return false;
        }

        foreach (Range field in raw.Split(delimiter))
        {
            if (erased.ContainsWritten(raw[field].Trim(" \""u8)))
            {
                return true;
            }
        }

        return raw.Contains(Quote) && AnyQuotedErased(raw, delimiter, erased);
    }

    /// <summary>The same of a row that is kept in two ways: as written, and with what its order carried to it, which may be empty.</summary>
    public static bool AnyErased(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> filled, byte delimiter, ErasedCheck erased) =>
        AnyErased(raw, delimiter, erased) || (!filled.IsEmpty && AnyErased(filled, delimiter, erased));

    private static bool AnyQuotedErased(ReadOnlySpan<byte> raw, byte delimiter, ErasedCheck erased)
    {
        byte[] field = new byte[raw.Length];
        int length = 0;
        bool inside = false;
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] == Quote)
            {
                bool doubled = inside && i + 1 < raw.Length && raw[i + 1] == Quote;
                if (!doubled)
                {
                    inside = !inside;
                    continue;
                }

                i++;
            }
            else if (raw[i] == delimiter && !inside)
            {
                if (erased.ContainsWritten(field.AsSpan(0, length)))
                {
                    return true;
                }

                length = 0;
                continue;
            }

            field[length++] = raw[i];
        }

        return erased.ContainsWritten(field.AsSpan(0, length));
    }
}
