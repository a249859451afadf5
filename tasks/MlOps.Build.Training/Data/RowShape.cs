using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>A member of a row class.</summary>
/// <param name="Member">The property or field.</param>
/// <param name="ValueType">Its type.</param>
/// <param name="ColumnName">What ML.NET calls it.</param>
internal sealed record RowMember(MemberInfo Member, Type ValueType, string ColumnName)
{
    /// <summary>Whether ML.NET sees it.</summary>
    public bool IsColumn => Member.GetCustomAttribute<NoColumnAttribute>() is null;

    /// <summary>Whether it is filled from the data; otherwise it is derived.</summary>
    public bool IsRead => Member is FieldInfo or PropertyInfo { SetMethod.IsPublic: true };

    /// <summary>Whether it may be a feature.</summary>
    public bool IsFeature => IsColumn
        && (ValueType == typeof(string) || RowShape.Numbers.Contains(ValueType))
        && !Has<RowIdAttribute>() && !Has<GroupKeyAttribute>() && !Has<EventTimeAttribute>();

    /// <summary>Whether it is never loaded: the answer itself, and what must not become a feature.</summary>
    public bool IsHidden => Has<TargetAttribute>() || Member.GetCustomAttribute<SensitiveAttribute>() is { Justification: null };

    /// <summary>Whether the data may lack it.</summary>
    public bool IsOptional => Has<RowIdAttribute>() || Has<GroupKeyAttribute>();

    /// <summary>The name of the data's column, if the class states it.</summary>
    public string? StatedSource => Member.GetCustomAttribute<DataColumnAttribute>()?.Name;

    private bool Has<T>()
        where T : Attribute
        => Member.GetCustomAttribute<T>() is not null;
}

/// <summary>The members of a row class, in the order in which they are declared.</summary>
internal sealed class RowShape
{
    internal static readonly HashSet<Type> Numbers = [typeof(float), typeof(double), typeof(int), typeof(long), typeof(bool)];

    private static readonly ConcurrentDictionary<Type, RowShape> Cache = new();

    private RowShape(Type type)
    {
        Type = type;
        var all = type.GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(member => Depth(type, member.DeclaringType!))
            .ThenBy(member => member.MetadataToken)
            .Select(AsMember)
            .OfType<RowMember>()
            .Where(member => !member.IsHidden)
            .ToArray();
        Read = [.. all.Where(member => member.IsRead)];
        Derived = [.. all.Where(member => !member.IsRead && member.IsColumn)];
        Features = [.. all.Where(member => member.IsFeature)];
    }

    public Type Type { get; }

    public IReadOnlyList<RowMember> Read { get; }

    public IReadOnlyList<RowMember> Derived { get; }

    public IReadOnlyList<RowMember> Features { get; }

    public static RowShape Of(Type type) => Cache.GetOrAdd(type, static key => new RowShape(key));

    public static void RefuseNone(IReadOnlyCollection<RowMember> members, Type type)
    {
        if (members.Count == 0)
        {
            throw new ProblemException(new Problem(
                "MLO2224",
                $"The row class '{type.Name}' has no member to learn from.",
                "No public property or field of type float, double, int, long, bool or string is left.",
                "Add properties for the columns that are features, or override Features in the model."));
        }
    }

    private static int Depth(Type type, Type declaring)
    {
        var depth = 0;
        for (var current = declaring; current.BaseType is not null; current = current.BaseType)
        {
            depth++;
        }

        return depth;
    }

    private static RowMember? AsMember(MemberInfo member) => member switch
    {
        FieldInfo { IsInitOnly: false, IsLiteral: false } field => new(field, field.FieldType, NameOf(field)),
        PropertyInfo { GetMethod.IsPublic: true } property when property.GetIndexParameters().Length == 0
            => new(property, property.PropertyType, NameOf(property)),
        _ => null,
    };

    // ColumnNameAttribute keeps its text in a property that is not public.
    private static string NameOf(MemberInfo member)
        => member.CustomAttributes
            .FirstOrDefault(attribute => attribute.AttributeType == typeof(ColumnNameAttribute))?
            .ConstructorArguments[0].Value as string ?? member.Name;
}
