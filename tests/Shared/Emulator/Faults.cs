using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Segmentation.Testing.Emulator;

/// <summary>What may go wrong with a request.</summary>
internal enum Fault
{
    None,

    /// <summary>Status 503, as a busy service gives.</summary>
    Busy,

    /// <summary>Status 429.</summary>
    TooMany,

    /// <summary>Status 500, as a service gives that timed out inside.</summary>
    InnerTimeout,

    /// <summary>The connection is refused.</summary>
    Refused,

    /// <summary>No answer in time; the service never saw the request.</summary>
    Timeout,

    /// <summary>The service does what it is asked and the answer is lost.</summary>
    AnswerLost,

    /// <summary>A transaction is accepted and fails inside, for the load of the service.</summary>
    TransactionBusy,

    /// <summary>Another writer's commit dropped the blocks of this one.</summary>
    BlocksLost,

    /// <summary>The connection breaks in the middle of the answer, if it has one.</summary>
    AnswerTorn,
}

/// <summary>Lets requests go wrong on their way to the emulator.</summary>
/// <param name="next">What happens to a request; called for each attempt.</param>
internal sealed class Faults(Func<HttpRequestMessage, Fault> next) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<Fault> _done = new();

    /// <summary>What happened to each attempt so far.</summary>
    public IReadOnlyCollection<Fault> Done => _done;

    /// <summary>Lets each call fail three times and then pass.</summary>
    public static Func<HttpRequestMessage, Fault> ThreeTimes(Fault fault)
    {
        var attempts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);

        // Transactions have one address and go several at a time, but keep their number; a download that is resumed gets a new one.
        return request => attempts.AddOrUpdate(
            request.Method == HttpMethod.Post ? request.Headers.GetValues("x-ms-client-request-id").Single() : $"{request.Method} {request.RequestUri!.AbsolutePath}",
            1,
            (_, count) => count + 1) % 4 == 0 ? Fault.None : fault;
    }

    /// <summary>Sends all requests of a client through the faults, and repeats them without waiting.</summary>
    public void Configure(ClientOptions options)
    {
        options.Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false));
        Quick(options);
    }

    /// <summary>Repeats requests without waiting.</summary>
    public static void Quick(ClientOptions options)
    {
        options.Retry.Mode = RetryMode.Fixed;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Fault fault = next(request);
        _done.Enqueue(fault);
        switch (fault)
        {
            case Fault.Busy:
                return Answer(request, HttpStatusCode.ServiceUnavailable, "ServerBusy");
            case Fault.TooMany:
                return Answer(request, HttpStatusCode.TooManyRequests, "TooManyRequests");
            case Fault.InnerTimeout:
                return Answer(request, HttpStatusCode.InternalServerError, "OperationTimedOut");
            case Fault.TransactionBusy when request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal):
                return new HttpResponseMessage(HttpStatusCode.Accepted)
                {
                    RequestMessage = request,
                    Content = new StringContent(
                        "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n--changesetresponse_1\r\n"
                            + "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 503 Service Unavailable\r\n"
                            + "Content-Type: application/json\r\n\r\n"
                            + """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"The server is busy."}}}"""
                            + "\r\n--changesetresponse_1--\r\n--batchresponse_1--"),
                };
            case Fault.BlocksLost:
                return Answer(request, HttpStatusCode.BadRequest, "InvalidBlockList");
            case Fault.Refused:
                throw new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused));
            case Fault.Timeout:
                throw new TaskCanceledException("The request timed out.");
        }

        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (fault == Fault.AnswerLost)
        {
            response.Dispose();
            throw new HttpRequestException("Connection reset", new SocketException((int)SocketError.ConnectionReset));
        }

        if (fault == Fault.AnswerTorn && response.IsSuccessStatusCode && request.Method != HttpMethod.Head)
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (body.Length == 0)
            {
                return response;
            }

            var torn = new StreamContent(new TornStream(body.AsMemory(0, body.Length / 2)));
            foreach ((string name, IEnumerable<string> values) in response.Content.Headers)
            {
                torn.Headers.TryAddWithoutValidation(name, values);
            }

            response.Content = torn;
        }

        return response;
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status, string code)
    {
        var response = new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = request.Headers.Contains("DataServiceVersion")
                ? new StringContent($$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en-US","value":"Not now."} } }""")
                : new StringContent($"<Error><Code>{code}</Code><Message>Not now.</Message></Error>", new MediaTypeHeaderValue("application/xml")),
        };
        response.Headers.Add("x-ms-error-code", code);
        return response;
    }

    /// <summary>Ends with a broken connection.</summary>
    private sealed class TornStream(ReadOnlyMemory<byte> bytes) : Stream
    {
        private int _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (_read == bytes.Length)
            {
                throw new IOException("Connection reset by peer", new SocketException((int)SocketError.ConnectionReset));
            }

            int count = Math.Min(buffer.Length, bytes.Length - _read);
            bytes.Span.Slice(_read, count).CopyTo(buffer);
            _read += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return ValueTask.FromResult(Read(buffer.Span));
            }
            catch (IOException fault)
            {
                return ValueTask.FromException<int>(fault);
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
