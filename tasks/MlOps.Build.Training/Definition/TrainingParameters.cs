using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>
/// The hyperparameters of <c>train.parameters</c> in <c>mlops.yml</c>. Reading one records the value as used, default
/// included; a parameter that was given but never read is refused before training, because it would have had no effect.
/// </summary>
public sealed class TrainingParameters
{
    private readonly IReadOnlyDictionary<string, ParameterValue> _given;
    private readonly SortedDictionary<string, ParameterValue> _used = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _read = new(StringComparer.Ordinal);

    internal TrainingParameters(IReadOnlyDictionary<string, ParameterValue> given) => _given = given;

    /// <summary>Every parameter as used.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Used => _used;

    /// <summary>A number.</summary>
    /// <exception cref="ProblemException">MLO2221: it is a text or a truth value, or outside the limits.</exception>
    public double Number(
        string name, double defaultValue, double minimum = double.MinValue, double maximum = double.MaxValue)
    {
        var value = Given(name, "a number", given => given.Number) ?? defaultValue;
        if (value < minimum || value > maximum)
        {
            throw Refuse(name, string.Create(
                CultureInfo.InvariantCulture, $"It is {value}; it must lie between {minimum} and {maximum}."));
        }

        return Record(name, value);
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="ProblemException">MLO2221: it is not a whole number, or outside the limits.</exception>
    public int Integer(string name, int defaultValue, int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        var value = Number(name, defaultValue, minimum, maximum);
        return value == Math.Truncate(value)
            ? (int)value
            : throw Refuse(name, string.Create(CultureInfo.InvariantCulture, $"It is {value}; a whole number is expected."));
    }

    /// <summary>A truth value.</summary>
    /// <exception cref="ProblemException">MLO2221: it is a number or a text.</exception>
    public bool Flag(string name, bool defaultValue)
    {
        var value = Given(name, "true or false", given => given.Flag) ?? defaultValue;
        Keep(name, ParameterValue.Of(value));
        return value;
    }

    /// <summary>A text.</summary>
    /// <exception cref="ProblemException">MLO2221: it is a number or a truth value, or not one of <paramref name="allowed"/>.</exception>
    public string Text(string name, string defaultValue, params ReadOnlySpan<string> allowed)
    {
        _read.Add(name);
        var given = _given.GetValueOrDefault(name);
        var value = given is null ? defaultValue : given.Text ?? throw WrongType(name, "a text", given);
        if (allowed.Length > 0 && !allowed.Contains(value))
        {
            throw Refuse(name, $"It is '{value}'; one of {string.Join(", ", allowed!)} is expected.");
        }

        Keep(name, ParameterValue.Of(value));
        return value;
    }

    /// <summary>Records a value that was used without being asked for.</summary>
    internal void Keep(string name, ParameterValue value)
    {
        _read.Add(name);
        _used[name] = value;
    }

    /// <summary>Refuses parameters that were given but never read.</summary>
    internal void RefuseUnread()
    {
        if (_given.Keys.Where(name => !_read.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unread)
        {
            var known = _read.Count == 0 ? "It reads none." : $"It reads {string.Join(", ", _read)}.";
            throw new ProblemException(new Problem(
                "MLO2222",
                $"The parameter '{unread}' has no effect.",
                $"The trainer never reads it. {known}",
                $"Correct its name or remove it under train.parameters in mlops.yml."));
        }
    }

    private double Record(string name, double value)
    {
        Keep(name, ParameterValue.Of(value));
        return value;
    }

    private T? Given<T>(string name, string expected, Func<ParameterValue, T?> read)
        where T : struct
    {
        _read.Add(name);
        var given = _given.GetValueOrDefault(name);
        return given is null ? null : read(given) ?? throw WrongType(name, expected, given);
    }

    private static ProblemException WrongType(string name, string expected, ParameterValue given)
        => Refuse(name, $"It is {(given.Text is null ? given.ToString() : $"the text '{given}'")}; {expected} is expected.");

    private static ProblemException Refuse(string name, string why)
        => new(new Problem(
            "MLO2221",
            $"The parameter '{name}' cannot be used.",
            why,
            $"Change it under train.parameters in mlops.yml."));
}
