using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Benchmarks;

/// <summary>How long reading and judging takes for a plain file, and for the same rows quoted, with semicolons, decimal commas and windows-1251.</summary>
internal static class ReadingSpeed
{
    private const int Times = 3;

    public static Command Create()
    {
        var rows = new Option<int>("--rows") { Description = "Rows of each file.", DefaultValueFactory = _ => 10_000_000 };
        var command = new Command("read", "Reading of a plain file beside one in a code page.") { rows };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(rows), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rows, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("segmentation-read-").FullName;
        try
        {
            string plain = Path.Combine(folder, "plain.csv");
            string coded = Path.Combine(folder, "coded.csv");
            Write(plain, rows, isCoded: false);
            Write(coded, rows, isCoded: true);
            double[] seconds = [double.MaxValue, double.MaxValue];
            Money[] revenue = new Money[2];
            for (int time = 0; time < Times; time++)
            {
                for (int form = 0; form < 2; form++)
                {
                    long start = Stopwatch.GetTimestamp();
                    revenue[form] = await ReadAsync(form == 0 ? plain : coded, rows, cancellationToken);
                    seconds[form] = Math.Min(seconds[form], Stopwatch.GetElapsedTime(start).TotalSeconds);
                }
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{rows:N0} rows: plain {seconds[0]:0.00} s ({new FileInfo(plain).Length / 1e6 / seconds[0]:0} MB/s), windows-1251 {seconds[1]:0.00} s ({new FileInfo(coded).Length / 1e6 / seconds[1]:0} MB/s), ratio {seconds[1] / seconds[0]:0.00}"));
            Console.WriteLine($"revenue {revenue[0]} and {revenue[1]}, {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB at most");
            return revenue[0] == revenue[1] ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string path, int rows, bool isCoded)
    {
        Encoding encoding = isCoded ? CodePagesEncodingProvider.Instance.GetEncoding(1251)! : new UTF8Encoding(false);
        using var writer = new StreamWriter(path, false, encoding, 1 << 20);
        writer.NewLine = "\n";
        writer.WriteLine(isCoded
            ? "Номер заказа;Артикул;Наименование;Количество;Дата продажи;Цена;Код клиента;Страна"
            : "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country");
        var random = new Xoshiro256StarStar(1);
        DateTime start = new(2010, 12, 1, 8, 0, 0, DateTimeKind.Unspecified);
        for (int row = 0; row < rows; row++)
        {
            int article = random.NextInt32(4_000);
            int quantity = 1 + random.NextInt32(24);
            int cents = 15 + random.NextInt32(1_500);
            int customer = 12_000 + random.NextInt32(6_000);
            int order = 536_365 + (row / 20);
            DateTime time = start.AddMinutes(row / 20 % 500_000);
            writer.WriteLine(isCoded
                ? FormattableString.Invariant($"\"{order}\";\"{80_000 + article}B\";\"Чайник белый в горошек {article}\";\"{quantity}\";\"{time:dd.MM.yyyy H:mm:ss}\";\"{cents / 100},{cents % 100:00}\";\"{customer}\";\"Россия\"")
                : FormattableString.Invariant($"{order},{80_000 + article}B,WHITE HANGING HEART HOLDER {article},{quantity},{time:yyyy-MM-dd HH:mm:ss},{cents / 100}.{cents % 100:00},{customer},United Kingdom"));
        }
    }

    private static async Task<Money> ReadAsync(string path, int rows, CancellationToken cancellationToken)
    {
        var sink = new Sum();
        await UploadCleaning.ReadAsync(
            _ => Task.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0)),
            new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), new ImportOptions(), new CleaningOptions(), sink, cancellationToken);
        return sink.Rows == rows ? sink.Revenue : throw new InvalidOperationException($"{sink.Rows} rows were read of {rows}.");
    }

    private sealed class Sum : IJudgedLineSink
    {
        public long Rows { get; private set; }

        public Money Revenue { get; private set; }

        public void Accept(in JudgedLine line)
        {
            Rows++;
            Revenue += line.Amount;
        }

        public void Reject(in RejectedLine line) => throw new InvalidOperationException($"Line {line.Line}: {line.Detail}");

        public ValueTask DrainAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
