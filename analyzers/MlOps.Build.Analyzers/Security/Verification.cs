using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>Anything in a method that may check what it received: a hash, a signature, or code of one's own.</summary>
internal sealed class Verification(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? verifies = symbols.Type("MlOps.Build.Annotations.VerifiesModelAttribute");
    private readonly INamedTypeSymbol? stream = symbols.Type("System.IO.Stream");

    public bool MayHappen(IOperation load, ISymbol member)
    {
        if (IsMarked(member) || IsMarked(member.ContainingType))
        {
            return true;
        }

        foreach (var operation in LocalFlow.Around(load))
        {
            if (operation is IInvocationOperation call
                && !IsOfAnotherHandler(call, load)
                && (IsCryptography(call.TargetMethod.ContainingType)
                    || IsMarked(call.TargetMethod)
                    || (!call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && IsGiven(call))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True inside of a lambda that the method hands over, such as that of another endpoint, when the load is not in it.</summary>
    private static bool IsOfAnotherHandler(IOperation check, IOperation load)
    {
        for (var outer = check.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation { Parent: IDelegateCreationOperation made } lambda
                && !lambda.Syntax.Span.Contains(load.Syntax.Span)
                && IsHandedOver(made))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHandedOver(IOperation made)
    {
        var place = made;
        while (place.Parent is IConversionOperation conversion)
        {
            place = conversion;
        }

        return place.Parent is IArgumentOperation;
    }

    /// <summary>A method of the project that is handed bytes, a stream or a path may look at them.</summary>
    private bool IsGiven(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            var type = (argument.Value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : argument.Value).Type;
            if (type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } || IsStream(type)
                || (type?.SpecialType == SpecialType.System_String && argument.Value is ILocalReferenceOperation))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsStream(ITypeSymbol? type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, stream))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCryptography(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Cryptography" or "X509Certificates" or "Pkcs" };

    private bool IsMarked(ISymbol? symbol)
    {
        if (symbol is not null && verifies is not null)
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, verifies))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
