namespace Segmentation.Core.Products;

/// <summary>Numbers distinct 64-bit hashes, from 0 in the order in which they are first seen. Open addressing; not thread-safe.</summary>
internal sealed class HashNumbers
{
    private const int FirstSlots = 1024;
    private int[] _slots = new int[FirstSlots];
    private ulong[] _hashes = new ulong[FirstSlots / 2];

    /// <summary>Distinct hashes so far.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all hashes.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>The number of a hash, which is new when it equals the <see cref="Count" /> from before the call.</summary>
    public int Number(ulong hash)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)(hash & (uint)mask); ; slot = (slot + 1) & mask)
        {
            int number = _slots[slot] - 1;
            if (number < 0)
            {
                return Insert(slot, hash);
            }

            if (_hashes[number] == hash)
            {
                return number;
            }
        }
    }

    /// <summary>A hash of a hash and a number.</summary>
    public static ulong Mix(ulong hash, int number)
    {
        ulong mixed = (hash ^ ((ulong)(uint)number * 0x9E3779B97F4A7C15)) * 0xFF51AFD7ED558CCD;
        return mixed ^ (mixed >> 32);
    }

    private int Insert(int slot, ulong hash)
    {
        int number = Count++;
        if (number == _hashes.Length)
        {
            Array.Resize(ref _hashes, number * 2);
        }

        _hashes[number] = hash;
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
            int slot = (int)(_hashes[number] & (uint)mask);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = number + 1;
        }
    }
}
