namespace Segmentation.Core.Rfm;

/// <summary>Numbers the distinct keys among slices of one buffer, from 0 in the order in which they are first seen.</summary>
/// <remarks>
/// Open addressing over places, not copies: the buffer given to <see cref="Reset" /> must stay as it is. A tag is part of the key,
/// so that one table can hold keys of several uploads or days.
/// </remarks>
internal sealed class RowKeyTable
{
    private byte[] _buffer = [];
    private int[] _slots = new int[1024];
    private Entry[] _entries = new Entry[512];

    /// <summary>Distinct keys so far.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all keys and takes another buffer.</summary>
    public void Reset(byte[] buffer)
    {
        _buffer = buffer;
        Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>The bytes of a key.</summary>
    public ReadOnlySpan<byte> KeyOf(int number) => _buffer.AsSpan(_entries[number].Offset, _entries[number].Length);

    /// <summary>The number of a key, which is new when it equals the <see cref="Count" /> from before the call.</summary>
    public int Number(int offset, int length, int tag = 0)
    {
        ReadOnlySpan<byte> key = _buffer.AsSpan(offset, length);
        uint hash = (uint)(StableHash.Compute(key) + ((ulong)(uint)tag * 0x9E3779B97F4A7C15 >> 17));
        int mask = _slots.Length - 1;
        for (int slot = (int)(hash & (uint)mask); ; slot = (slot + 1) & mask)
        {
            int number = _slots[slot] - 1;
            if (number < 0)
            {
                return Insert(slot, new Entry(offset, length, tag, hash));
            }

            ref Entry entry = ref _entries[number];
            if (entry.Hash == hash && entry.Tag == tag && key.SequenceEqual(_buffer.AsSpan(entry.Offset, entry.Length)))
            {
                return number;
            }
        }
    }

    private int Insert(int slot, Entry entry)
    {
        int number = Count++;
        if (number == _entries.Length)
        {
            Array.Resize(ref _entries, number * 2);
        }

        _entries[number] = entry;
        _slots[slot] = number + 1;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return number;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int number = 0; number < Count; number++)
        {
            int slot = (int)(_entries[number].Hash & (uint)mask);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = number + 1;
        }
    }

    private readonly record struct Entry(int Offset, int Length, int Tag, uint Hash);
}
