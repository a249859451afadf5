namespace MlOps.Build.Engine.Reporting;

/// <summary>Addresses from run data: only pages of the web become links.</summary>
internal static class WebLink
{
    /// <summary>
    /// The address in its escaped form, or null when it is not an http or https address in ASCII: build servers write no other, and
    /// Uri fails on some that hide characters. A mention inside an address is none.
    /// </summary>
    public static string? Of(string? address)
        => address is not null
            && address.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && address.All(character => character is > ' ' and < '\u007f')
            && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.UserInfo.Length == 0
            && uri.AbsoluteUri is { Length: <= 1000 } text
            ? text.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal).Replace("@", "%40", StringComparison.Ordinal)
            : null;
}
