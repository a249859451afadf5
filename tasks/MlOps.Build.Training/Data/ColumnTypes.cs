using Microsoft.ML.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>ML.NET's column types for types of C#.</summary>
internal static class ColumnTypes
{
    private static readonly Dictionary<Type, DataViewType> Known = new()
    {
        [typeof(float)] = NumberDataViewType.Single,
        [typeof(double)] = NumberDataViewType.Double,
        [typeof(int)] = NumberDataViewType.Int32,
        [typeof(long)] = NumberDataViewType.Int64,
        [typeof(bool)] = BooleanDataViewType.Instance,
        [typeof(string)] = TextDataViewType.Instance,
        [typeof(DateTime)] = DateTimeDataViewType.Instance,
    };

    /// <summary>Whether ML.NET has a column type for it.</summary>
    public static bool IsColumnType(Type type) => Known.ContainsKey(type);

    /// <summary>The column type; null for values that only a row object holds, such as <c>int?</c>.</summary>
    public static DataViewType? Of(Type type) => Known.GetValueOrDefault(type);

    /// <summary>The refusal of a type that is not a column type.</summary>
    public static ProblemException Refuse(string name, Type type)
        => new(new Problem(
            "MLO2225",
            $"'{name}' has a type that columns cannot have.",
            $"It is {type}; float, double, int, long, bool, string and DateTime are columns.",
            "Change its type. A member that only feeds derived members may be DateOnly or nullable: mark it [NoColumn]."));
}
