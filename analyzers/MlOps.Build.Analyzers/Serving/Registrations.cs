using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>What the container is told to make once, and what for each scope.</summary>
internal sealed class Registrations(MlNetSymbols symbols)
{
    private const string Extensions = "Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions";
    private const string TryExtensions = "Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions";

    private readonly MethodSet once = symbols
        .Methods(Extensions, "AddSingleton")
        .Add(symbols.Type("Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions"), "AddKeyedSingleton")
        .Add(symbols.Type(TryExtensions), "TryAddSingleton");

    private readonly MethodSet often = symbols
        .Methods(Extensions, "AddScoped", "AddTransient", "AddKeyedScoped", "AddKeyedTransient")
        .Add(symbols.Type(TryExtensions), "TryAddScoped", "TryAddTransient");

    public bool IsOnce(IInvocationOperation call) => once.Contains(call.TargetMethod);

    public bool IsOften(IInvocationOperation call) => often.Contains(call.TargetMethod);

    /// <summary>The types that a call of either kind names or makes.</summary>
    public static IEnumerable<ITypeSymbol> Types(IInvocationOperation call)
    {
        foreach (var type in call.TargetMethod.TypeArguments)
        {
            yield return type;
        }

        foreach (var argument in call.Arguments)
        {
            if (Made(argument.Value) is { } type)
            {
                yield return type;
            }
        }
    }

    private static ITypeSymbol? Made(IOperation value) => value switch
    {
        ITypeOfOperation type => type.TypeOperand,
        IObjectCreationOperation creation => creation.Type,
        IConversionOperation conversion => Made(conversion.Operand),
        IDelegateCreationOperation function => Made(function.Target),
        IAnonymousFunctionOperation { Body.Operations: { Length: 1 } body } when body[0] is IReturnOperation { ReturnedValue: { } result } =>
            Made(result),
        _ => null,
    };
}
