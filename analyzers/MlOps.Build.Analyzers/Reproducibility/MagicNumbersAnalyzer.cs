using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>MLOPS1006: hyperparameters are numbers in the code, which no run records.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MagicNumbersAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS1006";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Hyperparameters are magic numbers",
        "'{0}' is given numbers that stand in the code ({1}), so another try is a change of code and no run records it. "
            + "Take them from options that are bound to configuration, or name them as constants.",
        Category.Reproducibility,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public MagicNumbersAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var trainers = scope.Symbols.Type("Microsoft.ML.TrainCatalogBase+CatalogInstantiatorBase");
        var entries = scope.Symbols.Part(static symbols => new TrainingEntryPoints(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (IsTrainer(call.TargetMethod, trainers)
                    && Numbers(call) is { } numbers
                    && (entries.Contain(context.ContainingSymbol)
                        || scope.Policy.Says(call.Syntax.SyntaxTree, Id, "everywhere", fallback: false))
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, numbers) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static bool IsTrainer(IMethodSymbol method, INamedTypeSymbol? trainers)
    {
        var declared = method.ReducedFrom ?? method;
        var catalog = declared.IsExtensionMethod ? declared.Parameters[0].Type : declared.ContainingType;
        for (var type = catalog; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, trainers))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The names of the parameters and options that are given a number as such; null without any.</summary>
    private static string? Numbers(IInvocationOperation call)
    {
        StringBuilder? names = null;
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter } && IsNumber(argument.Value))
            {
                Add(parameter.Name);
            }

            if (InlineOptions.Creation(argument)?.Initializer is { } initializer)
            {
                foreach (var step in initializer.Initializers)
                {
                    if (step is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment && IsNumber(assignment.Value))
                    {
                        Add(target.Member.Name);
                    }
                }
            }
        }

        return names?.ToString();

        void Add(string name)
        {
            // They choose no model: the one makes it repeatable, the other fast.
            if (name is not ("seed" or "Seed" or "NumberOfThreads"))
            {
                names = names is null ? new StringBuilder(name) : names.Append(", ").Append(name);
            }
        }
    }

    private static bool IsNumber(IOperation value) => value switch
    {
        IConversionOperation conversion => IsNumber(conversion.Operand),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } negated => IsNumber(negated.Operand),
        ILiteralOperation { Type.SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } => true,
        _ => false,
    };
}
