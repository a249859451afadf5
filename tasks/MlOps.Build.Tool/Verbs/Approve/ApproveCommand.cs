using System.CommandLine;
using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;
using MlOps.Build.Tool.Verbs.Deploy;

namespace MlOps.Build.Tool.Verbs.Approve;

/// <summary><c>mlops approve</c> and <c>mlops reject</c>.</summary>
internal static class ApproveCommand
{
    public static VerbCommand Approve(ToolHost host)
    {
        var model = ReleaseWords.Model();
        var to = ReleaseWords.To();
        var key = new Option<string?>("--key") { Description = "Your private key: a PEM file with an ECDSA P-256 key.", HelpName = "file" };
        var comment = new Option<string?>("--comment") { Description = "Why.", HelpName = "text" };
        return new VerbCommand("approve", "Approves exactly these bytes, judged this way, for an environment.")
        {
            Examples = ["mlops approve c41d77aa --to production --key ana.pem --comment \"recall is fine\""],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(model, to, key, comment).Answers(
            host,
            async (context, cancellation) =>
            {
                var world = RegistryFactory.World(context);
                var handler = new ApproveHandler(
                    world.Project, world.ProjectRoot, world.Log, world.Blobs, world.Author, world.Time);
                var answer = await handler.HandleAsync(
                    new ApproveRequest
                    {
                        Model = context.Value(model),
                        Environment = context.Value(to)!,
                        KeyFile = context.Value(key) is { } file ? Path.GetFullPath(file, host.WorkingDirectory) : null,
                        Comment = context.Value(comment),
                    },
                    cancellation);
                return new Answer<ApprovalAnswer>(answer, ExitCode.Ok);
            },
            Page);
    }

    public static Page Page(ApprovalAnswer answer) => new Page()
        .Line($"{answer.Approval.Approver} approves {Digest.Short(answer.Approval.ModelDigest)} for {answer.Approval.Environment}.")
        .Fields(
            ("Model", answer.Approval.ModelDigest),
            ("Verdict", answer.Approval.VerdictDigest),
            ("Beside", answer.Approval.ChampionDigest ?? "no champion"),
            ("Until", answer.Approval.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)),
            ("Signature", answer.Signature is null ? "none" : answer.Signature.Algorithm));

    public static VerbCommand Reject(ToolHost host)
    {
        var model = ReleaseWords.Model();
        var to = ReleaseWords.To();
        var comment = new Option<string>("--comment") { Description = "Why.", HelpName = "text", Required = true };
        return new VerbCommand("reject", "Keeps a model out of an environment; earlier approvals no longer count.")
        {
            Examples = ["mlops reject c41d77aa --to production --comment \"recall of small carriers\""],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(model, to, comment).Answers(
            host,
            async (context, cancellation) =>
            {
                var world = RegistryFactory.World(context);
                var request = new RejectRequest(context.Value(model), context.Value(to)!, context.Value(comment)!);
                return new Answer<Rejection>(
                    await new RejectHandler(world.Project, world.Log).HandleAsync(request, cancellation), ExitCode.Ok);
            },
            answer => new Page().Line(
                $"{Digest.Short(answer.ModelDigest)} must not enter {answer.Environment}: {answer.Comment}"));
    }
}
