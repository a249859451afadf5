using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Locals whose items are put into an order where they lie.</summary>
internal sealed class SortedInPlace(MlNetSymbols symbols)
{
    private readonly MethodSet sorts = symbols
        .Methods("System.Array", "Sort")
        .Add(symbols.Type("System.Collections.Generic.List`1"), "Sort")
        .Add(symbols.Type("System.MemoryExtensions"), "Sort", "AsSpan");

    /// <summary>True for a local that the method sorts, or hands to code of the project, which may sort it.</summary>
    public bool MayBe(IOperation rows)
    {
        var current = rows;
        while (current is IConversionOperation conversion)
        {
            current = conversion.Operand;
        }

        if (current is not ILocalReferenceOperation used)
        {
            return false;
        }

        foreach (var operation in LocalFlow.Around(used))
        {
            if (operation is ILocalReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, used.Local)
                && IsSorted(reference))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSorted(ILocalReferenceOperation reference)
    {
        IOperation place = reference;
        while (place.Parent is IConversionOperation conversion)
        {
            place = conversion;
        }

        return place.Parent switch
        {
            IInvocationOperation call => sorts.Contains(call.TargetMethod),
            IArgumentOperation { Parent: IInvocationOperation call } =>
                sorts.Contains(call.TargetMethod) || !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty,
            _ => false,
        };
    }
}
