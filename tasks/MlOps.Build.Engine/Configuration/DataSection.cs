namespace MlOps.Build.Engine.Configuration;

/// <summary>The <c>data</c> section.</summary>
internal static class DataSection
{
    private static readonly string[] Types = ["int", "float", "text", "bool", "date", "timestamp"];

    public static DataConfiguration Read(YamlMap map)
    {
        var data = new DataConfiguration
        {
            Source = map.RequiredText("source", "source: data/flights-*.parquet"),
            Id = map.Texts("id"),
            Label = map.RequiredText("label", "label: late"),
            Positive = map.Text("positive"),
            Time = map.Text("time"),
            Group = map.Text("group"),
            Ignore = map.Texts("ignore"),
            Slices = map.Texts("slices"),
            Sensitive = map.Texts("sensitive"),
            Bands = BandSection.Read(map.Map("bands")),
            Expect = ReadExpectations(map.Map("expect")),
        };
        map.RefuseUnknownKeys();
        return data;
    }

    private static Dictionary<string, ColumnExpectation> ReadExpectations(YamlMap map)
        => map.Keys.ToArray().ToDictionary(column => column, column => ReadExpectation(map.Map(column)), StringComparer.Ordinal);

    private static ColumnExpectation ReadExpectation(YamlMap map)
    {
        var expectation = new ColumnExpectation
        {
            Type = map.Has("type") ? Words.OneOf(map, "type", "text", Types) : null,
            Min = Words.Number(map, "min"),
            Max = Words.Number(map, "max"),
            Nulls = map.Has("nulls") ? Words.Share(map, "nulls", 1) : null,
            Values = map.Has("values") ? map.Texts("values") : null,
            Unique = map.Has("unique") ? Words.Flag(map, "unique", false) : null,
        };
        _ = map.Node("type");
        _ = map.Node("nulls");
        _ = map.Node("values");
        _ = map.Node("unique");
        map.RefuseUnknownKeys();
        return expectation;
    }
}
