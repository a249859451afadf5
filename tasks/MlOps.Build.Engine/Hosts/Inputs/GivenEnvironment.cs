namespace MlOps.Build.Engine.Hosts.Inputs;

/// <summary>
/// The variables of a build server with the given inputs in place of all of its own: what <c>--input</c> says counts on
/// every host, and a program that calls <c>mlops ci</c> with inputs does not inherit those of the step around it. Secrets stay: they are never given
/// on a command line.
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
        foreach (var input in TaskInputs.All.Where(input => input.Kind != InputKind.Secret || inputs.ContainsKey(input.Name)))
        {
            foreach (var name in variables.Keys.Where(name => Names(name, input)).ToList())
            {
                variables.Remove(name);
            }

            if (inputs.TryGetValue(input.Name, out var value))
            {
                variables[input.GitHubVariable] = value;
                variables[input.AzureVariable] = value;
            }
        }

        return new GivenEnvironment(variables);
    }

    private static bool Names(string variable, TaskInput input)
        => variable.Equals(input.GitHubVariable, StringComparison.OrdinalIgnoreCase) || variable.Equals(input.AzureVariable, StringComparison.OrdinalIgnoreCase);
}
