using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>Follows bytes back to the network, as far as one method shows them.</summary>
internal sealed class Downloads(MlNetSymbols symbols)
{
    private const int Furthest = 16;

    private readonly MethodSet receives = symbols
        .Methods("System.Net.Http.HttpClient", "GetStreamAsync", "GetByteArrayAsync")
        .Add(symbols.Type("System.Net.Http.HttpContent"), "ReadAsStream", "ReadAsStreamAsync", "ReadAsByteArrayAsync")
        .Add(symbols.Type("System.Net.WebClient"), "OpenRead", "OpenReadTaskAsync", "DownloadData", "DownloadDataTaskAsync")
        .Add(symbols.Type("Microsoft.AspNetCore.Http.IFormFile"), "OpenReadStream");

    private readonly MethodSet saves = symbols.Methods(
        "System.Net.WebClient", "DownloadFile", "DownloadFileAsync", "DownloadFileTaskAsync");

    private readonly MethodSet writes = symbols.Methods("System.IO.File", "WriteAllBytes", "WriteAllBytesAsync");
    private readonly MethodSet opens = symbols.Methods("System.IO.File", "Create", "OpenWrite", "Open");
    private readonly MethodSet copies = symbols.Methods("System.IO.Stream", "CopyTo", "CopyToAsync");
    private readonly MethodSet pours = symbols
        .Methods("System.Net.Http.HttpContent", "CopyTo", "CopyToAsync")
        .Add(symbols.Type("Microsoft.AspNetCore.Http.IFormFile"), "CopyTo", "CopyToAsync");

    private readonly INamedTypeSymbol? request = symbols.Type("Microsoft.AspNetCore.Http.HttpRequest");
    private readonly INamedTypeSymbol? stream = symbols.Type("System.IO.Stream");
    private readonly INamedTypeSymbol? file = symbols.Type("System.IO.FileStream");

    /// <summary>True for a stream or bytes that come from the network.</summary>
    public bool IsContent(IOperation value)
    {
        var current = LocalFlow.Origin(value);
        for (var step = 0; step < Furthest; step++)
        {
            IOperation? before;
            switch (current)
            {
                case IInvocationOperation call when receives.Contains(call.TargetMethod):
                case IPropertyReferenceOperation { Property: { Name: "Body", ContainingType: var owner } }
                    when request is not null && SymbolEqualityComparer.Default.Equals(owner, request):
                    return true;
                case IAwaitOperation wait:
                    before = wait.Operation;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult", Instance: { } task }:
                    before = task;
                    break;
                case IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task }:
                    before = task;
                    break;
                case IObjectCreationOperation { Arguments: { Length: > 0 } arguments } wrapper when IsStream(wrapper.Type):
                    before = arguments[0].Value;
                    break;
                default:
                    return IsFilled(value);
            }

            current = LocalFlow.Origin(before);
        }

        return false;
    }

    /// <summary>True for the path of a file that the same method downloads.</summary>
    public bool IsFile(IOperation path)
    {
        foreach (var operation in LocalFlow.Around(path))
        {
            if (operation.Syntax.SpanStart < path.Syntax.SpanStart && operation switch
            {
                IInvocationOperation call when saves.Contains(call.TargetMethod) => IsSame(LocalFlow.Argument(call, "fileName"), path),
                IInvocationOperation call when writes.Contains(call.TargetMethod) =>
                    IsSame(LocalFlow.Argument(call, "path"), path) && LocalFlow.Argument(call, "bytes") is { } bytes && IsContent(bytes.Value),
                IInvocationOperation call when Target(call) is { } target =>
                    IsOpened(LocalFlow.Origin(target), path) && IsFromNetwork(call),
                _ => false,
            })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOpened(IOperation target, IOperation path) => target switch
    {
        IInvocationOperation call => opens.Contains(call.TargetMethod) && IsSame(LocalFlow.Argument(call, "path"), path),
        IObjectCreationOperation { Arguments: { Length: > 0 } arguments } creation =>
            SymbolEqualityComparer.Default.Equals(creation.Type, file) && IsSame(arguments[0], path),
        _ => false,
    };

    /// <summary>A stream of memory that the network was copied into.</summary>
    private bool IsFilled(IOperation value)
    {
        if (Holder(value) is not { } holder)
        {
            return false;
        }

        foreach (var operation in LocalFlow.Around(value))
        {
            if (operation is IInvocationOperation { Instance: { } source } call
                && Target(call) is { } target
                && SymbolEqualityComparer.Default.Equals(Holder(target), holder)
                && !SymbolEqualityComparer.Default.Equals(Holder(source), holder)
                && IsFromNetwork(call))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The stream that the call copies into.</summary>
    private IOperation? Target(IInvocationOperation call) =>
        copies.Contains(call.TargetMethod) ? LocalFlow.Argument(call, "destination")?.Value
        : pours.Contains(call.TargetMethod) ? (LocalFlow.Argument(call, "target") ?? LocalFlow.Argument(call, "stream"))?.Value
        : null;

    private bool IsFromNetwork(IInvocationOperation copy) =>
        pours.Contains(copy.TargetMethod) || (copy.Instance is { } source && IsContent(source));

    private static bool IsSame(IArgumentOperation? one, IOperation other) => one is not null
        && (Holder(one.Value) is { } holder
            ? SymbolEqualityComparer.Default.Equals(holder, Holder(other))
            : one.Value.ConstantValue is { HasValue: true, Value: string path } && path.Equals(other.ConstantValue.Value));

    private static ISymbol? Holder(IOperation value) => value switch
    {
        IConversionOperation conversion => Holder(conversion.Operand),
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Field.IsConst: false } field => field.Field,
        _ => null,
    };

    private bool IsStream(ITypeSymbol? type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, stream))
            {
                return true;
            }
        }

        return false;
    }
}
