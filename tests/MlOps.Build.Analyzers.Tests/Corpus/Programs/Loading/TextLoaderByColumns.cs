using Microsoft.ML;
using Microsoft.ML.Data;

namespace Census;

public static class Loading
{
    private static readonly TextLoader.Options Layout = new()
    {
        Separators = [','],
        HasHeader = true,
        AllowQuoting = true,
        TrimWhitespace = true,
        MissingRealsAsNaNs = true,
        Columns =
        [
            new TextLoader.Column("Age", DataKind.Single, 0),
            new TextLoader.Column("Work", DataKind.String, 1),
            new TextLoader.Column("Hours", DataKind.Single, 2, 4),
            new TextLoader.Column("HighIncome", DataKind.Boolean, 5),
        ],
    };

    public static (IDataView Train, IDataView Test) Read(MLContext ml, string folder)
    {
        var loader = ml.Data.CreateTextLoader(Layout);
        var train = loader.Load(new MultiFileSource(Path.Combine(folder, "part-1.csv"), Path.Combine(folder, "part-2.csv")));
        var test = loader.Load(Path.Combine(folder, "test.csv"));
        return (train, test);
    }

    public static void Describe(IDataView view)
    {
        foreach (var column in view.Schema)
        {
            Console.WriteLine($"{column.Index,3} {column.Name,-12} {column.Type}");
        }
    }
}
