using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Segmentation.Core.Storage;
using Segmentation.Functions.Tests.Engine;
using Segmentation.Functions.Tests.Support;
using Segmentation.Storage.Azure;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.Soak;

/// <summary>
/// The app as a process of its own, to be killed: it answers the events of uploads that were not answered yet, works until nothing is left
/// to do, and says on standard output what it does. The engine's history is a file; all else is in the storage account.
/// </summary>
internal static class FunctionsProcess
{
    /// <summary>The first argument that makes the tests' program this process.</summary>
    public const string Mode = "--functions";

    /// <summary>The last line of a process that was not killed.</summary>
    public const string End = "end";

    /// <summary>The last line of a process that waits to be killed.</summary>
    public const string Waits = "waits";

    private static readonly (string, string)[] Options =
        [("selection.starts", "1"), ("selection.minCustomers", "20"), ("selection.maxClusters", "4"), ("workflow.activate", "always")];

    /// <summary>The app on a storage account, with the options of this process.</summary>
    public static App Open(string connection) => AzuriteApps.Open(connection, options: Options);

    /// <summary>What starts it.</summary>
    /// <param name="connection">The storage account.</param>
    /// <param name="journal">The file of the engine's history.</param>
    /// <param name="at">What time it is at least.</param>
    /// <param name="stopAfter">How many steps are recorded before it waits, between two steps; 0 for all.</param>
    /// <param name="uploads">The uploads whose events come.</param>
    public static string[] Arguments(string connection, string journal, DateTimeOffset at, int stopAfter, IEnumerable<string> uploads) =>
        [Mode, connection, journal, at.ToString("O", CultureInfo.InvariantCulture), stopAfter.ToString(CultureInfo.InvariantCulture), .. uploads];

    /// <summary>Works.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        int stopAfter = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        string[] uploads = arguments[4..];
        int done = 0;
        void Trace(string line)
        {
            Say(line);
            if (line.StartsWith("done ", StringComparison.Ordinal) && ++done == stopAfter)
            {
                Say(Waits);
                Console.In.ReadLine();
            }
        }

        using EngineJournal journal = EngineJournal.Open(arguments[1]);
        DateTimeOffset now = journal.Before.Select(entry => entry.At)
            .Append(DateTimeOffset.ParseExact(arguments[2], "O", CultureInfo.InvariantCulture)).Max();
        using var requests = new ToldRequests();
        SegmentationStorage storage = AzureStorage.Open(arguments[0], TimeProvider.System, requests.Configure);
        using var app = new App(storage, App.Settings(Options), now, journal, Trace);
        foreach (string upload in uploads.Except(journal.Before.OfType<EventAnswered>().Select(answered => answered.Upload), StringComparer.Ordinal))
        {
            Trace($"begin event {upload}");
            await app.TellAsync(upload);
            journal.Append(new EventAnswered(app.Clock.Now, upload));
            Trace($"done event {upload}");
        }

        await app.Engine.RunAsync();
        Say(End);
        return 0;
    }

    private static void Say(string line) => Console.Out.WriteLine(line);

    /// <summary>Tells of each request before it is sent and after it was answered.</summary>
    private sealed class ToldRequests() : DelegatingHandler(new SocketsHttpHandler())
    {
        public void Configure(ClientOptions options)
        {
            options.Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false));
            Faults.Quick(options);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Say($"send {request.Method}");
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            Say($"answered {request.Method}");
            return response;
        }
    }
}
