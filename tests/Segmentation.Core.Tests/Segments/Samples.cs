using Segmentation.Core.Segments;

namespace Segmentation.Core.Tests.Segments;

/// <summary>Figures of the Online Retail data (sales lines only), clustered by k-means with k = 4 and k = 8.</summary>
internal static class Samples
{
    public static readonly SegmentFigures Everyone = new(4338, 1, 1, new(93.1, 4.3, 2048.7), new(51, 2, 668.6));

    public static readonly SegmentFigures[] Four =
    [
        new(720, 0.166, 0.648, new(12.3, 13.6, 8001.1), new(9, 10, 3696.9)),
        new(1173, 0.27, 0.24, new(65.5, 4.2, 1817.0), new(52, 4, 1351.6)),
        new(892, 0.206, 0.049, new(22.5, 1.9, 487.3), new(20, 2, 414.5)),
        new(1553, 0.358, 0.063, new(191.9, 1.4, 360.9), new(186, 1, 304.0)),
    ];

    public static readonly SegmentFigures[] Eight =
    [
        new(217, 0.05, 0.46, new(8.1, 25.8, 18846.2), new(5, 19, 8152.7)),
        new(498, 0.115, 0.204, new(52.3, 7.3, 3643.8), new(38, 7, 2722.8)),
        new(425, 0.098, 0.118, new(7.2, 7.0, 2467.6), new(8, 7, 2088.6)),
        new(641, 0.148, 0.077, new(33.9, 3.4, 1061.7), new(30, 3, 933.3)),
        new(729, 0.168, 0.079, new(147.0, 2.3, 968.9), new(128, 2, 771.8)),
        new(311, 0.072, 0.018, new(9.1, 2.1, 515.8), new(9, 2, 450.4)),
        new(669, 0.154, 0.021, new(49.2, 1.2, 279.5), new(47, 1, 265.8)),
        new(848, 0.195, 0.023, new(245.5, 1.2, 235.8), new(248, 1, 214.0)),
    ];

    public static SegmentFigures WithMedians(double recency, double frequency, double monetary) =>
        new(100, 0.1, 0.1, new(recency, frequency, monetary), new(recency, frequency, monetary));
}
