using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Segmentation.Core.Api;

namespace Segmentation.LocalHost.Serving;

/// <summary>Hands requests over to the API and its answers back; the page of the host and the guard are all that it knows itself.</summary>
internal sealed class HttpEndpoint(SegmentationApi api, RequestGuard guard)
{
    private const string PagePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly byte[] Page = ReadPage();

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        HttpResponse response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        ApiRequest asked = Read(context);
        bool isPage = asked.Path == "/" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        if (guard.Refusal(request) is { } refusal && !(isPage && refusal.Status == StatusCodes.Status401Unauthorized))
        {
            await SendAsync(response, SegmentationApi.Refuse(refusal.Status, refusal.Detail, asked), context.RequestAborted);
        }
        else if (isPage)
        {
            response.Headers.ContentSecurityPolicy = PagePolicy;
            response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
            response.ContentLength = Page.Length;
            await response.Body.WriteAsync(HttpMethods.IsHead(request.Method) ? default : Page, context.RequestAborted);
        }
        else
        {
            await SendAsync(response, await api.AnswerAsync(asked, context.RequestAborted), context.RequestAborted);
        }
    }

    private static ApiRequest Read(HttpContext context)
    {
        HttpRequest request = context.Request;
        return new ApiRequest
        {
            Method = request.Method,
            Path = ApiRequest.PathOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget),
            IfNoneMatch = request.Headers.IfNoneMatch.Count == 0 ? null : request.Headers.IfNoneMatch.ToString(),
            ContentType = request.ContentType,
            ContentLength = request.ContentLength,
            Body = request.Body,
        };
    }

    private static async Task SendAsync(HttpResponse response, ApiResponse answer, CancellationToken cancellationToken)
    {
        await using (answer)
        {
            response.StatusCode = answer.Status;
            foreach ((string name, string value) in answer.Headers)
            {
                response.Headers[name] = value;
            }

            if (answer.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
            {
                response.ContentLength = answer.ContentLength;
            }

            await answer.WriteBodyAsync(response.Body, cancellationToken);
        }
    }

    private static byte[] ReadPage()
    {
        using Stream page = typeof(HttpEndpoint).Assembly.GetManifestResourceStream("Segmentation.LocalHost.Pages.index.html")
            ?? throw new InvalidOperationException("The page of the host is not built in.");
        byte[] bytes = new byte[page.Length];
        page.ReadExactly(bytes);
        return bytes;
    }
}
