using System.Buffers.Binary;
using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Storage.Records;

/// <summary>A growing buffer that fields of binary records are appended to: integers in 7-bit groups, text as UTF-8 behind its length.</summary>
public sealed class RecordBuffer
{
    private byte[] _bytes;
    private int _used;

    /// <summary>An empty buffer.</summary>
    public RecordBuffer(int capacity = 256) => _bytes = new byte[capacity];

    /// <summary>Bytes written.</summary>
    public int Length => _used;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _used);

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _used);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _used = 0;

    /// <summary>Appends one byte.</summary>
    public void WriteByte(byte value)
    {
        Reserve(1);
        _bytes[_used++] = value;
    }

    /// <summary>Appends a non-negative integer: 7 bits a byte, low bits first.</summary>
    public void WriteUnsigned(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _bytes[_used++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_used++] = (byte)value;
    }

    /// <summary>Appends an integer of either sign, small magnitudes short.</summary>
    public void WriteSigned(long value) => WriteUnsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Appends an exact amount, small magnitudes short.</summary>
    public void WriteMoney(Money value)
    {
        Reserve(19);
        var rest = (UInt128)((value.Micros << 1) ^ (value.Micros >> 127));
        if (rest <= ulong.MaxValue)
        {
            WriteUnsigned((ulong)rest);
            return;
        }

        while (rest >= 0x80)
        {
            _bytes[_used++] = (byte)((byte)rest | 0x80);
            rest >>= 7;
        }

        _bytes[_used++] = (byte)rest;
    }

    /// <summary>Appends eight bytes, little-endian.</summary>
    public void WriteInt64(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_used), value);
        _used += 8;
    }

    /// <summary>Appends bytes behind their length.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteUnsigned((ulong)value.Length);
        Append(value);
    }

    /// <summary>Appends bytes as they are.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_used));
        _used += value.Length;
    }

    /// <summary>Appends text behind its length in bytes.</summary>
    public void WriteText(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        WriteUnsigned((ulong)length);
        Reserve(length);
        _used += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_used));
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _used < more)
        {
            Array.Resize(ref _bytes, GrowingArray.Room(_bytes.Length, (long)_used + more));
        }
    }
}
