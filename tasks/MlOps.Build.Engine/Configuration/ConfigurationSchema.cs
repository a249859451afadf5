using System.Text;

namespace MlOps.Build.Engine.Configuration;

/// <summary>
/// The JSON Schema of mlops.yml, for editors. It is written by hand, because it says more than the records: units, choices
/// and what must come together. <see cref="ConfigurationReader"/> stays the judge; tests hold both to the same keys.
/// </summary>
public static class ConfigurationSchema
{
    /// <summary>The name of the file, in the repository and wherever it is written to.</summary>
    public const string FileName = "mlops.schema.json";

    /// <summary>The schema as it is in the repository.</summary>
    public static string Text()
    {
        using var stream = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
