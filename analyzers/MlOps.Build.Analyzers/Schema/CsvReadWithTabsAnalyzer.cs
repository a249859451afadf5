using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2008: ML.NET splits at tabs unless it is told otherwise, also in a file named .csv.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CsvReadWithTabsAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2008";

    private const string Title = ".csv is read with the tab default";

    private const string Page = RulePages.RulePageBaseUrl + Id;

    private static readonly DiagnosticDescriptor NoSeparator = new(
        Id,
        Title,
        "'{0}' is split at tabs, so each row becomes one cell and the rest turns into NaN, 0 or nothing without an error. "
            + "Pass separatorChar: ','.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Page);

    private static readonly DiagnosticDescriptor NoQuoting = new(
        Id,
        Title,
        "Text of '{0}' is read without quoting, so a comma inside quotes starts a new cell. Pass allowQuoting: true.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Page);

    /// <summary>Makes the rule.</summary>
    public CsvReadWithTabsAnalyzer()
        : base(NoSeparator, NoQuoting)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var loads = scope.Symbols.Methods("Microsoft.ML.TextLoaderSaverCatalog", "LoadFromTextFile");
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (loads.Contains(call.TargetMethod)
                    && Argument(call, "path") is { } path
                    && CsvPath.Name(path.Value) is { } name
                    && Judge(call) is { } rule
                    && scope.Finding(rule, call.Syntax, SeverityOf(rule), [name]) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static DiagnosticDescriptor? Judge(IInvocationOperation call)
    {
        if (Argument(call, "options") is { } options)
        {
            // Options made elsewhere are not followed.
            return InlineOptions.Creation(options) is not null && InlineOptions.Value(options, "Separators") is null
                ? NoSeparator
                : null;
        }

        if (Argument(call, "separatorChar") is { ArgumentKind: ArgumentKind.DefaultValue })
        {
            return NoSeparator;
        }

        return Argument(call, "separatorChar")?.Value.ConstantValue is { HasValue: true, Value: ',' }
            && Argument(call, "allowQuoting") is { ArgumentKind: ArgumentKind.DefaultValue }
            && HasText(call.TargetMethod)
            ? NoQuoting
            : null;
    }

    /// <summary>Quoting is a hint, not a certainty: many files hold no quotes.</summary>
    private static DiagnosticSeverity SeverityOf(DiagnosticDescriptor rule) =>
        ReferenceEquals(rule, NoQuoting) ? DiagnosticSeverity.Info : rule.DefaultSeverity;

    private static bool HasText(IMethodSymbol method)
    {
        if (method.TypeArguments.Length == 1)
        {
            foreach (var member in method.TypeArguments[0].GetMembers())
            {
                if (member is IFieldSymbol { IsImplicitlyDeclared: false, Type.SpecialType: SpecialType.System_String }
                    or IPropertySymbol { Type.SpecialType: SpecialType.System_String })
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IArgumentOperation? Argument(IInvocationOperation call, string parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument;
            }
        }

        return null;
    }
}
