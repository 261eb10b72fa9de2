namespace Segmentation.Core.Transactions;

/// <summary>What <see cref="RecordReader.Read" /> came to.</summary>
internal enum ReadOutcome
{
    /// <summary>A record: its fields can be read until the next call.</summary>
    Record,

    /// <summary>A physical line that cannot be read as a record: <see cref="RecordReader.Breakage" /> says why.</summary>
    Broken,

    /// <summary>The buffer ends inside a record: fill it and read again.</summary>
    NeedMore,

    /// <summary>The end of the file.</summary>
    End,
}

/// <summary>Reads the records of delimited text (RFC 4180, and what real files make of it) from a stream of UTF-8.</summary>
/// <remarks>
/// <para>
/// Lines end with LF, CRLF or CR. Where blanks separate fields, any number of them does, also at the ends of a line. A quote opens a quoted field only as the first byte of the field; text after the closing quote is
/// kept literally. Records that are blank are passed over. Line numbers are physical.
/// </para>
/// <para>
/// A quote that never closes must not swallow the file. A quoted field that runs over line ends is taken for an opened quote that
/// was never meant when text follows its closing quote, when it grows beyond the limit of a field, or when the file ends first: then
/// the physical line on which the record began is broken and reading resumes on the next one. Reading lines again is paid from a
/// budget that grows with the file, so the whole is linear; when it is spent, no field may span lines for the stretch that was read.
/// What comes out does not depend on the size of the buffer. Memory is bounded by the limit of a record.
/// </para>
/// </remarks>
internal sealed partial class RecordReader
{
    /// <summary>The usual size of the buffer.</summary>
    public const int DefaultBufferBytes = 256 << 10;

    private const int ChunkBytes = 16 << 10;
    private const int RereadsPerByte = 4;
    private const int InitialRereads = 64;
    private const byte Quote = (byte)'"';

    private readonly Stream _stream;
    private readonly byte _delimiter;
    private readonly bool _mergesBlanks;
    private readonly int _maxField;
    private readonly int _maxRecord;
    private readonly int[] _positions = new int[ChunkBytes];
    private RecordField[] _fields = new RecordField[32];
    private byte[] _scratch = [];
    private int _scratchUsed;
    private byte[] _buffer;
    private int _start;
    private int _filled;
    private int _rawStart;
    private int _rawEnd;
    private int _chunkStart;
    private int _chunkEnd;
    private int _next;
    private int _count;
    private long _base;
    private long _line;
    private long _singleLineUntil;
    private long _rereads;
    private bool _endOfStream;
    private bool _skippingLine;
    private TextMarks _marks;
    private TextGuarantee _guarantee;

    /// <summary>A reader at the start of the stream.</summary>
    /// <param name="stream">UTF-8 without a byte order mark; not disposed of.</param>
    /// <param name="delimiter">The field separator: ASCII, no quote and no line end.</param>
    /// <param name="maxFieldBytes">The most bytes of a field that spans lines; longer single-line fields are left to the caller.</param>
    /// <param name="bufferBytes">The first size of the buffer; it grows to hold a record.</param>
    /// <param name="firstLine">The number of the first physical line.</param>
    public RecordReader(Stream stream, byte delimiter, int maxFieldBytes, int bufferBytes = DefaultBufferBytes, long firstLine = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFieldBytes);
        if (delimiter is Quote or (byte)'\n' or (byte)'\r' or 0 or > 127)
        {
            throw new ArgumentOutOfRangeException(nameof(delimiter), delimiter, "A delimiter is one ASCII character, no quote and no line end.");
        }

        _stream = stream;
        _line = firstLine;
        _delimiter = delimiter;
        _mergesBlanks = delimiter == (byte)' ';
        _maxField = maxFieldBytes;
        _maxRecord = MaxRecordBytes(maxFieldBytes);
        _rereads = InitialRereads * (long)_maxRecord;
        _buffer = new byte[bufferBytes];
    }

    /// <summary>The physical line on which the current record starts, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The physical line after what was read.</summary>
    public long NextLine => _line;

    /// <summary>The fields of the current record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>Why the line is broken, after <see cref="ReadOutcome.Broken" />: unreadable text or too long.</summary>
    public RejectionReason Breakage { get; private set; }

    /// <summary>The record as written, without its line end; of an overlong line, its first part.</summary>
    public ReadOnlySpan<byte> Raw => _buffer.AsSpan(_rawStart, _rawEnd - _rawStart);

    /// <summary>What the record may hold beside plain ASCII.</summary>
    public TextMarks Marks => _marks;

    /// <summary>The most bytes of one record for a limit of one field.</summary>
    public static int MaxRecordBytes(int maxFieldBytes) => (int)Math.Clamp(16L * maxFieldBytes, 1 << 12, 1 << 28);

    /// <summary>The content of a field, without its quotes. Valid until the next read.</summary>
    public ReadOnlySpan<byte> Field(int index)
    {
        RecordField field = _fields[index];
        if (!field.IsEscaped)
        {
            return _buffer.AsSpan(field.Start, field.End - field.Start);
        }

        return field.Start < 0 ? _scratch.AsSpan(~field.Start, field.End - ~field.Start) : Unescape(index);
    }

    /// <summary>Passes over physical lines without looking at quotes.</summary>
    public async ValueTask SkipLinesAsync(int lines, CancellationToken cancellationToken)
    {
        for (int i = 0; i < lines; i++)
        {
            _skippingLine = true;
            while (!SkipLine())
            {
                if (_endOfStream)
                {
                    return;
                }

                await FillAsync(cancellationToken);
            }
        }
    }

    /// <summary>Reads on from the stream, keeping the record that is under way.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        int kept = _filled - _start;
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, kept);
            _base += _start;
            _start = 0;
        }

        if (kept == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        _filled = kept;
        while (_filled < _buffer.Length && !_endOfStream)
        {
            int read = await _stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            _endOfStream = read == 0;
            _filled += read;
        }

        _marks = default;
        _guarantee = _stream is IGuaranteedText text ? text.Guarantee : TextGuarantee.None;
        ForgetIndex(0);
    }

    /// <summary>Reads the next record from what is in the buffer.</summary>
    public ReadOutcome Read()
    {
        if (_skippingLine && !SkipLine())
        {
            return _endOfStream ? ReadOutcome.End : ReadOutcome.NeedMore;
        }

        while (_start < _filled)
        {
            ReadOutcome outcome = ReadRecord();
            if (outcome != ReadOutcome.Record || !IsBlank())
            {
                return outcome;
            }
        }

        return _endOfStream ? ReadOutcome.End : ReadOutcome.NeedMore;
    }

    private bool SkipLine()
    {
        int length = _buffer.AsSpan(_start, _filled - _start).IndexOfAny((byte)'\r', (byte)'\n');
        int following = _start + length + 1;
        bool needsMore = length >= 0 && _buffer[following - 1] == (byte)'\r' && following == _filled && !_endOfStream;
        if (length < 0 || needsMore)
        {
            _start = length < 0 ? _filled : following - 1;
            return false;
        }

        bool pair = _buffer[following - 1] == (byte)'\r' && following < _filled && _buffer[following] == (byte)'\n';
        _start = following + (pair ? 1 : 0);
        _line++;
        _skippingLine = false;
        ForgetIndex(_start);
        return true;
    }

    private bool IsBlank() => FieldCount == 1 && !Raw.ContainsAnyExcept((byte)' ', (byte)'\t');

    private ReadOnlySpan<byte> Unescape(int index)
    {
        RecordField field = _fields[index];
        ReadOnlySpan<byte> text = _buffer.AsSpan(field.Start, field.End - field.Start);
        if (_scratchUsed == 0 && _scratch.Length < _rawEnd - _rawStart)
        {
            // Room for the whole record at once, so that fields that were handed out do not move.
            _scratch = new byte[Math.Max(1024, 2 * (_rawEnd - _rawStart))];
        }

        int written = _scratchUsed;
        bool inside = true;
        for (int i = 1; i < text.Length; i++)
        {
            if (inside && text[i] == Quote)
            {
                if (i + 1 == text.Length || text[i + 1] != Quote)
                {
                    inside = false;
                    continue;
                }

                i++;
            }

            _scratch[written++] = text[i];
        }

        Span<byte> content = _scratch.AsSpan(_scratchUsed, written - _scratchUsed);
        _fields[index] = field with { Start = ~_scratchUsed, End = written };
        _scratchUsed = written;
        return content;
    }

    /// <param name="Start">The first byte of the content, or the opening quote of an escaped field; once unescaped, ~ its start in the scratch.</param>
    /// <param name="End">After the last byte, in the buffer or the scratch.</param>
    /// <param name="IsEscaped">Whether quotes must be taken out.</param>
    /// <param name="IsClosed">Whether the field ends with its closing quote.</param>
    private readonly record struct RecordField(int Start, int End, bool IsEscaped, bool IsClosed);
}
