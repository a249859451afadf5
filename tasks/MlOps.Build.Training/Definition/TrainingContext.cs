using Microsoft.ML;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>What a <see cref="ModelDefinition{TInput}"/> may know about the training it is part of.</summary>
public sealed class TrainingContext
{
    /// <summary>The column the feature steps end in.</summary>
    public const string FeatureColumn = "Features";

    /// <summary>
    /// The column with the answer: <see cref="bool"/> for binary classification, <see cref="float"/> for regression, and for
    /// multiclass a key whose values are the labels in order.
    /// </summary>
    public const string LabelColumn = "Label";

    private readonly Action<string> _message;

    internal TrainingContext(MLContext ml, TrainingSetup setup, Action<string> message)
    {
        Ml = ml;
        Task = setup.Task;
        Seed = setup.Seed;
        Threads = setup.Threads;
        HasValidation = setup.HasValidation;
        Columns = setup.Columns;
        Parameters = new TrainingParameters(setup.Parameters);
        _message = message;
    }

    /// <summary>The context of this training, made with its seed. Use no other.</summary>
    public MLContext Ml { get; }

    /// <summary>What kind of model is wanted.</summary>
    public ModelTask Task { get; }

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; }

    /// <summary>How many threads may be used.</summary>
    public int Threads { get; }

    /// <summary>Whether there are validation rows to stop early on.</summary>
    public bool HasValidation { get; }

    /// <summary>The columns of the training data that fill the row, by ML.NET name.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Hyperparameters; what is asked for is recorded as used, and a parameter nobody asks for is an error.</summary>
    public TrainingParameters Parameters { get; }

    /// <summary>Tells the people who watch the run something: a line of <c>events.jsonl</c>.</summary>
    public void Message(string text) => _message(text);
}

internal sealed record TrainingSetup
{
    public required ModelTask Task { get; init; }

    public required int Seed { get; init; }

    public required int Threads { get; init; }

    public required bool HasValidation { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }
}
