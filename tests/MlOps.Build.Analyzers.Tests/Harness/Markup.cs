using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Build.Analyzers.Tests.Harness;

/// <summary>Source with marks: <c>[|here|]</c> a warning is expected, <c>[!here!]</c> an error, <c>{?here?}</c> an information.</summary>
internal sealed record Markup(string Text, IReadOnlyList<(TextSpan Span, string Severity)> Marks)
{
    public static Markup Read(string marked)
    {
        var text = new StringBuilder();
        var starts = new Stack<int>();
        var marks = new List<(TextSpan, string)>();
        for (var at = 0; at < marked.Length; at++)
        {
            switch (marked.AsSpan(at))
            {
                case ['[', '|' or '!', ..] or ['{', '?', ..]:
                    starts.Push(text.Length);
                    at++;
                    break;
                case ['|' or '!', ']', ..] or ['?', '}', ..]:
                    marks.Add((TextSpan.FromBounds(starts.Pop(), text.Length), marked[at] switch { '|' => "Warning", '!' => "Error", _ => "Info" }));
                    at++;
                    break;
                default:
                    text.Append(marked[at]);
                    break;
            }
        }

        Assert.Empty(starts);
        return new Markup(text.ToString(), [.. marks.OrderBy(mark => mark.Item1.Start)]);
    }
}
