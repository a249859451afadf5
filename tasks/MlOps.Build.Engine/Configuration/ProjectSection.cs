using MlOps.Build.Contracts;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Engine.Configuration;

/// <summary>The top level of mlops.yml.</summary>
internal static class ProjectSection
{
    public static ProjectConfiguration Read(YamlMap map, IPolicyFiles policies)
    {
        var model = map.RequiredText("model", "model: late-flights");
        if (model.Length > 0 && !Words.IsName(model))
        {
            map.Log.Wrong(
                map.Place,
                $"'{model}' cannot name a model.",
                "Names become folder names: lower-case letters, digits, '-', '_' and '.', at most 64.",
                "Choose a name such as 'late-flights'.");
        }

        var owners = map.Texts("owners");
        var task = Words.Required<ModelTask>(map, "task", "task: binary-classification");
        var train = TrainSection.Read(map.Map("train"));
        var configuration = new ProjectConfiguration
        {
            Model = model,
            Owners = owners,
            Task = task,
            Data = DataSection.Read(map.Map("data")),
            Split = SplitSection.Read(map.Map("split")),
            Sample = SplitSection.ReadSample(map.Map("sample")),
            Registry = RegistrySection.Read(map.Map("registry")),
            Train = train,
            Score = TrainSection.ReadScore(map, train),
            Gate = PolicyInheritance.Resolve(GateSection.Read(map.Map("gate")), policies, map.Log),
            Tags = Words.Texts(map.Map("tags")),
            Card = Words.Texts(map.Map("card")),
        };
        var environments = EnvironmentSection.Read(map.Map("environments"));
        map.RefuseUnknownKeys();
        configuration = configuration with
        {
            Environments = [.. environments.Select(pair => pair.Environment)],
            Gate = EnvironmentPolicies.Add(configuration.Gate, environments, policies, map.Log),
        };
        CrossChecks.Check(configuration, map);
        ThresholdSection.Check(configuration, map.Map("gate"));
        BandSection.Check(configuration.Data, map.Map("data"));
        FairnessRuleChecks.Check(configuration, map.Log);
        PolicyChecks.Check(configuration, map.Log);
        WaiverSection.Check(configuration, map.Log);
        return configuration;
    }
}

/// <summary>Kinds of value that several sections read.</summary>
internal static class Words
{
    public static bool IsName(string text)
        => text.Length is > 0 and <= 64
            && char.IsAsciiLetterOrDigit(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    public static T Required<T>(YamlMap map, string key, string example)
        where T : struct, Enum
    {
        if (map.Node(key) is null)
        {
            map.Log.Missing(new(0, map.Place.Line, map.Place.Column), Path(map, key), example);
            return default;
        }

        return Enum(map, key, default(T));
    }

    public static T Enum<T>(YamlMap map, string key, T fallback)
        where T : struct, Enum
        => map.Scalar(key, fallback, text => FromKebab<T>(text), ToKebab(fallback), $"one of {string.Join(", ", KebabNames<T>())}");

    public static T? OptionalEnum<T>(YamlMap map, string key, string fallback)
        where T : struct, Enum
        => map.Scalar<T?>(key, null, text => FromKebab<T>(text), fallback, $"one of {string.Join(", ", KebabNames<T>())}");

    public static string OneOf(YamlMap map, string key, string fallback, IReadOnlyList<string> known)
        => map.Scalar(key, fallback, text => known.Contains(text, StringComparer.Ordinal) ? text : null, fallback, $"one of {string.Join(", ", known)}");

    public static int Integer(YamlMap map, string key, int fallback, int minimum)
        => map.Scalar(
            key,
            fallback,
            text => UnitText.TryNumber(text, out var value) && value == Math.Floor(value) && value >= minimum && value <= int.MaxValue ? (int)value : null,
            fallback.ToString(System.Globalization.CultureInfo.InvariantCulture),
            $"a whole number of at least {minimum}");

    public static double Share(YamlMap map, string key, double fallback)
        => map.Scalar(
            key,
            fallback,
            text => UnitText.TryShare(text, out var value) && value is >= 0 and <= 1 ? value : null,
            UnitText.Share(fallback),
            "a share such as 20% or 0.2");

    public static double? Number(YamlMap map, string key)
        => map.Scalar<double?>(key, null, text => UnitText.TryNumber(text, out var value) ? value : null, "(none)", "a number");

    public static bool Flag(YamlMap map, string key, bool fallback)
        => map.Scalar(key, fallback, text => text switch { "true" => true, "false" => false, _ => null }, fallback ? "true" : "false", "true or false");

    public static TimeSpan Duration(YamlMap map, string key, TimeSpan fallback)
        => map.Scalar(key, fallback, text => UnitText.TryDuration(text, out var value) ? value : null, UnitText.Duration(fallback), "a duration such as 90s, 10m, 2h or 14d");

    public static IReadOnlyDictionary<string, string> Texts(YamlMap map)
        => map.Keys.ToArray().ToDictionary(key => key, key => map.Text(key) ?? string.Empty, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, ParameterValue> Parameters(YamlMap map)
        => map.Keys.ToArray().ToDictionary(key => key, key => Parameter(map, key), StringComparer.Ordinal);

    public static string ToKebab<T>(T value)
        where T : struct, Enum
        => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static ParameterValue Parameter(YamlMap map, string key)
        => map.Scalar(
            key,
            ParameterValue.Of(string.Empty),
            text => map.Node(key) is YamlScalarNode { Style: not YamlDotNet.Core.ScalarStyle.Plain } ? ParameterValue.Of(text) : Plain(text),
            string.Empty,
            "a number, a text, true or false");

    private static ParameterValue Plain(string text) => text switch
    {
        "true" => ParameterValue.Of(true),
        "false" => ParameterValue.Of(false),
        _ when UnitText.TryNumber(text, out var number) => ParameterValue.Of(number),
        _ => ParameterValue.Of(text),
    };

    private static object? FromKebab<T>(string text)
        where T : struct, Enum
        => System.Enum.GetValues<T>().Where(value => ToKebab(value) == text).Cast<object>().FirstOrDefault();

    private static IEnumerable<string> KebabNames<T>()
        where T : struct, Enum
        => System.Enum.GetValues<T>().Select(ToKebab);

    private static string Path(YamlMap map, string key) => map.Path.Length == 0 ? key : $"{map.Path}.{key}";
}
