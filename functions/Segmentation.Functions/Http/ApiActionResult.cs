using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Segmentation.Core.Api;

namespace Segmentation.Functions.Http;

/// <summary>An answer of the API on its way out.</summary>
internal sealed class ApiActionResult(ApiResponse answer) : IActionResult
{
    /// <inheritdoc />
    public async Task ExecuteResultAsync(ActionContext context)
    {
        HttpResponse response = context.HttpContext.Response;
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

            await answer.WriteBodyAsync(response.Body, context.HttpContext.RequestAborted);
        }
    }
}
