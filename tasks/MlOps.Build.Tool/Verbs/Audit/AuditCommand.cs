using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Audit;

/// <summary><c>mlops audit verify</c>.</summary>
internal static class AuditCommand
{
    public static VerbCommand Create(ToolHost host)
        => new VerbCommand("audit", "Checks that the registry is what was written.").With(
            new VerbCommand("verify", "Checks every event, blob, signature and environment.")
            {
                Examples = ["mlops audit verify", "mlops audit verify --output json"],
                Exits = [ExitCode.Ok, ExitCode.No],
            }.Answers(
                host,
                (context, cancellation) => new AuditHandler(RegistryFactory.World(context)).HandleAsync(cancellation),
                Page));

    private static Page Page(AuditAnswer answer)
    {
        var page = new Page()
            .Line(answer.Faults.Length == 0
                ? "Everything is what was written."
                : string.Create(CultureInfo.InvariantCulture, $"{answer.Faults.Length} things are not what was written."))
            .Table(
                ["Model", "Events #", "Blobs #", "Head"],
                answer.Models.Select(model => (IReadOnlyList<string>)
                [
                    model.Model,
                    model.Events.ToString(CultureInfo.InvariantCulture),
                    model.Blobs.ToString(CultureInfo.InvariantCulture),
                    model.Head is null ? string.Empty : Digest.Short(model.Head),
                ]));
        foreach (var fault in answer.Faults)
        {
            page.Line($"{fault.Model}, {fault.Where}: {fault.Sentence}");
        }

        foreach (var note in answer.Notes)
        {
            page.Line($"note: {note}");
        }

        return page;
    }
}
