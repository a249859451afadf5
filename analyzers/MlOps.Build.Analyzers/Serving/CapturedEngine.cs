using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Finds the engine from outside that a lambda uses on several threads.</summary>
internal sealed class CapturedEngine(MlNetSymbols symbols, EngineTypes engines, Requests requests)
{
    private readonly ParallelWork work = symbols.Part(static symbols => new ParallelWork(symbols));
    private readonly Locks locks = symbols.Part(static symbols => new Locks(symbols));
    private readonly INamedTypeSymbol? ofThread = symbols.Type("System.ThreadStaticAttribute");

    public (IOperation Engine, string Runner)? In(IAnonymousFunctionOperation lambda)
    {
        var runner = requests.IsHandler(lambda) ? "an endpoint" : work.RunnerOf(lambda) is { } name ? $"'{name}'" : null;
        if (runner is null)
        {
            return null;
        }

        foreach (var operation in lambda.Descendants())
        {
            if (engines.HoldsEngine(operation.Type) && IsFromOutside(operation, lambda) && IsUsed(operation) && !locks.Guard(operation))
            {
                return (operation, runner);
            }
        }

        return null;
    }

    private bool IsFromOutside(IOperation operation, IAnonymousFunctionOperation lambda) => operation switch
    {
        ILocalReferenceOperation local => !IsDeclaredIn(local.Local, lambda),
        IParameterReferenceOperation parameter => !IsDeclaredIn(parameter.Parameter, lambda),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => !IsOfThread(field.Field),
        _ => false,
    };

    private static bool IsUsed(IOperation engine) =>
        engine.Parent is not INameOfOperation && !(engine.Parent is IAssignmentOperation assignment && assignment.Target == engine);

    private static bool IsDeclaredIn(ISymbol symbol, IAnonymousFunctionOperation lambda)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (lambda.Syntax.Span.Contains(reference.Span))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOfThread(IFieldSymbol field)
    {
        foreach (var attribute in field.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, ofThread))
            {
                return true;
            }
        }

        return false;
    }
}
