using Cake.MlOps;

namespace MlOps.Build.Cake.Tests;

public sealed class MlOpsAnswerTests
{
    private const string Run = """{"schema":"mlops/run-result/1","run":{"id":"01J","verdict":"fail"},"verdict":{"verdict":"fail","sentence":"It is worse.","subject":{"challengers":["sha256:c"]}},"verdictDigest":"sha256:v","reportPath":".mlops/runs/01J/report.html"}""";

    [Fact]
    public void A_judged_run_says_everything()
    {
        var answer = MlOpsAnswer.Of(1, Run);

        Assert.Equal((1, "fail", "sha256:v", "sha256:c"), (answer.ExitCode, answer.Verdict, answer.VerdictDigest, answer.ModelDigest));
        Assert.Equal((".mlops/runs/01J/report.html", "01J", "It is worse."), (answer.ReportPath, answer.RunId, answer.Sentence));
    }

    [Fact]
    public void A_release_holds_the_answer_of_its_run()
    {
        var answer = MlOpsAnswer.Of(0, $$"""{"schema":"mlops/release/1","run":{{Run}},"registration":null}""");

        Assert.Equal(("fail", "01J", "sha256:v"), (answer.Verdict, answer.RunId, answer.VerdictDigest));
    }

    [Fact]
    public void A_gate_answers_with_the_verdict_itself()
        => Assert.Equal("pass", MlOpsAnswer.Of(0, """{"verdict":"pass","sentence":"Good.","subject":{"challengers":[]}}""").Verdict);

    [Fact]
    public void A_problem_is_said_with_its_remedy()
        => Assert.Equal("MLO2001 No file. It is gone. Make one.", MlOpsAnswer.Of(2, """{"code":"MLO2001","what":"No file.","why":"It is gone.","fix":"Make one."}""").Sentence);

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"verdict":7,"run":"x"}""")]
    public void What_is_no_document_leaves_the_exit_code(string text)
    {
        var answer = MlOpsAnswer.Of(70, text);

        Assert.Equal((70, text), (answer.ExitCode, answer.Json));
        Assert.Null(answer.Verdict);
    }
}
