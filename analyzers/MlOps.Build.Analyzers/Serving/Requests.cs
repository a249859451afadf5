using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Code that ASP.NET Core or Azure Functions runs for each request, several at once.</summary>
internal sealed class Requests(MlNetSymbols symbols)
{
    private readonly MethodSet maps = symbols
        .Methods(
            "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions",
            "Map", "MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "MapFallback")
        .Add(symbols.Type("Microsoft.AspNetCore.Builder.UseExtensions"), "Use")
        .Add(symbols.Type("Microsoft.AspNetCore.Builder.RunExtensions"), "Run");

    private readonly INamedTypeSymbol? controller = symbols.Type("Microsoft.AspNetCore.Mvc.ControllerBase");
    private readonly INamedTypeSymbol? page = symbols.Type("Microsoft.AspNetCore.Mvc.RazorPages.PageModel");
    private readonly INamedTypeSymbol? notAction = symbols.Type("Microsoft.AspNetCore.Mvc.NonActionAttribute");
    private readonly INamedTypeSymbol? next = symbols.Type("Microsoft.AspNetCore.Http.RequestDelegate");
    private readonly INamedTypeSymbol? function = symbols.Type("Microsoft.Azure.Functions.Worker.FunctionAttribute");
    private readonly INamedTypeSymbol? webJob = symbols.Type("Microsoft.Azure.WebJobs.FunctionNameAttribute");
    private readonly INamedTypeSymbol? http = symbols.Type("Microsoft.AspNetCore.Http.HttpContext");

    /// <summary>True when the compilation references a server.</summary>
    public bool AreServed => (http ?? function ?? webJob) is not null;

    /// <summary>A lambda or method that an endpoint is mapped to.</summary>
    public bool IsHandler(IOperation function) =>
        Passed(function) is { Parent: IInvocationOperation call } && maps.Contains(call.TargetMethod);

    /// <summary>An action, a page handler, a function, or what a middleware is called with.</summary>
    public bool RunsPerRequest(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } or IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } =>
            IsMadePerRequest(member.ContainingType),
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method =>
            Has(method, function) || Has(method, webJob)
            || (method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && IsEntry(method)),
        _ => false,
    };

    /// <summary>ASP.NET Core makes one instance of a middleware for all requests.</summary>
    public bool IsMiddleware(INamedTypeSymbol type)
    {
        if (next is null)
        {
            return false;
        }

        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (SymbolEqualityComparer.Default.Equals(parameter.Type, next))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsEntry(IMethodSymbol method) =>
        Derives(method.ContainingType, controller) ? !Has(method, notAction)
        : Derives(method.ContainingType, page) ? method.Name.StartsWith("On", System.StringComparison.Ordinal)
        : method.Name is "Invoke" or "InvokeAsync" && IsMiddleware(method.ContainingType);

    private bool IsMadePerRequest(INamedTypeSymbol? type) => Derives(type, controller) || Derives(type, page);

    /// <summary>The argument that the function is, past the delegate that is made of it.</summary>
    private static IArgumentOperation? Passed(IOperation function)
    {
        var value = function.Parent;
        while (value is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
        {
            value = value.Parent;
        }

        return value as IArgumentOperation;
    }

    private static bool Derives(INamedTypeSymbol? type, INamedTypeSymbol? wanted)
    {
        for (var candidate = type?.BaseType; candidate is not null && wanted is not null; candidate = candidate.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(ISymbol member, INamedTypeSymbol? attribute)
    {
        if (attribute is not null)
        {
            foreach (var data in member.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
