namespace MlOps.Build.Engine.Reporting;

/// <summary>A name and what there is to say.</summary>
internal sealed record Fact(string Name, string Value);
