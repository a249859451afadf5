using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Build.Analyzers.CodeFixes.Serving;

/// <summary>What changes in a file when what holds an engine becomes a <c>ThreadLocal</c> of engines.</summary>
/// <remarks>Each use must be a call on the engine there and then: an engine that is handed on could reach another thread after all.</remarks>
internal sealed class EngineRewrite
{
    private readonly Dictionary<SyntaxNode, SyntaxNode> changes = [];
    private readonly SemanticModel model;
    private readonly TypeSyntax engine;
    private readonly bool isLazy;
    private bool isMade;

    private EngineRewrite(SemanticModel model, TypeSyntax engine, bool isLazy)
    {
        this.model = model;
        this.engine = engine;
        this.isLazy = isLazy;
    }

    /// <summary>The changes; null when one use or one assignment cannot be carried over.</summary>
    public static EngineRewrite? Of(ISymbol holder, SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        var type = holder switch
        {
            ILocalSymbol local => local.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        if (holder.DeclaringSyntaxReferences.Length != 1
            || type?.WithNullableAnnotation(NullableAnnotation.None) is not INamedTypeSymbol named)
        {
            return null;
        }

        var declaration = holder.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        var holdsLazily = named is { Name: "Lazy", TypeArguments.Length: 1 };
        var made = holdsLazily ? named.TypeArguments[0] : named;
        if (made.Name != "PredictionEngine")
        {
            return null;
        }

        var text = made.ToMinimalDisplayString(model, declaration.SpanStart);
        var rewrite = new EngineRewrite(model, SyntaxFactory.ParseTypeName(text), holdsLazily);
        return rewrite.Declares(declaration) && rewrite.Follows(holder, root, cancellation) && rewrite.isMade ? rewrite : null;
    }

    public SyntaxNode Apply(SyntaxNode root) =>
        root.ReplaceNodes(changes.Keys, (before, _) => changes[before].WithTriviaFrom(before));

    private bool Declares(SyntaxNode declaration)
    {
        switch (declaration)
        {
            case VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } variable } declarator:
                return Retypes(variable.Type) && (declarator.Initializer is null || Makes(declarator.Initializer.Value));
            case PropertyDeclarationSyntax { ExpressionBody: null } property:
                return Retypes(property.Type) && (property.Initializer is null || Makes(property.Initializer.Value));
            default:
                return false;
        }
    }

    private bool Retypes(TypeSyntax type)
    {
        if (!type.IsVar)
        {
            changes[type] = PerThread;
        }

        // What may be null is often filled at its first use, which the other engine does by itself: another shape of code.
        return type is not NullableTypeSyntax;
    }

    private bool Follows(ISymbol holder, SyntaxNode root, CancellationToken cancellation)
    {
        foreach (var name in root.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == holder.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, holder.OriginalDefinition)
                && !Uses(name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name))
            {
                return false;
            }
        }

        return true;
    }

    private bool Uses(ExpressionSyntax use)
    {
        switch (use.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == use:
                return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && Makes(assignment.Right);
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } }:
                return true;
            case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" } } }:
                return true;
            case MemberAccessExpressionSyntax member when member.Expression == use:
                return Calls(use, member);
            default:
                return false;
        }
    }

    private bool Calls(ExpressionSyntax use, MemberAccessExpressionSyntax member)
    {
        var name = member.Name.Identifier.ValueText;
        if (isLazy)
        {
            if (name == "Value" && IsCalledOn(member))
            {
                if (MayBeNull(member))
                {
                    changes[member] = Sure(member.WithoutTrivia());
                }

                return true;
            }

            return name == "IsValueCreated";
        }

        if (name == "Dispose")
        {
            return true;
        }

        if (!IsCalledOn(use))
        {
            return false;
        }

        var value = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, use.WithoutTrivia(), SyntaxFactory.IdentifierName("Value"));
        changes[use] = MayBeNull(use) ? Sure(value) : value;
        return true;
    }

    /// <summary>Notes what makes the engine. A model that is loaded on the way would be loaded once for each thread.</summary>
    private bool Makes(ExpressionSyntax value)
    {
        var creation = isLazy ? Lazily(value) : value;
        if (creation is not InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreatePredictionEngine" }, ArgumentList: { } given,
            }
            || given.DescendantNodes().Any(static part => part is InvocationExpressionSyntax or AwaitExpressionSyntax))
        {
            return false;
        }

        var factory = SyntaxFactory.ParenthesizedLambdaExpression(creation.WithoutTrivia())
            .WithArrowToken(SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken)
                .WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space));
        changes[value] = SyntaxFactory.ObjectCreationExpression(PerThread)
            .WithNewKeyword(SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(factory))));
        isMade = true;
        return true;
    }

    /// <summary>The body of the lambda that a <c>Lazy</c> is made with.</summary>
    private static ExpressionSyntax? Lazily(ExpressionSyntax value) =>
        value is BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList.Arguments: { Count: > 0 } given }
        && given[0].Expression is LambdaExpressionSyntax { ExpressionBody: { } body }
            ? body
            : null;

    private TypeSyntax PerThread => SyntaxFactory.GenericName("ThreadLocal")
        .WithTypeArgumentList(SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(engine)));

    private bool MayBeNull(SyntaxNode place) => model.GetNullableContext(place.SpanStart).WarningsEnabled();

    private static bool IsCalledOn(ExpressionSyntax value) =>
        value.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } call && call.Expression == value;

    private static PostfixUnaryExpressionSyntax Sure(ExpressionSyntax value) =>
        SyntaxFactory.PostfixUnaryExpression(SyntaxKind.SuppressNullableWarningExpression, value);
}
