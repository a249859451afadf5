using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("carrier_size", "carrier\\_size")]
    [InlineData("@everyone", "@\u2060everyone")]
    [InlineData("fixes #123", "fixes \\#\u2060123")]
    [InlineData("GH-12", "GH\u2060-12")]
    [InlineData("!45", "!\u206045")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("</details>", "&lt;/details&gt;")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("https://evil.example", "https:\u2060//evil.example")]
    [InlineData("www.evil.example", "www\u2060.evil.example")]
    [InlineData(":tada:", ":\u2060tada:")]
    [InlineData("16:40", "16:40")]
    [InlineData("a\r\nb\u2028c", "a  b c")]
    [InlineData("\u202Eabc", "\uFFFDabc")]
    [InlineData("- item", "\\- item")]
    [InlineData("-0.003", "-0.003")]
    [InlineData("1. item", "1\\. item")]
    [InlineData("1.5", "1.5")]
    [InlineData("    code", "code")]
    public void Text_shows_as_it_is(string text, string expected)
        => Assert.Equal(expected, MarkdownText.Escape(text));

    // Attributes cannot hold a lone surrogate.
    [Fact]
    public void Half_a_character_is_replaced()
        => Assert.Equal("a\uFFFDb", MarkdownText.Escape("a\uD83Db"));

    [Theory]
    [InlineData("mlops run", "`mlops run`")]
    [InlineData("a`b", "`` a`b ``")]
    [InlineData("```", "```` ``` ````")]
    [InlineData("", "` `")]
    [InlineData("a\nb", "`a b`")]
    public void Code_has_a_fence_longer_than_any_in_it(string text, string expected)
        => Assert.Equal(expected, MarkdownText.Code(text));

    [Fact]
    public void Nothing_that_Markdown_reads_is_left_bare()
        => HostileText.Any.Sample(text =>
        {
            var escaped = MarkdownText.Escape(text);

            Assert.DoesNotMatch(@"[\r\n<>]|(?<!\\)(?:\\\\)*[`|*\[\]~$_]|@\w|#\d|://|(?i)\bwww\.\w", escaped);
            Assert.Equal(escaped, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(escaped)));
        }, iter: 2000);

    [Fact]
    public void What_a_reader_sees_is_the_text()
        => Gen.String[Gen.Char[' ', '~'], 1, 40].Sample(text =>
        {
            var shown = Regex.Replace(MarkdownText.Escape(text).Replace("\u2060", string.Empty), @"\\([!-/:-@\[-`{-~])", "$1")
                .Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");

            Assert.Equal(text.TrimStart(' '), shown);
        }, iter: 2000);

    [Fact]
    public void A_cut_text_has_no_half_characters()
        => Gen.Select(HostileText.Any, Gen.Int[1, 50]).Sample((text, most) =>
        {
            var line = PlainText.Line(text, most);

            Assert.InRange(line.EnumerateRunes().Count(), 0, most);
            Assert.Equal(line, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line)));
        }, iter: 2000);
}
