using System.Globalization;
using System.Reflection;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Records an options object of ML.NET as used: every field that holds a number, a text, a truth value or an enum.</summary>
internal static class RecordedOptions
{
    public static void Keep(TrainingContext context, string prefix, object options)
    {
        foreach (var (name, value) in Read(prefix, options))
        {
            context.Parameters.Keep(name, value);
        }
    }

    internal static IEnumerable<(string Name, ParameterValue Value)> Read(string prefix, object options)
    {
        foreach (var field in options.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"{prefix}.{char.ToLowerInvariant(field.Name[0])}{field.Name[1..]}";
            var value = field.GetValue(options);
            if (Simple(value) is { } simple)
            {
                yield return (name, simple);
            }
        }

        if (options.GetType().GetProperty("Booster")?.GetValue(options) is { } booster)
        {
            foreach (var inner in Read($"{prefix}.booster", booster))
            {
                yield return inner;
            }
        }
    }

    private static ParameterValue? Simple(object? value) => value switch
    {
        bool flag => ParameterValue.Of(flag),
        string text => ParameterValue.Of(text),
        Enum member => ParameterValue.Of(member.ToString()),
        int or long or float or double when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number
            && double.IsFinite(number) => ParameterValue.Of(number),
        _ => null,
    };
}
