namespace MlOps.Build.Engine.Hosts.Inputs;

/// <summary>
/// The variables of a build server with those of given inputs in place of its own: what <c>--input</c> says counts on
/// every host, and a step that calls <c>mlops ci</c> does not inherit the inputs of the step around it by accident.
/// </summary>
public sealed class GivenEnvironment : IEnvironment
{
    private GivenEnvironment(IReadOnlyDictionary<string, string> variables) => Variables = variables;

    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>The environment itself where nothing is given.</summary>
    public static IEnvironment Of(IEnvironment environment, IReadOnlyDictionary<string, string> inputs)
    {
        if (inputs.Count == 0)
        {
            return environment;
        }

        var variables = new Dictionary<string, string>(environment.Variables, StringComparer.Ordinal);
        foreach (var input in TaskInputs.All.Where(input => inputs.ContainsKey(input.Name)))
        {
            variables[input.GitHubVariable] = inputs[input.Name];
            variables[input.AzureVariable] = inputs[input.Name];
        }

        return new GivenEnvironment(variables);
    }
}
