using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Storage.Records;

/// <summary>Reads the fields of a record in the order in which <see cref="RecordBuffer" /> wrote them.</summary>
public ref struct RecordFields
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Reads from a place in some bytes.</summary>
    public RecordFields(ReadOnlySpan<byte> bytes, int position = 0)
    {
        _bytes = bytes;
        Position = position;
    }

    /// <summary>Where the next field starts.</summary>
    public int Position { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => Position >= _bytes.Length;

    /// <summary>Reads one byte.</summary>
    /// <exception cref="InvalidDataException">The record is damaged, as for every other read.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte()
    {
        int position = Position;
        if ((uint)position >= (uint)_bytes.Length)
        {
            ThrowTooShort();
        }

        Position = position + 1;
        return _bytes[position];
    }

    /// <summary>Reads a non-negative integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUnsigned()
    {
        // Most are lengths and small numbers of one byte.
        int position = Position;
        if ((uint)position < (uint)_bytes.Length && _bytes[position] < 0x80)
        {
            Position = position + 1;
            return _bytes[position];
        }

        return ReadLongUnsigned();
    }

    private ulong ReadLongUnsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = ReadByte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A stored record is damaged: an integer has more than 64 bits.");
    }

    /// <summary>Reads a length, count or offset.</summary>
    public int ReadLength()
    {
        ulong value = ReadUnsigned();
        return value <= int.MaxValue ? (int)value : throw new InvalidDataException("A stored record is damaged: a length is impossibly large.");
    }

    /// <summary>Reads an integer of either sign.</summary>
    public long ReadSigned()
    {
        ulong value = ReadUnsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads an exact amount.</summary>
    public Money ReadMoney()
    {
        // Amounts of 128 bits are rare: the first 63 are read in one register.
        ulong low = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte part = ReadByte();
            low |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return new Money((long)(low >> 1) ^ -(long)(low & 1));
            }
        }

        UInt128 value = low;
        for (int shift = 63; shift < 133; shift += 7)
        {
            byte part = ReadByte();
            value |= (UInt128)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return new Money((Int128)(value >> 1) ^ -(Int128)(value & 1));
            }
        }

        throw new InvalidDataException("A stored record is damaged: an amount has more than 128 bits.");
    }

    /// <summary>Reads eight bytes, little-endian.</summary>
    public long ReadInt64()
    {
        if ((uint)Position > (uint)_bytes.Length || _bytes.Length - Position < 8)
        {
            throw TooShort();
        }

        long value = BinaryPrimitives.ReadInt64LittleEndian(_bytes[Position..]);
        Position += 8;
        return value;
    }

    /// <summary>Reads bytes behind their length.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        int length = ReadLength();
        if (length > _bytes.Length - Position)
        {
            throw TooShort();
        }

        ReadOnlySpan<byte> value = _bytes.Slice(Position, length);
        Position += length;
        return value;
    }

    /// <summary>Reads text behind its length in bytes.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    [DoesNotReturn]
    private static void ThrowTooShort() => throw TooShort();

    private static InvalidDataException TooShort() => new("A stored record is damaged: it is shorter than its fields say.");
}
