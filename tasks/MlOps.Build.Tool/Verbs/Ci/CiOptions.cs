using System.CommandLine;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>What every verb of <c>mlops ci</c> takes on the command line; the rest are inputs of the host.</summary>
internal sealed class CiOptions
{
    private readonly Option<string?> name = new("--host") { Description = "github, azure-devops or local; the one whose variables are set where it is left out.", HelpName = "name" };

    private readonly Option<string[]> inputs = new("--input")
    {
        Description = "An input as a build server would give it, and in place of all that it gives but secrets; may be repeated.",
        HelpName = "name=value",
    };

    public CiOptions() => name.AcceptOnlyFromAmong("github", "azure-devops", "local");

    public IEnumerable<Symbol> All => [name, inputs];

    /// <summary>The host, and the context with the root that the host names.</summary>
    public IPipelineHost Host(VerbContext context)
    {
        // Under `--output json` stdout is one document.
        var commands = context.IsJson ? context.Host.Error : context.Host.Output;
        var host = PipelineHosts.Of(
            context.Value(name), context.Host.Environment, GivenInputs.Of(context.Value(inputs) ?? []), commands, context.Host.Time);
        return new DiscreetHost(host, context.Host.Environment);
    }
}
