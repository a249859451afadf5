using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Tells whether one thread at a time comes by a place in the code.</summary>
internal sealed class Locks(MlNetSymbols symbols)
{
    private readonly MethodSet enters = symbols
        .Methods("System.Threading.Monitor", "Enter", "TryEnter")
        .Add(symbols.Type("System.Threading.SemaphoreSlim"), "Wait", "WaitAsync")
        .Add(symbols.Type("System.Threading.WaitHandle"), "WaitOne")
        .Add(symbols.Type("System.Threading.Lock"), "Enter", "EnterScope", "TryEnter");

    public bool Guard(IOperation place)
    {
        var function = place;
        for (var outer = place.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILockOperation)
            {
                return true;
            }

            function = outer;
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                break;
            }
        }

        foreach (var operation in function.Descendants())
        {
            if (operation is IInvocationOperation call && enters.Contains(call.TargetMethod))
            {
                return true;
            }
        }

        return false;
    }
}
