namespace MlOps.Build.Engine.Reporting;

/// <summary>Addresses from run data: only pages of the web become links.</summary>
internal static class WebLink
{
    /// <summary>The address in its escaped form, or null when it is not an http or https address.</summary>
    public static string? Of(string? address)
        => Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.UserInfo.Length == 0
            && uri.AbsoluteUri is { Length: <= 1000 } text
            ? text.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)
            : null;
}
