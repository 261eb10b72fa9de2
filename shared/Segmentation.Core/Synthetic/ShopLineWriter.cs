using System.Buffers.Text;
using System.Text;

namespace Segmentation.Core.Synthetic;

/// <summary>Writes rows into a buffer until the file has all of its rows.</summary>
internal sealed class ShopLineWriter(int bufferBytes, long rowCount)
{
    /// <summary>More than the longest invoice with its duplicates and cancellations: so much is free before an invoice begins.</summary>
    public const int Reserve = 192 << 10;

    private readonly byte[] _buffer = new byte[Math.Max(bufferBytes, 2 * Reserve)];
    private readonly byte[] _invoice = new byte[24];
    private readonly byte[] _time = new byte[21];
    private readonly byte[] _customer = new byte[64];
    private readonly int _limit = Math.Max(bufferBytes - Reserve, 0);
    private int _end;
    private int _lineStart;
    private int _invoiceBytes;
    private int _customerBytes;

    public long Rows { get; private set; }

    public bool IsComplete => Rows == rowCount;

    public bool IsNearlyFull => _end > _limit;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _end);

    public void Clear() => _end = 0;

    public void WriteHeader(string header)
    {
        _end += Encoding.ASCII.GetBytes(header, _buffer);
        _buffer[_end++] = (byte)'\n';
    }

    /// <summary>Sets what the lines of one invoice share.</summary>
    public void Begin(long invoice, bool isCancelled, DateTime time, int customer, ReadOnlySpan<byte> country)
    {
        _invoiceBytes = 0;
        if (isCancelled)
        {
            _invoice[_invoiceBytes++] = (byte)'C';
        }

        Utf8Formatter.TryFormat(invoice, _invoice.AsSpan(_invoiceBytes), out int written);
        _invoiceBytes += written;
        _invoice[_invoiceBytes++] = (byte)',';
        FormatTime(time);

        _customerBytes = 0;
        _customer[_customerBytes++] = (byte)',';
        if (customer > 0)
        {
            Utf8Formatter.TryFormat(customer, _customer.AsSpan(_customerBytes), out written);
            _customerBytes += written;
            ".0"u8.CopyTo(_customer.AsSpan(_customerBytes));
            _customerBytes += 2;
        }

        _customer[_customerBytes++] = (byte)',';
        country.CopyTo(_customer.AsSpan(_customerBytes));
        _customerBytes += country.Length;
        _customer[_customerBytes++] = (byte)'\n';
    }

    /// <summary>Writes a line, unless the file has all of its rows.</summary>
    public void Line(ReadOnlySpan<byte> codeAndName, int quantity, ReadOnlySpan<byte> price)
    {
        if (IsComplete)
        {
            return;
        }

        _lineStart = _end;
        Append(_invoice.AsSpan(0, _invoiceBytes));
        Append(codeAndName);
        _buffer[_end++] = (byte)',';
        Utf8Formatter.TryFormat(quantity, _buffer.AsSpan(_end), out int written);
        _end += written;
        Append(_time);
        Append(price);
        Append(_customer.AsSpan(0, _customerBytes));
        Rows++;
    }

    /// <summary>Writes the last line again, unless the file has all of its rows.</summary>
    public void Repeat()
    {
        if (IsComplete)
        {
            return;
        }

        int start = _lineStart;
        _lineStart = _end;
        Append(_buffer.AsSpan(start, _end - start));
        Rows++;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_end));
        _end += text.Length;
    }

    private void FormatTime(DateTime time)
    {
        _time[0] = (byte)',';
        Digits(1, 4, time.Year);
        _time[5] = (byte)'-';
        Digits(6, 2, time.Month);
        _time[8] = (byte)'-';
        Digits(9, 2, time.Day);
        _time[11] = (byte)' ';
        Digits(12, 2, time.Hour);
        _time[14] = (byte)':';
        Digits(15, 2, time.Minute);
        _time[17] = (byte)':';
        Digits(18, 2, time.Second);
        _time[20] = (byte)',';
    }

    private void Digits(int at, int count, int value)
    {
        for (int i = at + count - 1; i >= at; i--)
        {
            _time[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
