using System.Text.Unicode;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>Asks a set about the customers of many rows: the answers of the last and of some thousand others are kept.</summary>
/// <remarks>Costs nothing where nobody was erased; else a keyed hash for an id that was not asked lately. Not thread-safe.</remarks>
internal sealed class ErasedCheck(IErasedSet erased)
{
    private const int Slots = 1 << 15;
    private const int LongestKept = 64;

    private readonly Slot[] _slots = erased.IsEmpty ? [] : new Slot[Slots];
    private int _last = -1;

    /// <summary>Whether nobody was erased.</summary>
    public bool IsEmpty => _slots.Length == 0;

    /// <summary>Whether a customer was erased.</summary>
    /// <param name="customerId">The id in the form in which ids are stored.</param>
    public bool Contains(ReadOnlySpan<byte> customerId)
    {
        if (IsEmpty || customerId.IsEmpty)
        {
            return false;
        }

        if (_last >= 0 && _slots[_last].Is(customerId))
        {
            return _slots[_last].IsErased;
        }

        if (customerId.Length > LongestKept)
        {
            return erased.Contains(customerId);
        }

        _last = (int)(StableHash.Compute(customerId) % Slots);
        ref Slot slot = ref _slots[_last];
        if (!slot.Is(customerId))
        {
            slot.Keep(customerId, erased.Contains(customerId));
        }

        return slot.IsErased;
    }

    /// <summary>Whether text, as a file writes it, is the id of an erased customer once it is normalised.</summary>
    public bool ContainsWritten(ReadOnlySpan<byte> text)
    {
        text = FieldText.Trim(text);
        if (!FieldText.IsSurelyComposed(text))
        {
            text = Utf8.IsValid(text) ? FieldText.Compose(text) : text;
        }

        // As in a file whose decimals have commas too.
        text = FieldText.WithoutZeroFraction(text, (byte)',');
        return !FieldText.IsMissingId(text) && Contains(text);
    }

    private struct Slot
    {
        private byte[]? _id;
        private int _length;

        public bool IsErased { get; private set; }

        public readonly bool Is(ReadOnlySpan<byte> id) => _id is not null && id.SequenceEqual(_id.AsSpan(0, _length));

        public void Keep(ReadOnlySpan<byte> id, bool isErased)
        {
            _id ??= new byte[LongestKept];
            id.CopyTo(_id);
            _length = id.Length;
            IsErased = isErased;
        }
    }
}
