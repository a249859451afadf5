namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Projects that hold tests: what they shuffle trains no model that anybody uses.</summary>
internal static class TestProjects
{
    public static bool Is(MlNetSymbols symbols) =>
        symbols.Type("Xunit.FactAttribute") is not null
        || symbols.Type("NUnit.Framework.TestAttribute") is not null
        || symbols.Type("Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute") is not null;
}
