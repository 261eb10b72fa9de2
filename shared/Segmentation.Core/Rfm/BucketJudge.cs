using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>Where a row goes once the customer's other rows are known.</summary>
internal enum RowFate : byte
{
    Kept,
    Merged,
    Returned,
    ReturnCounts,
    Superseded,
    NonProduct,
    AfterAsOf,
    BeforeWindow,
}

/// <summary>Decides where each row of a bucket goes; the first rule that matches wins.</summary>
/// <remarks>
/// Supersession comes first and also takes returned lines, so that a return in two overlapping exports counts once. Further a returned
/// line stays returned; whether it counts follows the rules for sales.
/// </remarks>
internal sealed class BucketJudge(AggregationRule rule, UploadPart[] uploads, AggregationBuffers buffers)
{
    private readonly RowKeyTable _units = buffers.Units;
    private readonly RowKeyTable _loose = buffers.Loose;
    private readonly RowKeyTable _seen = buffers.Seen;
    private readonly List<int> _lastUploadOfUnit = [];
    private readonly List<RowCount> _looseRows = [];
    private readonly CorrectedUnits _corrected = new(uploads, buffers);

    /// <summary>Where a row goes.</summary>
    public RowFate FateOf(int row) => buffers.Fates[row];

    /// <summary>Whether the key of a row is that of a unit; else the row has no invoice, and the key is its own.</summary>
    public static bool IsUnit(int key) => key >= 0;

    /// <summary>Decides about all rows.</summary>
    public void Judge(BucketRows rows)
    {
        buffers.ReserveRows(rows.Count);
        bool overlaps = rows.HasSeveralUploads;
        if (overlaps)
        {
            FindSuppliers(rows);
            for (int i = 0; i < rows.Count; i++)
            {
                buffers.Fates[i] = Supplies(rows, i) ? RowFate.Kept : RowFate.Superseded;
            }

            _corrected.Settle(rows);
        }

        _seen.Reset(rows.Buffer);
        for (int i = 0; i < rows.Count; i++)
        {
            buffers.Fates[i] = overlaps && buffers.Fates[i] == RowFate.Superseded ? RowFate.Superseded : JudgeAmongOwn(rows, i);
        }
    }

    // Which upload supplies a unit: the last that holds it. Rows without an invoice have no unit: a distinct row is supplied by the
    // upload that holds it most often, the last of these. Rows come in the order of uploads, so one pass finds both.
    private void FindSuppliers(BucketRows rows)
    {
        _units.Reset(rows.Buffer);
        _loose.Reset(rows.Buffer);
        _lastUploadOfUnit.Clear();
        _looseRows.Clear();
        for (int i = 0; i < rows.Count; i++)
        {
            CleanRow row = rows[i];
            int upload = rows.UploadOf(i);
            if (row.HasInvoice)
            {
                int unit = _units.Number(row.Fields, row.UnitPrefix);
                buffers.KeyOfRow[i] = unit;
                if (unit == _lastUploadOfUnit.Count)
                {
                    _lastUploadOfUnit.Add(upload);
                }
                else
                {
                    _lastUploadOfUnit[unit] = upload;
                }
            }
            else
            {
                int distinct = _loose.Number(row.Fields, row.FieldsLength);
                buffers.KeyOfRow[i] = ~distinct;
                if (distinct == _looseRows.Count)
                {
                    _looseRows.Add(RowCount.None);
                }

                _looseRows[distinct] = _looseRows[distinct].Plus(upload, lastWins: true);
            }
        }
    }

    private bool Supplies(BucketRows rows, int i)
    {
        int key = buffers.KeyOfRow[i];
        return rows.UploadOf(i) == (IsUnit(key) ? _lastUploadOfUnit[key] : _looseRows[~key].BestUpload);
    }

    private RowFate JudgeAmongOwn(BucketRows rows, int i)
    {
        CleanRow row = rows[i];
        bool isSale = row.Kind == LineKind.Sale;
        bool repeats = rule.DropDuplicates && Repeats(row, rows.UploadOf(i));
        if (isSale && repeats)
        {
            return RowFate.Merged;
        }

        bool dropsCode = rule.DropNonProducts && row.IsNonProduct;
        if (isSale && dropsCode)
        {
            return RowFate.NonProduct;
        }

        int day = row.Day;
        if (day >= rule.EndDay && (isSale || rule.AsOfIsGiven))
        {
            return RowFate.AfterAsOf;
        }

        if (day < rule.FirstDay)
        {
            return RowFate.BeforeWindow;
        }

        if (isSale)
        {
            return RowFate.Kept;
        }

        bool counts = row.Kind == LineKind.Return && rule.Returns == ReturnsPolicy.Net && !repeats && !dropsCode;
        return counts ? RowFate.ReturnCounts : RowFate.Returned;
    }

    // An upload and its corrections are one: what would have been merged had it never been damaged is.
    private bool Repeats(in CleanRow row, int upload)
    {
        int before = _seen.Count;
        return _seen.Number(row.Fields, row.FieldsLength, uploads[upload].Whole) != before;
    }
}
