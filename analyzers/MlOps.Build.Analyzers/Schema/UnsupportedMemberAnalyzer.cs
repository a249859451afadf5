using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2005: a row class with a member whose type no column can have is refused when it is first used.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsupportedMemberAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2005";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Member type is not an IDataView type",
        "'{0}' throws, because '{1}' is of the type '{2}', which no column can have. {3}.",
        Category.Schema,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public UnsupportedMemberAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var text = scope.Symbols.Part(static symbols => new TextRows(symbols));
        var enumerable = new MethodSet().Add(scope.Symbols.Data, "LoadFromEnumerable");
        var noColumn = scope.Symbols.Type("Microsoft.ML.Data.NoColumnAttribute");
        var types = new ColumnTypes(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                var fromText = text.RowOf(call);
                if ((fromText ?? RowOf(call, enumerable)) is not { } row)
                {
                    return;
                }

                foreach (var member in RowMembers.Of(row))
                {
                    // A member that the loader is not told the place of is MLOPS2004.
                    var read = fromText is null
                        ? RowMembers.Attribute(member, noColumn) is null
                        : RowMembers.Attribute(member, text.LoadColumn) is not null;
                    if (read && types.Refused(member) is { } type
                        && scope.Finding(
                            Rule, call.Syntax, $"{call.TargetMethod.Name}<{row.Name}>", $"{row.Name}.{member.Name}",
                            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                            ColumnTypes.Remedy(type, mayBeLeftOut: fromText is null)) is { } finding)
                    {
                        context.ReportDiagnostic(finding);
                    }
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>The class of the rows, unless a schema says what the members are.</summary>
    private static INamedTypeSymbol? RowOf(IInvocationOperation call, MethodSet enumerable) =>
        call.TargetMethod.TypeArguments is { Length: 1 } types
        && types[0] is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } row
        && enumerable.Contains(call.TargetMethod)
        && LocalFlow.Argument(call, "schemaDefinition") is { ArgumentKind: ArgumentKind.DefaultValue }
            ? row
            : null;
}
