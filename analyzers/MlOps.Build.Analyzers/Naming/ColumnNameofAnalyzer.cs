using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Leakage;

namespace MlOps.Build.Analyzers.Naming;

/// <summary>MLOPS9001: a column is named by a text, although a member has its name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ColumnNameofAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS9001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Use nameof for a column that is a member",
        "\"{0}\" is the member '{1}.{0}', and a text does not follow when that is renamed: the pipeline then throws at run time. "
            + "Write nameof({1}.{0}).",
        Category.Naming,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public ColumnNameofAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var rows = scope.Symbols.Part(static symbols => new RowClasses(symbols));
        start.RegisterOperationBlockAction(context =>
        {
            foreach (var block in context.OperationBlocks)
            {
                // With two classes the text may mean either.
                if (rows.ReadIn(block) is { Count: > 0 } read && AreOne(read))
                {
                    Look(context, scope, block, read[0], rows);
                }
            }
        });
    }

    private static bool AreOne(List<INamedTypeSymbol> read)
    {
        foreach (var row in read)
        {
            if (!SymbolEqualityComparer.Default.Equals(row, read[0]))
            {
                return false;
            }
        }

        return true;
    }

    private static void Look(OperationBlockAnalysisContext context, RuleScope scope, IOperation block, INamedTypeSymbol row, RowClasses rows)
    {
        var made = new HashSet<string>();
        var found = new List<(ILiteralOperation Literal, string Column)>();
        foreach (var operation in block.Descendants())
        {
            if (operation is IArgumentOperation { ArgumentKind: not ArgumentKind.DefaultValue, Parameter.Name: var parameter, Parent: IInvocationOperation call } argument
                && call.TargetMethod.ContainingNamespace is { Name: "ML", ContainingNamespace.Name: "Microsoft" })
            {
                Take(argument.Value, parameter, call, made, found);
            }
        }

        foreach (var (literal, column) in found)
        {
            if (!made.Contains(column) && rows.Column(row, column) is { } member && member.Name == column
                && scope.Finding(Rule, literal.Syntax, column, row.ToMinimalDisplayString(literal.SemanticModel!, literal.Syntax.SpanStart)) is { } finding)
            {
                context.ReportDiagnostic(finding);
            }
        }
    }

    private static void Take(
        IOperation value, string parameter, IInvocationOperation call, HashSet<string> made, List<(ILiteralOperation Literal, string Column)> found)
    {
        switch (parameter)
        {
            // A column that a step makes is that step's, unless it changes the member's in place.
            case "outputColumnName" when value.ConstantValue is { HasValue: true, Value: string output }:
                if (LocalFlow.Argument(call, "inputColumnName") is { ArgumentKind: ArgumentKind.Explicit, Value.ConstantValue.Value: not null }
                    || LocalFlow.Argument(call, "inputColumnNames") is not null)
                {
                    made.Add(output);
                }
                else if (LocalFlow.Argument(call, "inputColumnName") is not null)
                {
                    Add(value, found);
                }

                break;
            case "inputColumnName" or "labelColumnName" or "featureColumnName" or "exampleWeightColumnName" or "rowGroupColumnName" or "samplingKeyColumnName":
                Add(value, found);
                break;
            case "inputColumnNames" when value is IArrayCreationOperation { Initializer.ElementValues: var items }:
                foreach (var item in items)
                {
                    Add(item, found);
                }

                break;
            default:
                break;
        }
    }

    private static void Add(IOperation value, List<(ILiteralOperation Literal, string Column)> found)
    {
        var current = value;
        while (current is IConversionOperation conversion)
        {
            current = conversion.Operand;
        }

        if (current is ILiteralOperation { ConstantValue: { HasValue: true, Value: string column } } literal)
        {
            found.Add((literal, column));
        }
    }
}
