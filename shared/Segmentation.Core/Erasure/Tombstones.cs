using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Erasure;

/// <summary>What is left of erased customers: one blob each, named by a keyed hash of the id, in container <c>clean</c>.</summary>
/// <remarks>
/// The secret of the hashes is 32 random bytes, made with the first tombstone: <c>erased/&lt;key&gt;/key</c>, beside the tombstones that
/// were made with it, <c>erased/&lt;key&gt;/&lt;hash&gt;.json</c>. A key is never replaced: where two processes make one at the same time,
/// both stay, and hashes by either count. Thread-safe.
/// </remarks>
/// <param name="clean">The container.</param>
/// <param name="clock">Measures how old the set in memory is.</param>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The semaphore holds nothing to dispose as long as nobody asks for its wait handle.")]
public sealed class Tombstones(IBlobContainer clean, TimeProvider clock) : IErasedCustomers
{
    private const string Folder = "erased/";
    private const string KeyFile = "key";
    private const string Extension = ".json";
    private const int KeyBytes = 32;
    private const int KeyNameLength = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private Loaded? _loaded;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _generation;

    /// <inheritdoc />
    /// <remarks>At most 5 seconds old.</remarks>
    /// <exception cref="InvalidDataException">A key is missing or damaged, so that nobody can tell who was erased.</exception>
    public ValueTask<IErasedSet> ReadAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _loaded) is { } loaded && (clock.GetElapsedTime(loaded.At) < MaxAge || _turn.CurrentCount == 0)
            ? ValueTask.FromResult<IErasedSet>(loaded.Set)
            : ReadInTurnAsync(cancellationToken);

    // One caller reads; meanwhile the others go on with the set that is there, or wait where there is none.
    private async ValueTask<IErasedSet> ReadInTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Volatile.Read(ref _loaded) is { } loaded && clock.GetElapsedTime(loaded.At) < MaxAge
                ? loaded.Set
                : await ReadFreshAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets the set in memory.</summary>
    public void Invalidate()
    {
        Interlocked.Increment(ref _generation);
        Volatile.Write(ref _loaded, null);
    }

    /// <summary>Reads the set as it is stored now.</summary>
    internal async Task<ErasedSet> ReadFreshAsync(CancellationToken cancellationToken)
    {
        int generation = Volatile.Read(ref _generation);
        long at = clock.GetTimestamp();
        var hashes = new SortedDictionary<string, HashSet<(UInt128, UInt128)>>(StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (BlobEntry blob in clean.ListAsync(Folder, cancellationToken))
        {
            (string key, string? hash) = Parse(blob.Name);
            if (!hashes.TryGetValue(key, out HashSet<(UInt128, UInt128)>? ofKey))
            {
                hashes[key] = ofKey = [];
            }

            if (hash is null)
            {
                found.Add(key);
            }
            else
            {
                ofKey.Add(ErasedSet.Number(Convert.FromHexString(hash)));
            }
        }

        var keys = new List<HashKey>();
        foreach ((string name, HashSet<(UInt128, UInt128)> ofKey) in hashes)
        {
            keys.Add(found.Contains(name)
                ? new HashKey(name, await ReadKeyAsync(name, cancellationToken), ofKey)
                : throw new InvalidDataException(
                    $"Customers were erased by the key '{KeyBlob(name)}', which is not there; restore it: "
                    + "without it nobody can tell who they are."));
        }

        var set = new ErasedSet(keys);
        if (generation == Volatile.Read(ref _generation))
        {
            Volatile.Write(ref _loaded, new Loaded(set, at));
        }

        return set;
    }

    /// <summary>The tombstone of a customer, or null.</summary>
    internal async Task<Tombstone?> FindAsync(string customerId, CancellationToken cancellationToken)
    {
        ErasedSet set = await ReadFreshAsync(cancellationToken);
        return set.Find(Encoding.UTF8.GetBytes(customerId)) is { } known
            ? await clean.ReadJsonAsync(TombstoneBlob(known.KeyName, known.Hash), TombstoneJson.Default.Tombstone, cancellationToken)
            : null;
    }

    /// <summary>Writes the tombstone of a customer who has none.</summary>
    internal async Task AddAsync(string customerId, Tombstone tombstone, CancellationToken cancellationToken)
    {
        ErasedSet set = await ReadFreshAsync(cancellationToken);
        string key = set.KeyName ?? await MakeKeyAsync(cancellationToken);
        string hash = ErasedSet.Hash(await ReadKeyAsync(key, cancellationToken), customerId);
        await clean.WriteJsonAsync(TombstoneBlob(key, hash), tombstone, TombstoneJson.Default.Tombstone, cancellationToken);
        Invalidate();
    }

    /// <summary>The tombstones, by the names of their blobs, whose customers are not scrubbed from all that is stored yet.</summary>
    internal async Task<IReadOnlyDictionary<string, Tombstone>> ReadPendingAsync(CancellationToken cancellationToken)
    {
        var pending = new Dictionary<string, Tombstone>(StringComparer.Ordinal);
        await foreach (BlobEntry blob in clean.ListAsync(Folder, cancellationToken))
        {
            if (Parse(blob.Name).Hash is null)
            {
                continue;
            }

            Tombstone tombstone = await clean.ReadJsonAsync(blob.Name, TombstoneJson.Default.Tombstone, cancellationToken);
            if (tombstone.ScrubbedAt is null)
            {
                pending[blob.Name] = tombstone;
            }
        }

        return pending;
    }

    /// <summary>Records that a customer is scrubbed from all that is stored.</summary>
    internal Task MarkScrubbedAsync(string blob, Tombstone tombstone, CancellationToken cancellationToken) =>
        clean.WriteJsonAsync(
            blob, tombstone with { ScrubbedAt = clock.GetUtcNow().UtcDateTime }, TombstoneJson.Default.Tombstone, cancellationToken);

    private static string KeyBlob(string key) => $"{Folder}{key}/{KeyFile}";

    private static string TombstoneBlob(string key, string hash) => $"{Folder}{key}/{hash}{Extension}";

    private static (string Key, string? Hash) Parse(string blob)
    {
        string[] parts = blob[Folder.Length..].Split('/');
        if (parts is [_, KeyFile])
        {
            return (parts[0], null);
        }

        bool isTombstone = parts.Length == 2 && parts[1].EndsWith(Extension, StringComparison.Ordinal)
            && parts[1].Length == (2 * HMACSHA256.HashSizeInBytes) + Extension.Length
            && parts[1].AsSpan(0, 2 * HMACSHA256.HashSizeInBytes).IndexOfAnyExcept(HexDigits) < 0;
        return isTombstone
            ? (parts[0], parts[1][..^Extension.Length])
            : throw new InvalidDataException(
                $"'{blob}' is neither a tombstone nor a key; expected {Folder}<key>/<64 hexadecimal digits>{Extension}.");
    }

    private async Task<string> MakeKeyAsync(CancellationToken cancellationToken)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(KeyBytes);
        string name = Convert.ToHexStringLower(SHA256.HashData(secret))[..KeyNameLength];
        await clean.WriteAsync(KeyBlob(name), (stream, token) => stream.WriteAsync(secret, token).AsTask(), cancellationToken);
        return name;
    }

    private async Task<byte[]> ReadKeyAsync(string name, CancellationToken cancellationToken)
    {
        await using Stream stream = await clean.OpenReadAsync(KeyBlob(name), cancellationToken);
        byte[] secret = new byte[KeyBytes];
        if (stream.Length != KeyBytes)
        {
            throw new InvalidDataException($"The key '{KeyBlob(name)}' is damaged: expected {KeyBytes} bytes; restore it.");
        }

        await stream.ReadExactlyAsync(secret, cancellationToken);
        return secret;
    }

    private sealed record Loaded(ErasedSet Set, long At);
}

/// <summary>What is kept of an erased customer, under the keyed hash of the id.</summary>
internal sealed record Tombstone
{
    /// <summary>Version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>When the customer was erased, UTC.</summary>
    public required DateTime ErasedAt { get; init; }

    /// <summary>When the last stored byte was gone, UTC; null while that is under way.</summary>
    public DateTime? ScrubbedAt { get; init; }

    /// <summary>Uploads that held rows of the customer.</summary>
    public int Uploads { get; init; }

    /// <summary>These rows.</summary>
    public long Rows { get; init; }

    /// <summary>Runs that published the customer.</summary>
    public int Runs { get; init; }
}
