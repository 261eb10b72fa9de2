using System.IO.Compression;

namespace Segmentation.Core.Tests.Erasure;

/// <summary>What can be got out of packed bytes by somebody who tries: every gzip, every entry of an archive, also of a damaged one.</summary>
internal static class PackedBytes
{
    /// <summary>The bytes, and whatever can be unpacked of them, to any depth.</summary>
    public static IEnumerable<byte[]> Layers(byte[] bytes)
    {
        yield return bytes;
        if (bytes is [0x1F, 0x8B, ..])
        {
            foreach (byte[] layer in Layers(Taken(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))))
            {
                yield return layer;
            }
        }

        if (bytes is not [(byte)'P', (byte)'K', ..])
        {
            yield break;
        }

        // Every local header, whatever the directory says: signature, …, length of the name at 26 and of what follows it at 28.
        for (int place = 0; place + 30 < bytes.Length; place++)
        {
            if (!bytes.AsSpan(place).StartsWith("PK\u0003\u0004"u8))
            {
                continue;
            }

            int start = place + 30 + BitConverter.ToUInt16(bytes, place + 26) + BitConverter.ToUInt16(bytes, place + 28);
            if (start < bytes.Length)
            {
                foreach (byte[] layer in Layers(Taken(new DeflateStream(new MemoryStream(bytes[start..]), CompressionMode.Decompress))))
                {
                    yield return layer;
                }
            }
        }
    }

    private static byte[] Taken(Stream packed)
    {
        using (packed)
        using (var unpacked = new MemoryStream())
        {
            byte[] block = new byte[64];
            try
            {
                int read;
                while ((read = packed.Read(block)) > 0)
                {
                    unpacked.Write(block, 0, read);
                }
            }
            catch (InvalidDataException)
            {
                // What came before the damage counts.
            }

            return unpacked.ToArray();
        }
    }
}
