using CsCheck;

namespace MlOps.Build.Engine.Tests.Reporting;

/// <summary>Names that somebody chose to break a report.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "@everyone", "#123", "GH-12", "AB#7", "!45", "`", "```", "|", "\\", "</details>", "<details>", "<script>alert(1)</script>", "-->", "<!--",
        "\n", "\r\n", "\n```\n", "\n# ", "\u2028", "\u202E", "\u200F", "\u2066", "\uFEFF", "\uD83D", "\uDE00", "\u0000", "\u001b[31m", "\uFFFE",
        "javascript:alert(1)", "https://evil.example", "www.evil.example", "[x](javascript:alert(1))", "![x](https://evil.example/p.png)",
        "\" onload=\"alert(1)", "' style='x", "&lt;", "&#60;", "**", "__", "~~", "$x$", ":tada:", "1. ", "- ", "===", "---", " ", "    ", "a", "origin", "😀", "é", "%%{", "{{", "]]>",
    ];

    private static Gen<string> Piece => Gen.Int[0, Pieces.Length - 1].Select(place => Pieces[place]);

    public static Gen<string> Any { get; } = Gen.Frequency(
        (8, Piece.Array[0, 8].Select(string.Concat)),
        (2, Gen.Char.Array[0, 40].Select(characters => new string(characters))),
        (1, Piece.Select(piece => string.Concat(Enumerable.Repeat(piece, 3000)))));

    /// <summary>A report in which every text that comes from outside is hostile.</summary>
    public static Gen<ReportFixture> Report { get; } = Gen.Select(
        Any, Any, Any, Any, Any, Gen.Int[1, 300], (name, slice, step, reason, url, slices) => ReportCases.Fail with
        {
            Model = name,
            BaselineName = slice,
            ChallengerName = name,
            RunUrl = url,
            Rules = [.. ReportCases.Fail.Rules.Select(rule => rule.Column is null ? rule : rule with { Column = name, Value = slice })],
            Slices = [.. Enumerable.Range(0, slices).Select(_ => ReportCases.Fail.Slices[0] with { Column = name, Value = slice })],
            WeakSlices = Measured.Search(name, slice),
            Classes = [new(slice, 1), new(name, 2)],
            NextSteps = [new(step, reason), new(reason, step), new(step, step), new(step, name), new(step, name)],
            PolicyChange = new(MlOps.Build.Contracts.VerdictKind.Fail, [reason, slice]),
        });
}
