namespace MlOps.Build.Engine.Configuration;

/// <summary>A setting as it is in force, and where it came from.</summary>
/// <param name="Path">Dotted path, such as <c>split.holdout</c>.</param>
/// <param name="Text">The value as text.</param>
/// <param name="Line">The line in mlops.yml, or null for a default.</param>
public sealed record ConfigurationValue(string Path, string Text, int? Line);
