namespace MlOps.Build.Benchmarks;

/// <summary>
/// A measurement that is run by hand. To add one: write a class, name it in <see cref="Program.All"/>, run it, commit
/// its section of <c>docs/benchmarks.md</c>.
/// </summary>
internal interface IBenchmark
{
    /// <summary>What is typed to run it.</summary>
    string Name { get; }

    /// <summary>The heading of its section.</summary>
    string Title { get; }

    /// <summary>Measures and gives the section's Markdown: the promise, the table, what to read in it.</summary>
    Task<string> RunAsync(TextWriter progress);
}
