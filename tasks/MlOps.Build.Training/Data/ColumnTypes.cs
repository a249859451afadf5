using Microsoft.ML.Data;

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
}
