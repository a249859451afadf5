using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.CodeFixes;

/// <summary>Holds back a fix that would not compile.</summary>
internal static class Compiles
{
    public static async Task<bool> AsBefore(Document before, Document after, CancellationToken cancellation) =>
        await Errors(after, cancellation).ConfigureAwait(false) <= await Errors(before, cancellation).ConfigureAwait(false);

    private static async Task<int> Errors(Document document, CancellationToken cancellation) =>
        await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? model.GetDiagnostics(cancellationToken: cancellation).Count(static one => one.Severity == DiagnosticSeverity.Error)
            : 0;
}
