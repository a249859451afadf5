using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;
using MlOps.Build.Tool.Verbs.Deploy;

namespace MlOps.Build.Tool.Verbs.Promote;

/// <summary><c>mlops promote</c>.</summary>
internal static class PromoteCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var model = ReleaseWords.Model();
        var to = ReleaseWords.To();
        return new VerbCommand("promote", "Writes down which model is wanted in an environment, for code owners to review and merge.")
        {
            Examples = ["mlops promote --to production", "mlops promote c41d77aa --to production"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(model, to).Answers(
            host,
            async (context, cancellation) => new Answer<PromotionLock>(
                await new PromoteHandler(RegistryFactory.World(context)).HandleAsync(
                    new PromoteRequest(context.Value(model), context.Value(to)!), cancellation),
                ExitCode.Ok),
            Page);
    }

    private static Page Page(PromotionLock answer) => new Page()
        .Line($"{Digest.Short(answer.ModelDigest)} is wanted in {answer.Environment}: {PromotionVoucher.FileOf(answer.Environment)}")
        .Fields(
            ("Model", answer.ModelDigest),
            ("Verdict", answer.VerdictDigest),
            ("Beside", answer.ChampionDigest ?? "no champion"),
            ("Until", answer.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)))
        .Line("next    commit this file on a branch and open a pull request; code owners approve by merging it")
        .Line($"then    mlops deploy {Digest.Short(answer.ModelDigest)} --to {answer.Environment}")
        .Line("        On the merged commit; it refuses when anything that the file names has changed.");
}
