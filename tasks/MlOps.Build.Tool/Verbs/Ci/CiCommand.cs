using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci</c>: the verbs of a pipeline task. Inputs come from the host, outputs, summary and comment go to it.</summary>
internal static class CiCommand
{
    private static readonly Func<ToolHost, CiOptions, VerbCommand>[] Verbs =
    [
        CiPr.Create,
        CiTrain.Create,
        CiGate.Create,
        CiRender.Create,
        CiRelease.Create,
        CiAttest.Create,
        CiApprove.Create,
        CiDeploy.Deploy,
        CiDeploy.Rollback,
        CiDeploy.Status,
        CiDoctor.Create,
    ];

    public static VerbCommand Create(ToolHost host)
    {
        var options = new CiOptions();
        return new VerbCommand("ci", "The same verbs on a build server: inputs, outputs, summary and comment go through the host.")
            .With(Verbs.Select(create => create(host, options)));
    }
}
