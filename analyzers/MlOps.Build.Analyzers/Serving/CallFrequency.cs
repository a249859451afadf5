using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Tells whether something is made again and again although the first one would do.</summary>
internal sealed class CallFrequency(MlNetSymbols symbols, MethodSet creations)
{
    private readonly Requests requests = symbols.Part(static symbols => new Requests(symbols));
    private readonly ParallelWork work = symbols.Part(static symbols => new ParallelWork(symbols));

    public bool PerRequest(IInvocationOperation creation, ISymbol member)
    {
        if (IsKept(creation))
        {
            return false;
        }

        var outer = creation.Parent;
        for (; outer is { Parent: not null }; outer = outer.Parent)
        {
            switch (outer)
            {
                case IAnonymousFunctionOperation lambda when requests.IsHandler(lambda):
                    return ServesIn(lambda, creation);
                case IAnonymousFunctionOperation lambda when !work.IsTask(lambda):
                    return false;
                case ILocalFunctionOperation function:
                    return IsMapped(function) && ServesIn(function, creation);
                default:
                    break;
            }
        }

        return outer is not null && requests.RunsPerRequest(member) && ServesIn(outer, creation);
    }

    /// <summary>In a loop, of something that is the same in each turn.</summary>
    public bool PerTurn(IInvocationOperation creation)
    {
        var isEngine = creations.Contains(creation.TargetMethod);
        if (IsKept(creation)
            || (LocalFlow.Argument(creation, "transformer") ?? LocalFlow.Argument(creation, "filePath"))?.Value is not { } input)
        {
            return false;
        }

        for (var outer = creation.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                case ITryOperation when !isEngine:
                    // A failed read may be tried again.
                    return false;
                case IForEachLoopOperation or IForLoopOperation:
                case IWhileLoopOperation when isEngine:
                    return IsInBody((ILoopOperation)outer, creation) && LoopInvariant.IsSame(input, (ILoopOperation)outer);
                case ILoopOperation:
                    // A service that waits and reads the new model again.
                    return false;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>What is put into a member, or into what lies outside of the lambda, is made once as a rule.</summary>
    private static bool IsKept(IOperation creation)
    {
        var value = creation.Parent;
        while (value is IConversionOperation or IParenthesizedOperation or IConditionalOperation or ICoalesceOperation)
        {
            value = value.Parent;
        }

        return (value is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } && IsPutAway(declarator))
            || value is ICoalesceAssignmentOperation
            || (value is IAssignmentOperation { Target: IMemberReferenceOperation { Member.IsStatic: true } })
            || (value is IAssignmentOperation { Target: ILocalReferenceOperation or IFieldReferenceOperation } assignment
                && IsOfOuterFunction(assignment));
    }

    /// <summary>A local that replaces what others use: a static member, one of another object, or a variable outside of the lambda.</summary>
    private static bool IsPutAway(IVariableDeclaratorOperation declarator)
    {
        foreach (var operation in LocalFlow.Around(declarator))
        {
            if (operation is ILocalReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol)
                && (reference.Parent switch
                {
                    IAssignmentOperation { Target: IMemberReferenceOperation { Instance: not IInstanceReferenceOperation } } put => put.Value == reference,
                    IAssignmentOperation { Target: ILocalReferenceOperation } put => put.Value == reference && IsOfOuterFunction(put),
                    IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Exchange" or "Write" or "CompareExchange", ContainingNamespace.Name: "Threading" } } } => true,
                    _ => false,
                }))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfOuterFunction(IAssignmentOperation assignment)
    {
        for (var outer = assignment.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return assignment.Target is not ILocalReferenceOperation local
                    || !outer.Syntax.Span.Contains(local.Local.DeclaringSyntaxReferences[0].Span);
            }

            // if (engine is null) { engine = ... }
            if (outer is IConditionalOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An endpoint that trains, or that only says what is in the file, may read it.</summary>
    private bool ServesIn(IOperation function, IInvocationOperation creation)
    {
        var predicts = creations.Contains(creation.TargetMethod);
        foreach (var operation in function.Descendants())
        {
            if (operation is IInvocationOperation call)
            {
                if (call.TargetMethod.Name is "Fit" or "CrossValidate")
                {
                    return false;
                }

                predicts |= call.TargetMethod.Name is "Predict" or "Transform" || creations.Contains(call.TargetMethod);
            }
        }

        return predicts;
    }

    private bool IsMapped(ILocalFunctionOperation function)
    {
        foreach (var operation in LocalFlow.Around(function))
        {
            if (operation is IMethodReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Method, function.Symbol)
                && requests.IsHandler(reference))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInBody(ILoopOperation loop, IOperation creation) =>
        loop.Body.Syntax.Span.Contains(creation.Syntax.Span);
}
