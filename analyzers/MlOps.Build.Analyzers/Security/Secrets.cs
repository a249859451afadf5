using System;

namespace MlOps.Build.Analyzers.Security;

/// <summary>Finds the secret in a connection string. A placeholder is none.</summary>
internal static class Secrets
{
    private const int ShortestKey = 20;

    // The key of the storage emulator: published by Microsoft, the same on every machine.
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly string[] Passwords = ["password", "pwd"];
    private static readonly string[] Keys = ["accountkey", "sharedaccesskey", "sharedaccesssignature"];
    private static readonly string[] Examples = ["password", "pwd", "secret", "changeme", "placeholder", "redacted", "todo"];

    /// <summary>The name of the password or key in a text that is known to be a connection string.</summary>
    public static string? InConnection(string text) =>
        IsTrusted(text) ? InKeys(text) : Find(text, Passwords, shortest: 1) ?? InKeys(text);

    /// <summary>The name of the key in any text: its form leaves no doubt.</summary>
    public static string? InKeys(string text) => Find(text, Keys, ShortestKey) ?? InSignedUrl(text);

    private static string? Find(string text, string[] names, int shortest)
    {
        if (text.IndexOf('=') < 0)
        {
            return null;
        }

        foreach (var pair in text.Split(';'))
        {
            var at = pair.IndexOf('=');
            if (at > 0)
            {
                var name = pair.Substring(0, at).Trim();
                var value = pair.Substring(at + 1).Trim().Trim('"', '\'');
                if (Array.IndexOf(names, name.ToLowerInvariant()) >= 0 && value.Length >= shortest && !IsPlaceholder(value))
                {
                    return name;
                }
            }
        }

        return null;
    }

    private static string? InSignedUrl(string text)
    {
        if (!text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.IndexOf("sv=", StringComparison.Ordinal) < 0)
        {
            return null;
        }

        foreach (var pair in text.Substring(text.IndexOf('?') + 1).Split('&'))
        {
            if (pair.StartsWith("sig=", StringComparison.Ordinal)
                && pair.Length >= ShortestKey + "sig=".Length
                && !IsTemplate(pair))
            {
                return "sig";
            }
        }

        return null;
    }

    /// <summary>With the account of the process a password is not looked at.</summary>
    private static bool IsTrusted(string text)
    {
        foreach (var pair in text.Split(';'))
        {
            var at = pair.IndexOf('=');
            if (at > 0 && pair.Substring(0, at).Trim().ToLowerInvariant() is "integrated security" or "trusted_connection")
            {
                return pair.Substring(at + 1).Trim().ToLowerInvariant() is "true" or "yes" or "sspi";
            }
        }

        return false;
    }

    private static bool IsPlaceholder(string value) =>
        IsTemplate(value)
        || value.StartsWith("__", StringComparison.Ordinal)
        || value.StartsWith("your", StringComparison.OrdinalIgnoreCase)
        || Array.IndexOf(Examples, value.ToLowerInvariant()) >= 0
        || value.Trim(value[0]).Length == 0
        || string.Equals(value, EmulatorKey, StringComparison.Ordinal);

    /// <summary>A value to be filled in, such as &lt;password&gt;, ${password}, $(password), %PASSWORD%, #{password}# or ***.</summary>
    private static bool IsTemplate(string value) =>
        Holds(value, '<', '>')
        || Holds(value, '{', '}')
        || value.StartsWith("$(", StringComparison.Ordinal)
        || (value.Length > 1 && value[0] == '%' && value[value.Length - 1] == '%')
        || value.IndexOf("***", StringComparison.Ordinal) >= 0;

    private static bool Holds(string value, char opening, char closing)
    {
        var at = value.IndexOf(opening);
        return at >= 0 && value.IndexOf(closing, at) > at;
    }
}
