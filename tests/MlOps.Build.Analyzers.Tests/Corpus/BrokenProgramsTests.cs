using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Build.Analyzers.Tests.Corpus;

/// <summary>
/// Code that is being typed: every program of the corpus cut off at random places, and with random tokens missing. No rule may throw on it.
/// <c>MLOPS_BROKEN=full</c> takes 200 cuts and 50 thinnings of each program instead of a few.
/// </summary>
public sealed class BrokenProgramsTests
{
    private const int MostLostTokens = 5;
    private static readonly bool Full = Environment.GetEnvironmentVariable("MLOPS_BROKEN") == "full";
    private static readonly int Cuts = Full ? 200 : 2;
    private static readonly int Thinnings = Full ? 50 : 1;

    [Fact]
    public async Task No_rule_throws_on_a_program_that_is_broken_off_or_full_of_holes() => await Parallel.ForEachAsync(
        CorpusProgram.Areas().SelectMany(CorpusProgram.Of),
        TestContext.Current.CancellationToken,
        static async (program, cancellation) =>
        {
            // The first compilation binds the references; its descendants share them.
            var whole = program.Compiled(cancellation);
            var tree = whole.SyntaxTrees[0];
            var draw = new Random(program.Text.Length);
            foreach (var text in Cut(program.Text, draw).Concat(Thinned(tree, draw)))
            {
                var broken = whole.ReplaceSyntaxTree(tree, program.Tree(text));
                await CorpusProgram.Findings(broken, cancellation);
            }
        });

    private static IEnumerable<string> Cut(string text, Random draw) =>
        Enumerable.Range(0, Cuts).Select(_ => text[..draw.Next(1, text.Length)]);

    private static IEnumerable<string> Thinned(SyntaxTree tree, Random draw)
    {
        var tokens = tree.GetRoot().DescendantTokens().Where(token => !token.Span.IsEmpty).Select(token => token.Span).ToArray();
        for (var turn = 0; turn < Thinnings; turn++)
        {
            var lost = draw.GetItems(tokens, draw.Next(1, MostLostTokens + 1)).Distinct().OrderBy(span => span.Start);
            yield return tree.GetText().WithChanges(lost.Select(span => new TextChange(span, ""))).ToString();
        }
    }
}
