using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlOps.Build.Serving;

/// <summary>
/// What a row in JSON must look like: every property that cannot be null must be there, nothing else may. A missing
/// number would otherwise be a 0 that the model believes. Derived properties are computed, never sent; the target and
/// sensitive columns never reach a trainer and so never reach a service either.
/// </summary>
internal static class InputContract
{
    /// <summary>By name, as the analyzers match them: a project need not reference the annotations.</summary>
    private static readonly string[] Hidden = ["TargetAttribute", "SensitiveAttribute"];

    private static readonly string[] Optional = ["RowIdAttribute", "GroupKeyAttribute"];

    /// <summary>Makes the input's JSON metadata strict, for reading and for the OpenAPI document alike.</summary>
    public static void Describe<TInput>(JsonSerializerOptions options)
        => options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver())
            .WithAddedModifier(static info =>
            {
                if (info.Type == typeof(TInput) && info.Kind == JsonTypeInfoKind.Object)
                {
                    Tighten(info);
                }
            });

    /// <summary>The options <c>/score</c> reads with: the application's own, without leniency.</summary>
    public static JsonSerializerOptions Strict(JsonSerializerOptions application)
        => new(application)
        {
            AllowDuplicateProperties = false,
            AllowTrailingCommas = false,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            ReadCommentHandling = JsonCommentHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            Converters = { new ZonelessTimeConverter() },
        };

    /// <summary>Whether JSON's null means "missing" for this property: NaN, as a null in the training data.</summary>
    public static bool IsMissable(JsonPropertyInfo property)
        => property.PropertyType == typeof(float) || property.PropertyType == typeof(double);

    private static void Tighten(JsonTypeInfo info)
    {
        info.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        info.NumberHandling = JsonNumberHandling.Strict;
        foreach (var property in info.Properties.Where(property => !IsSent(property)).ToArray())
        {
            info.Properties.Remove(property);
        }

        var nullability = new NullabilityInfoContext();
        foreach (var property in info.Properties)
        {
            property.IsRequired |= !AcceptsNull(property, nullability) && !Has(property, Optional);
            property.CustomConverter ??=
                property.PropertyType == typeof(float) ? new MissingSingleConverter()
                : property.PropertyType == typeof(double) ? new MissingDoubleConverter()
                : property.PropertyType == typeof(DateTime) ? new ZonelessTimeConverter()
                : null;
        }
    }

    private static bool IsSent(JsonPropertyInfo property)
        => (property.Set is not null || property.AssociatedParameter is not null) && !Has(property, Hidden);

    private static bool Has(JsonPropertyInfo property, string[] attributes)
        => property.AttributeProvider?.GetCustomAttributes(inherit: true)
            .Any(attribute => attributes.Contains(attribute.GetType().Name)) is true;

    private static bool AcceptsNull(JsonPropertyInfo property, NullabilityInfoContext nullability)
    {
        if (property.PropertyType.IsValueType)
        {
            return Nullable.GetUnderlyingType(property.PropertyType) is not null;
        }

        return property.AttributeProvider switch
        {
            PropertyInfo member => nullability.Create(member).WriteState == NullabilityState.Nullable,
            FieldInfo member => nullability.Create(member).WriteState == NullabilityState.Nullable,
            _ => property.IsSetNullable,
        };
    }
}
