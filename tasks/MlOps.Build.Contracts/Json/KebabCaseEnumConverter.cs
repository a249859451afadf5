using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>Writes enum members as <c>kebab-case</c> words and reads nothing else.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class KebabCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
