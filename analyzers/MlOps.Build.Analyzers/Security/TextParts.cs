using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>Reads what the code says about a text: the parts that are written in it, and the parts that are not.</summary>
internal static class TextParts
{
    /// <summary>What stands for a part that is only known when the program runs.</summary>
    public const string Unknown = "${}";

    /// <summary>The text with <see cref="Unknown"/> for each part that is not written in the code.</summary>
    public static string Of(IOperation value)
    {
        var text = new StringBuilder();
        Read(value, text);
        return text.ToString();
    }

    /// <summary>The text, where the code says all of it.</summary>
    public static string? Constant(IOperation value) => LocalFlow.Origin(value) switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } => Written(field),
        _ => null,
    };

    private static void Read(IOperation value, StringBuilder text)
    {
        var origin = LocalFlow.Origin(value);
        if (Constant(origin) is { } constant)
        {
            text.Append(constant);
        }
        else if (origin is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum)
        {
            Read(sum.LeftOperand, text);
            Read(sum.RightOperand, text);
        }
        else if (origin is IInterpolatedStringOperation interpolated)
        {
            foreach (var part in interpolated.Parts)
            {
                if (part is IInterpolatedStringTextOperation written)
                {
                    Read(written.Text, text);
                }
                else if (part is IInterpolationOperation hole)
                {
                    Read(hole.Expression, text);
                }
            }
        }
        else
        {
            text.Append(Unknown);
        }
    }

    /// <summary>The literal of <c>static readonly string Name = "..."</c>.</summary>
    private static string? Written(IFieldSymbol field)
    {
        foreach (var reference in field.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal }
                && literal.IsKind(SyntaxKind.StringLiteralExpression))
            {
                return literal.Token.ValueText;
            }
        }

        return null;
    }
}
