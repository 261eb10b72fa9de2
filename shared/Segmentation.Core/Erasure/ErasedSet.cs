using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Segmentation.Core.Erasure;

/// <summary>Erased customers by the keyed hashes (HMAC-SHA256) of their ids. Immutable; thread-safe.</summary>
internal sealed class ErasedSet : IErasedSet
{
    private readonly IReadOnlyList<HashKey> _keys;

    /// <summary>A set of hashes by key.</summary>
    /// <param name="keys">The keys in ordinal order of their names.</param>
    public ErasedSet(IReadOnlyList<HashKey> keys)
    {
        _keys = keys;
        IsEmpty = keys.All(key => key.Hashes.Count == 0);
        Name = IsEmpty ? "" : NameOf(keys);
    }

    /// <summary>Where nobody was erased.</summary>
    public static ErasedSet Nobody { get; } = new([]);

    /// <inheritdoc />
    public bool IsEmpty { get; }

    /// <summary>A short name that is another for every other set; empty for nobody.</summary>
    public string Name { get; }

    /// <summary>The name of the key for further hashes, or null where there is none yet.</summary>
    public string? KeyName => _keys.Count == 0 ? null : _keys[0].Name;

    /// <inheritdoc />
    public bool Contains(ReadOnlySpan<byte> customerId) => Find(customerId) is not null;

    /// <summary>Which key and hash a customer is erased by, or null.</summary>
    public (string KeyName, string Hash)? Find(ReadOnlySpan<byte> customerId)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (HashKey key in _keys)
        {
            HMACSHA256.HashData(key.Secret, customerId, hash);
            if (key.Hashes.Contains(Number(hash)))
            {
                return (key.Name, Convert.ToHexStringLower(hash));
            }
        }

        return null;
    }

    /// <summary>The hash of a customer by the key for further hashes.</summary>
    public static string Hash(byte[] secret, string customerId) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(customerId)));

    /// <summary>A hash as a number.</summary>
    public static (UInt128 High, UInt128 Low) Number(ReadOnlySpan<byte> hash) =>
        (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));

    private static string NameOf(IReadOnlyList<HashKey> keys)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] number = new byte[HMACSHA256.HashSizeInBytes];
        foreach ((UInt128 high, UInt128 low) in keys.SelectMany(key => key.Hashes.Order()))
        {
            BinaryPrimitives.WriteUInt128BigEndian(number, high);
            BinaryPrimitives.WriteUInt128BigEndian(number.AsSpan(16), low);
            hash.AppendData(number);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }
}

/// <summary>A secret key and the hashes that were made with it.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="Secret">The key.</param>
/// <param name="Hashes">The hashes as numbers.</param>
internal sealed record HashKey(string Name, byte[] Secret, IReadOnlySet<(UInt128 High, UInt128 Low)> Hashes);
