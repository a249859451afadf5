using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>One thing that happens to a context: a use, and where it is kept afterwards.</summary>
internal readonly struct ContextStep(ContextUse use, string? sensitiveTo = null, ISymbol? holder = null)
{
    public ContextUse Use => use;

    /// <summary>The seed-sensitive step that takes its seed from here.</summary>
    public string? SensitiveTo => sensitiveTo;

    public ISymbol? Holder => holder;
}

/// <summary>All that happens to one context.</summary>
internal sealed class ContextStory
{
    public ContextUse Uses { get; private set; }

    public string? SensitiveTo { get; private set; }

    /// <summary>The context is kept where code outside this type can use it.</summary>
    public bool LeavesType { get; set; }

    /// <summary>Nothing in the compilation trains, so what cannot be followed is taken for serving.</summary>
    public bool IsForServing { get; set; }

    public bool OnlyServes => SensitiveTo is null
        && (Uses == ContextUse.Serves || (IsForServing && Uses.HasFlag(ContextUse.Escapes) && !Uses.HasFlag(ContextUse.Trains)));

    public void Add(ContextStep step)
    {
        Uses |= step.Use;

        // The first in the alphabet: the order of callbacks must not show in a message.
        if (step.SensitiveTo is { } name && (SensitiveTo is null || string.CompareOrdinal(name, SensitiveTo) < 0))
        {
            SensitiveTo = name;
        }
    }
}
