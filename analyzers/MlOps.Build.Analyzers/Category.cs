namespace MlOps.Build.Analyzers;

/// <summary>The categories of rules. A folder of this project, a block of ids and a key of .editorconfig each.</summary>
public static class Category
{
    /// <summary>MLOPS0xxx: the rules themselves are set up as somebody meant.</summary>
    public const string Configuration = "Configuration";

    /// <summary>MLOPS1xxx: two trainings on the same data give the same model.</summary>
    public const string Reproducibility = "Reproducibility";

    /// <summary>MLOPS2xxx: columns, types and steps fit together.</summary>
    public const string Schema = "Schema";

    /// <summary>MLOPS3xxx: nothing is learned from what judges the model.</summary>
    public const string Leakage = "Leakage";

    /// <summary>MLOPS4xxx: a model answers correctly, quickly and for as long as the service runs.</summary>
    public const string Serving = "Serving";

    /// <summary>MLOPS7xxx: data and models come from where they should, and secrets stay secret.</summary>
    public const string Security = "Security";

    /// <summary>MLOPS8xxx: people are not judged by what they are.</summary>
    public const string ResponsibleAI = "ResponsibleAI";

    /// <summary>MLOPS5xxx: what was trained, on what and how well can be looked up.</summary>
    public const string Tracking = "Tracking";

    /// <summary>MLOPS6xxx: models reach users step by step, and back.</summary>
    public const string Deployment = "Deployment";

    /// <summary>MLOPS9xxx: names that follow when something is renamed.</summary>
    public const string Naming = "Naming";
}
