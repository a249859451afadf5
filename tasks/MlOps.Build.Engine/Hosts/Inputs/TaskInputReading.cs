using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Hosts.Inputs;

/// <summary>Values of inputs as what they are. A host hands strings on and enforces nothing: neither <c>required</c> nor the options of a list.</summary>
public static class TaskInputReading
{
    /// <summary>A value that has to be given.</summary>
    /// <exception cref="ProblemException">MLO2905: nothing was given.</exception>
    public static string Required(this IPipelineHost host, TaskInput input)
        => host.Input(input) ?? throw Wrong(input, "It has no value, and this command needs one.");

    /// <summary>A value that is true or false, in any case: YAML writes both.</summary>
    /// <exception cref="ProblemException">MLO2905: the value is neither true nor false.</exception>
    public static bool IsTrue(this IPipelineHost host, TaskInput input) => Given(host, input)?.ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" or null => false,
        _ => throw Wrong(input, $"'{host.Input(input)}' is neither true nor false."),
    };

    /// <summary>One of a list, as the member of the same place.</summary>
    /// <exception cref="ProblemException">MLO2905: the value is none of the options.</exception>
    public static T Choice<T>(this IPipelineHost host, TaskInput input)
        where T : struct, Enum
    {
        var word = Given(host, input) ?? string.Empty;
        var at = input.Options.ToList().IndexOf(word);
        return at >= 0 ? Enum.GetValues<T>()[at] : throw Wrong(input, $"'{word}' is none of {string.Join(", ", input.Options)}.");
    }

    private static string? Given(IPipelineHost host, TaskInput input) => host.Input(input) ?? input.Default;

    private static ProblemException Wrong(TaskInput input, string why) => new(new(
        "MLO2905",
        $"The input '{input.Name}' cannot be used.",
        why,
        $"Give `{input.Name}` to the step (`{input.AzureName}` on Azure DevOps, `--input {input.Name}=...` on a laptop). docs/pipelines/inputs.md lists every input.")
    { Exit = ExitCode.Usage });
}
