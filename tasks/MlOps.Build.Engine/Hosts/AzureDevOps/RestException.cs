using System.Net;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>A call was refused, or not answered; the message is a sentence without its end.</summary>
internal sealed class RestException(HttpStatusCode? status, string message) : Exception(message)
{
    /// <summary>The status, or null where nothing was answered.</summary>
    public HttpStatusCode? Status => status;

    /// <summary>Whether the right to do it is missing.</summary>
    public bool IsDenied => status is HttpStatusCode.Forbidden;

    /// <summary>Whether the server failed, so that it may have been carried out all the same.</summary>
    public bool IsUncertain => status >= HttpStatusCode.InternalServerError;

    /// <summary>The number by which Azure DevOps knows the refusal, such as TF401027.</summary>
    public string? Code => Message.Split([' ', ':', ',', '('], StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(word => word.Length > 4 && word.StartsWith("TF", StringComparison.Ordinal) && word[2..].All(char.IsAsciiDigit));
}
