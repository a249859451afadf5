using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Tells from the place where a context stands in the code what happens to it next.</summary>
internal sealed class ContextTracker(MlNetSymbols symbols)
{
    private readonly SeedSensitiveSteps sensitive = symbols.Part(static symbols => new SeedSensitiveSteps(symbols));
    private readonly MethodSet savers = new MethodSet().Add(symbols.Model, "Save");
    private readonly MethodSet drawers = new MethodSet().Add(
        symbols.Data, "TrainTestSplit", "CrossValidationSplit", "ShuffleRows", "BootstrapSample");

    /// <summary>The symbol that holds the context, when the operation reads one.</summary>
    public ISymbol? Holder(IOperation operation) =>
        !symbols.IsContextual(operation.Type) ? null : operation switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation field => field.Field.OriginalDefinition,
            IPropertyReferenceOperation property when !symbols.IsContextual(property.Instance?.Type) =>
                property.Property.OriginalDefinition,
            IInvocationOperation call when IsOwnCode(call.TargetMethod) => call.TargetMethod.OriginalDefinition,
            _ => null,
        };

    public ContextStep Next(IOperation value, ISymbol member)
    {
        switch (value.Parent)
        {
            case IConversionOperation or IParenthesizedOperation:
                return Next(value.Parent, member);
            case IPropertyReferenceOperation catalog when catalog.Instance == value:
                return symbols.IsContextual(catalog.Type) ? Next(catalog, member) : default;
            case IInvocationOperation call when call.Instance == value:
                return Called(call);
            case IArgumentOperation argument:
                return Passed(argument);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable }:
                return Kept(variable.Symbol);
            case IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields }:
                return Kept(fields[0]);
            case IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties }:
                return Kept(properties[0]);
            case IAssignmentOperation assignment:
                return Assigned(assignment, value);
            case IReturnOperation result:
                return Returned(result, member);
            case IExpressionStatementOperation or INameOfOperation or IEventReferenceOperation:
            case IBinaryOperation or IIsPatternOperation:
                return default;
            default:
                return new ContextStep(ContextUse.Escapes);
        }
    }

    private static ContextStep Kept(ISymbol holder) => new(ContextUse.None, holder: holder);

    private static ContextStep Assigned(IAssignmentOperation assignment, IOperation value)
    {
        if (assignment.Target == value)
        {
            return default;
        }

        var use = assignment.Parent is IExpressionStatementOperation ? ContextUse.None : ContextUse.Escapes;
        return assignment.Target switch
        {
            ILocalReferenceOperation local => new ContextStep(use, holder: local.Local),
            IParameterReferenceOperation parameter => new ContextStep(use, holder: parameter.Parameter),
            IMemberReferenceOperation target => new ContextStep(use, holder: target.Member.OriginalDefinition),
            _ => new ContextStep(ContextUse.Escapes),
        };
    }

    private static ContextStep Returned(IOperation result, ISymbol member)
    {
        for (var outer = result.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation)
            {
                return new ContextStep(ContextUse.Escapes);
            }

            if (outer is ILocalFunctionOperation local)
            {
                return Kept(local.Symbol);
            }
        }

        return Kept(member is IMethodSymbol { AssociatedSymbol: { } property } ? property : member);
    }

    private ContextStep Passed(IArgumentOperation argument)
    {
        var method = argument.Parent switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (method is null || argument.Parameter is null)
        {
            return new ContextStep(ContextUse.Escapes);
        }

        if (IsOwnCode(method))
        {
            return Kept(argument.Parameter.OriginalDefinition);
        }

        return argument is
        {
            Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } extension, Parameter.Ordinal: 0,
        }
            ? Called(extension)
            : new ContextStep(method.ContainingNamespace is { Name: "ML" } ? ContextUse.Trains : ContextUse.Escapes);
    }

    private ContextStep Called(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsOwnCode(method))
        {
            return new ContextStep(ContextUse.Escapes);
        }

        if (sensitive.DependsOnContextSeed(call))
        {
            return new ContextStep(ContextUse.Trains, method.Name);
        }

        var catalog = call.Instance?.Type ?? method.Parameters[0].Type;
        var serves = SymbolEqualityComparer.Default.Equals(catalog, symbols.Model) ? !savers.Contains(method)
            : SymbolEqualityComparer.Default.Equals(catalog, symbols.Data) && !drawers.Contains(method);
        return new ContextStep(serves ? ContextUse.Serves : ContextUse.Trains);
    }

    private static bool IsOwnCode(IMethodSymbol method) => !method.DeclaringSyntaxReferences.IsEmpty;
}
