using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2006: the places in the file make another column than the member can take.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ColumnShapeAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2006";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "[LoadColumn] or [VectorType] does not match the member",
        "{0}. {1}.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public ColumnShapeAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var shape = new ColumnShape(scope.Symbols);
        start.RegisterSymbolAction(
            context =>
            {
                var row = (INamedTypeSymbol)context.Symbol;
                if (row.TypeKind is not (TypeKind.Class or TypeKind.Struct))
                {
                    return;
                }

                List<ISymbol>? members = null;
                foreach (var member in row.GetMembers())
                {
                    if (member is (IPropertySymbol or IFieldSymbol)
                        && RowMembers.Attribute(member, shape.LoadColumn) is { ApplicationSyntaxReference: { } place } attribute
                        && LoadColumns.Of(attribute) is { } ranges
                        && Words(shape, member, attribute, ranges, members ??= RowMembers.Of(row)) is var (severity, what, remedy)
                        && scope.Finding(Rule, place.GetSyntax(context.CancellationToken), severity, [what, remedy]) is { } finding)
                    {
                        context.ReportDiagnostic(finding);
                    }
                }
            },
            SymbolKind.NamedType);
    }

    private static (DiagnosticSeverity Severity, string What, string Remedy)? Words(
        ColumnShape shape, ISymbol member, AttributeData attribute, IReadOnlyList<(int First, int Last)> ranges, List<ISymbol> members)
    {
        var name = member.Name;
        var width = ColumnShape.Width(ranges);
        var type = RowMembers.TypeOf(member).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return shape.Fault(member, attribute, ranges) switch
        {
            ShapeFault.Negative => (DiagnosticSeverity.Warning, $"'{name}' is given a place below 0, which throws when the file is read", "Count the columns from 0"),
            ShapeFault.Reversed => (DiagnosticSeverity.Warning, $"The range of '{name}' ends before it starts, which throws when the file is read", "Write the lower place first"),
            ShapeFault.RangeOnValue => (
                DiagnosticSeverity.Warning,
                $"A range makes '{name}' a vector of {width}, which does not fit into '{type}', so reading the rows throws",
                $"Give it one place, or make it '{type}[]' with [VectorType({width})]"),
            ShapeFault.PlaceOnArray => (
                DiagnosticSeverity.Warning,
                $"One place makes '{name}' a single value, which does not fit into '{type}', so reading the rows throws",
                "Give it a range: [LoadColumn(first, last)]"),
            ShapeFault.OtherLength => (
                DiagnosticSeverity.Warning,
                $"'{name}' is {width} wide in the file and {shape.Length(member)} wide by [VectorType], which the text loader ignores",
                $"Write [VectorType({width})], or correct the range"),
            _ when shape.SharedWith(member, ranges, members, onlyBefore: true) is { } other => (
                DiagnosticSeverity.Info,
                $"'{name}' reads a column of the file that '{other.Name}' reads too",
                "Correct the places unless it is meant"),
            _ => null,
        };
    }
}
