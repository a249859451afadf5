using System.Linq.Expressions;
using System.Reflection;

namespace MlOps.Build.Serving;

/// <summary>Finds the first number of an answer that is NaN or infinite; compiled once a type.</summary>
internal sealed class FiniteCheck<T>
    where T : class
{
    private readonly (string Name, Func<T, bool> IsFinite)[] _members = [.. Members()];

    /// <summary>The name of the offending member, or null.</summary>
    public string? FirstInvalid(T answer)
    {
        foreach (var (name, isFinite) in _members)
        {
            if (!isFinite(answer))
            {
                return name;
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, Func<T, bool> IsFinite)> Members()
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var check = typeof(FiniteChecks).GetMethod(nameof(FiniteChecks.Is), [property.PropertyType]);
            if (check is null || property.GetIndexParameters().Length > 0 || !property.CanRead)
            {
                continue;
            }

            var answer = Expression.Parameter(typeof(T));
            var call = Expression.Call(check, Expression.Property(answer, property));
            yield return (property.Name, Expression.Lambda<Func<T, bool>>(call, answer).Compile());
        }
    }
}

/// <summary>The types of members that can hold a number that is not finite.</summary>
internal static class FiniteChecks
{
    public static bool Is(float value) => float.IsFinite(value);

    public static bool Is(double value) => double.IsFinite(value);

    public static bool Is(float? value) => value is null || float.IsFinite(value.Value);

    public static bool Is(double? value) => value is null || double.IsFinite(value.Value);

    public static bool Is(float[]? values) => values is null || Array.TrueForAll(values, float.IsFinite);

    public static bool Is(IReadOnlyDictionary<string, float>? values) => values is null || values.Values.All(float.IsFinite);

    public static bool Is(double[]? values) => values is null || Array.TrueForAll(values, double.IsFinite);
}
