using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers;

/// <summary>ML.NET as one compilation sees it. Made once a compilation and shared by all rules.</summary>
internal sealed class MlNetSymbols
{
    private static readonly ConditionalWeakTable<Compilation, MlNetSymbols> Known = new();
    private readonly Compilation compilation;
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> types = new();
    private readonly ConcurrentDictionary<Type, object> parts = new();
    private readonly HashSet<ITypeSymbol> contextual = new(SymbolEqualityComparer.Default);

    private MlNetSymbols(Compilation compilation, INamedTypeSymbol context)
    {
        this.compilation = compilation;
        Context = context;
        Data = Type("Microsoft.ML.DataOperationsCatalog");
        Model = Type("Microsoft.ML.ModelOperationsCatalog");
        contextual.Add(context);
        AddCatalogs(context);
    }

    public INamedTypeSymbol Context { get; }

    /// <summary>The type of <c>ml.Data</c>.</summary>
    public INamedTypeSymbol? Data { get; }

    /// <summary>The type of <c>ml.Model</c>.</summary>
    public INamedTypeSymbol? Model { get; }

    /// <summary>What is compiled.</summary>
    public IAssemblySymbol Assembly => compilation.Assembly;

    /// <summary>Null when the compilation does not reference ML.NET.</summary>
    public static MlNetSymbols? Of(Compilation compilation)
    {
        if (Known.TryGetValue(compilation, out var known))
        {
            return known;
        }

        return compilation.GetTypeByMetadataName("Microsoft.ML.MLContext") is { } context
            ? Known.GetValue(compilation, key => new MlNetSymbols(key, context))
            : null;
    }

    /// <summary>The type of that name, looked up once for all rules; null when its package is not there.</summary>
    public INamedTypeSymbol? Type(string metadataName) =>
        types.TryGetValue(metadataName, out var known) ? known : types.GetOrAdd(metadataName, compilation.GetTypeByMetadataName(metadataName));

    /// <summary>What several rules know of ML.NET, made once for all of them. It holds no findings of one rule.</summary>
    public T Part<T>(Func<MlNetSymbols, T> make)
        where T : class =>
        (T)(parts.TryGetValue(typeof(T), out var known) ? known : parts.GetOrAdd(typeof(T), make(this)));

    /// <summary>All overloads of the named methods of one type; empty when the package with the type is not there.</summary>
    public MethodSet Methods(string metadataName, params string[] names) =>
        new MethodSet().Add(Type(metadataName), names);

    /// <summary>An MLContext, or a catalog such as <c>ml.Data</c> and <c>ml.Regression.Trainers</c> that carries it.</summary>
    public bool IsContextual(ITypeSymbol? type) => type is not null && contextual.Contains(type);

    private void AddCatalogs(INamedTypeSymbol owner)
    {
        foreach (var member in owner.GetMembers())
        {
            if (member is IPropertySymbol { Type: INamedTypeSymbol type }
                && type is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None }
                && contextual.Add(type))
            {
                AddCatalogs(type);
            }
        }
    }
}
