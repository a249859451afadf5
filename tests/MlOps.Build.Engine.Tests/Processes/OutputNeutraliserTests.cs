using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Tests.Processes;

public class OutputNeutraliserTests
{
    [Theory]
    [InlineData("epoch 3: loss 0.25", "epoch 3: loss 0.25")]
    [InlineData("##vso[task.setvariable variable=x]y", "#\u200B#vso[task.setvariable variable=x]y")]
    [InlineData("log ##[error] boo", "log #\u200B#[error] boo")]
    [InlineData("::set-env name=x::y", ":\u200B:set-env name=x:\u200B:y")]
    [InlineData("  ::add-mask::y", "  :\u200B:add-mask:\u200B:y")]
    [InlineData("###", "#\u200B#\u200B#")]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;http://x\u001b\\link", "link")]
    [InlineData("a\rb\u0000c\u0008d\te", "abcd e")]
    [InlineData("#\u200B#vso[x]", "#\u200B#vso[x]")]
    [InlineData("#\u001b[0m#vso[x]", "#\u200B#vso[x]")]
    [InlineData("a\u2028::b::", "a:\u200B:b:\u200B:")]
    [InlineData("right\u202Eleft", "rightleft")]
    [InlineData("Flüge 🛫 verspätet", "Flüge 🛫 verspätet")]
    [InlineData("ends in \u001b", "ends in ")]
    [InlineData("ends in \u001b[", "ends in ")]
    public void A_line_is_harmless_and_still_readable(string line, string expected)
        => Assert.Equal(expected, OutputNeutraliser.Neutralise(line));

    [Fact]
    public void No_mix_of_marks_and_escapes_leaves_a_command()
    {
        string[] parts = ["#", ":", "\u001b", "[", "vso[", "]", "\u0007", "\u200B", "\u0000", "m", "x"];
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var line = string.Concat(Enumerable.Range(0, 12).Select(_ => parts[random.Next(parts.Length)]));

            var result = OutputNeutraliser.Neutralise(line);

            Assert.DoesNotContain("##", result, StringComparison.Ordinal);
            Assert.DoesNotContain("::", result, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', result);
        }
    }

    [Fact]
    public void A_quote_keeps_the_last_lines_and_leaves_out_empty_ones()
        => Assert.Equal("| b\n| :\u200B:c", OutputNeutraliser.Quote(["a", "b", "", "::c"], limit: 2));
}
