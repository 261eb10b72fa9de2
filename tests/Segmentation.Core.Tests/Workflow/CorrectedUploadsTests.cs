using Segmentation.Core.Rfm;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>Which uploads make one whole, whatever their announcements say.</summary>
public class CorrectedUploadsTests
{
    private const string First = "0123456789abcdef";
    private const string Second = "1123456789abcdef";
    private const string Third = "2123456789abcdef";

    [Fact]
    public void A_correction_is_a_part_of_what_it_corrects_wherever_it_stands() =>
        Assert.Equal([new(1, 0, 1), new(1, 0, 0), new(1, 2, 2), new(3, 0, 0)], Parts(
            Upload(Second, new Correction(First, 0, 1)), Upload(First), Upload(Third, new Correction(First, 2, 2)), Upload("3123456789abcdef")));

    [Fact]
    public void A_correction_of_a_correction_belongs_to_the_first_upload() =>
        Assert.Equal([new(0, 0, 0), new(0, 0, 1), new(0, 0, 2)], Parts(
            Upload(First), Upload(Second, new Correction(First, 0, 1)), Upload(Third, new Correction(Second, 0, 1))));

    [Fact]
    public void Corrections_of_an_upload_that_is_gone_belong_together_and_to_no_other() =>
        Assert.Equal([new(0, 0, 1), new(0, 0, 2), new(2, 0, 0)], Parts(
            Upload(Second, new Correction(First, 0, 1)), Upload(Third, new Correction(First, 0, 2)), Upload("3123456789abcdef")));

    [Fact]
    public void An_upload_that_names_itself_or_leads_in_a_circle_corrects_none()
    {
        Assert.Equal([new(0, 0, 1)], Parts(Upload(First, new Correction(First, 0, 1))));
        Assert.Equal([new(0, 0, 0), new(1, 0, 0), new(2, 0, 0)], Parts(
            Upload(First, new Correction(Second, 0, 1)), Upload(Second, new Correction(First, 0, 1)), Upload(Third, new Correction(First, 0, 1))));
    }

    [Fact]
    public void Digits_that_several_uploads_share_name_none() =>
        Assert.Equal([new(0, 0, 0), new(1, 0, 0), new(2, 0, 1), new(1, 0, 1)], Parts(
            Upload(First + "00"), Upload(First + "11"), Upload(Second, new Correction(First, 0, 1)), Upload(Third, new Correction(First + "11", 0, 1))));

    [Fact]
    public void Uploads_that_do_not_count_are_not_corrected_and_correct_none() =>
        Assert.Equal([new(0, 0, 0), new(1, 0, 1), new(2, 0, 0)], Parts(
            Upload(First) with { IsTwin = true }, Upload(Second, new Correction(First, 0, 1)), Upload(Third, new Correction(Second, 0, 1)) with { IsTwin = true }));

    private static UploadPart[] Parts(params RunUpload[] uploads) => new CorrectedUploads(uploads).Parts;

    private static RunUpload Upload(string start, Correction? corrects = null) => new(
        new UploadRecord
        {
            Id = start,
            Name = start,
            Sha256 = start.PadRight(64, 'e'),
            Bytes = 1,
            LastModified = default,
            FirstSeen = default,
            Fingerprint = "",
            CleanKey = start,
            Reading = new UploadReading
            {
                Dialect = new Dialect
                {
                    Encoding = "utf-8",
                    Delimiter = ",",
                    DecimalSeparator = ".",
                    DateFormat = "yyyy-MM-dd",
                    Header = true,
                    Columns = new Dictionary<string, string>(StringComparer.Ordinal),
                },
                Warnings = [],
                Header = null,
                Corrects = corrects,
            },
        },
        IsTwin: false);
}
