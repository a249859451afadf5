namespace MlOps.Build.Contracts;

/// <summary>A policy file that a policy builds on.</summary>
/// <param name="Path">Its path, relative to mlops.yml.</param>
/// <param name="Digest">Digest of its text.</param>
public sealed record PolicySource(string Path, string Digest);
