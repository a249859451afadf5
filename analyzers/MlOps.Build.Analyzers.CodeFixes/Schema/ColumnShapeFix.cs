using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Corrects [LoadColumn] or [VectorType] where the other one, or the member, leaves one reading only.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ColumnShapeFix))]
[Shared]
public sealed class ColumnShapeFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ColumnShapeAnalyzer.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAll;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is { } node
            && await MendAsync(context.Document, node, context.CancellationToken).ConfigureAwait(false) is { } mended)
        {
            context.RegisterCodeFix(
                CodeAction.Create("Correct the attribute", _ => Task.FromResult(mended), equivalenceKey: ColumnShapeAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        var attribute = node.FirstAncestorOrSelf<AttributeSyntax>();
        if (attribute?.Parent?.Parent is not MemberDeclarationSyntax declaration
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || MlNetSymbols.Of(model.Compilation) is not { } symbols
            || Member(declaration, model, cancellation) is not { } member
            || Correction(new ColumnShape(symbols), member, attribute, cancellation) is not var (wrong, arguments))
        {
            return null;
        }

        var right = wrong.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList(arguments)!.WithTriviaFrom(wrong.ArgumentList!));
        return document.WithSyntaxRoot(root.ReplaceNode(wrong, right));
    }

    private static ISymbol? Member(MemberDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellation) =>
        declaration is BaseFieldDeclarationSyntax { Declaration.Variables: var variables }
            ? variables.Count == 1 ? model.GetDeclaredSymbol(variables[0], cancellation) : null
            : model.GetDeclaredSymbol(declaration, cancellation);

    private static (AttributeSyntax Wrong, string Arguments)? Correction(
        ColumnShape shape, ISymbol member, AttributeSyntax places, CancellationToken cancellation)
    {
        if (places.ArgumentList is null
            || RowMembers.Attribute(member, shape.LoadColumn) is not { } attribute
            || LoadColumns.Of(attribute) is not { Count: > 0 } ranges)
        {
            return null;
        }

        var (first, last) = ranges[0];
        return shape.Fault(member, attribute, ranges) switch
        {
            ShapeFault.Reversed when last >= 0 => (places, $"({last}, {first})"),
            ShapeFault.RangeOnValue when ranges.Count == 1 && first == last => (places, $"({first})"),
            ShapeFault.PlaceOnArray when shape.Length(member) is { } length && IsFree(shape, member, (first, first + length - 1)) =>
                (places, $"({first}, {first + length - 1})"),
            ShapeFault.OtherLength when shape.VectorType(member)?.ApplicationSyntaxReference?.GetSyntax(cancellation)
                is AttributeSyntax { ArgumentList: not null } vector && vector.SyntaxTree == places.SyntaxTree =>
                (vector, $"({ColumnShape.Width(ranges)})"),
            _ => null,
        };
    }

    private static bool IsFree(ColumnShape shape, ISymbol member, (int First, int Last) range)
    {
        IReadOnlyList<(int, int)> ranges = [range];
        return shape.SharedWith(member, ranges, RowMembers.Of(member.ContainingType), onlyBefore: false) is null;
    }
}
