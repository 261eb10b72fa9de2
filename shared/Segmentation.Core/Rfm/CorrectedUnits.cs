using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>Decides which rows count of the units that an upload of corrected rows holds.</summary>
/// <remarks>
/// <para>
/// An upload and its corrections are one whole, which is as late as the last of them that holds the unit. Of the corrections that hold it, a
/// later one takes the place of those of its table and round, and of later rounds; what is left supplies the unit together: each distinct row
/// as often as in the part that has it most often, so that a good line that was put into the file of corrections too counts once.
/// </para>
/// <para>
/// Rows without an invoice are units of their own, which nobody puts in twice: those of the parts add up, and of several wholes the one
/// that then has the row most often supplies it, the last of these.
/// </para>
/// <para>Memory: the places of the rows of these units. Linear in them.</para>
/// </remarks>
internal sealed class CorrectedUnits(UploadPart[] uploads, AggregationBuffers buffers)
{
    private readonly bool _hasCorrections = Array.Exists(uploads, static upload => upload.Round > 0);
    private readonly Dictionary<int, List<int>> _rowsOfKey = [];
    private readonly Dictionary<(int Whole, int Table), int> _leastRound = [];
    private readonly HashSet<int> _standing = [];
    private readonly RowKeyTable _lines = buffers.Lines;
    private readonly List<RowCount> _counts = [];
    private readonly List<int> _numbers = [];
    private readonly Dictionary<int, (int Count, int LastUpload)> _wholes = [];

    /// <summary>Corrects the fates of those rows.</summary>
    /// <param name="rows">The rows of a bucket, in the order of uploads.</param>
    public void Settle(BucketRows rows)
    {
        if (!_hasCorrections)
        {
            return;
        }

        _rowsOfKey.Clear();
        for (int i = 0; i < rows.Count; i++)
        {
            if (uploads[rows.UploadOf(i)].Round > 0)
            {
                _rowsOfKey.TryAdd(buffers.KeyOfRow[i], []);
            }
        }

        if (_rowsOfKey.Count == 0)
        {
            return;
        }

        for (int i = 0; i < rows.Count; i++)
        {
            if (_rowsOfKey.TryGetValue(buffers.KeyOfRow[i], out List<int>? ofKey))
            {
                ofKey.Add(i);
            }
        }

        _lines.Reset(rows.Buffer);
        _counts.Clear();
        foreach ((int key, List<int> ofKey) in _rowsOfKey)
        {
            FindStanding(rows, ofKey);
            if (BucketJudge.IsUnit(key))
            {
                SettleUnit(rows, ofKey);
            }
            else
            {
                SettleLoose(rows, ofKey);
            }
        }
    }

    // The uploads whose place no later correction takes.
    private void FindStanding(BucketRows rows, List<int> ofKey)
    {
        _standing.Clear();
        _leastRound.Clear();
        int last = -1;
        for (int i = ofKey.Count - 1; i >= 0; i--)
        {
            int upload = rows.UploadOf(ofKey[i]);
            if (upload == last)
            {
                continue;
            }

            last = upload;
            (int whole, int table, int round) = uploads[upload];
            if (round == 0)
            {
                _standing.Add(upload);
            }
            else if (round < _leastRound.GetValueOrDefault((whole, table), int.MaxValue))
            {
                _standing.Add(upload);
                _leastRound[(whole, table)] = round;
            }
        }
    }

    private void SettleUnit(BucketRows rows, List<int> ofKey)
    {
        int whole = uploads[rows.UploadOf(ofKey[^1])].Whole;
        _numbers.Clear();
        foreach (int i in ofKey)
        {
            int upload = rows.UploadOf(i);
            if (uploads[upload].Whole != whole || !_standing.Contains(upload))
            {
                _numbers.Add(-1);
                continue;
            }

            CleanRow row = rows[i];
            int number = _lines.Number(row.Fields, row.FieldsLength);
            if (number == _counts.Count)
            {
                _counts.Add(RowCount.None);
            }

            _counts[number] = _counts[number].Plus(upload, lastWins: false);
            _numbers.Add(number);
        }

        for (int place = 0; place < ofKey.Count; place++)
        {
            int i = ofKey[place];
            Set(i, _numbers[place] >= 0 && _counts[_numbers[place]].BestUpload == rows.UploadOf(i));
        }
    }

    private void SettleLoose(BucketRows rows, List<int> ofKey)
    {
        _wholes.Clear();
        foreach (int upload in ofKey.Select(rows.UploadOf).Where(_standing.Contains))
        {
            int whole = uploads[upload].Whole;
            _wholes[whole] = (_wholes.GetValueOrDefault(whole).Count + 1, upload);
        }

        int best = _wholes.MaxBy(static whole => whole.Value).Key;
        foreach (int i in ofKey)
        {
            int upload = rows.UploadOf(i);
            Set(i, uploads[upload].Whole == best && _standing.Contains(upload));
        }
    }

    private void Set(int row, bool supplies) => buffers.Fates[row] = supplies ? RowFate.Kept : RowFate.Superseded;
}
