using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Documents;

public class Document
{
    public string Text { get; set; }
    public string Kind { get; set; }
}

public static class Reader
{
    private static Document Read(string file) => new() { Text = File.ReadAllText(file), Kind = Path.GetFileName(Path.GetDirectoryName(file)) };

    public static IDataView InAnyOrder(MLContext ml, string folder) =>
        ml.Data.LoadFromEnumerable(Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories).Select(Read));

    public static IDataView InParallel(MLContext ml, string folder)
    {
        var documents = Directory.GetFiles(folder).OrderBy(name => name, StringComparer.Ordinal).AsParallel().Select(Read).ToList();
        return ml.Data.LoadFromEnumerable(documents);
    }

    public static IDataView Ordered(MLContext ml, string folder)
    {
        var names = Directory.GetFiles(folder, "*.txt", SearchOption.AllDirectories);
        Array.Sort(names, StringComparer.Ordinal);
        return ml.Data.LoadFromEnumerable(names.Select(Read));
    }

    public static IDataView OrderedParallel(MLContext ml, string folder) => ml.Data.LoadFromEnumerable(
        Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).AsParallel().AsOrdered().Select(Read).ToArray());

    public static IDataView SortedAfterwards(MLContext ml, string folder)
    {
        var documents = Directory.GetFiles(folder).AsParallel().Select(Read).ToList();
        documents.Sort((one, other) => string.CompareOrdinal(one.Text, other.Text));
        return ml.Data.LoadFromEnumerable(documents);
    }

    public static int Count(string folder) => Directory.GetFiles(folder).Length;
}
