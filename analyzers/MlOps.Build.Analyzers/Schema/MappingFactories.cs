using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>The contract names that have a <c>[CustomMappingFactoryAttribute]</c>, in the compilation and in the projects that it uses.</summary>
internal sealed class MappingFactories
{
    private readonly INamedTypeSymbol? mark;
    private readonly Lazy<HashSet<string>> names;

    public MappingFactories(Compilation compilation, MlNetSymbols symbols)
    {
        mark = symbols.Type("Microsoft.ML.Transforms.CustomMappingFactoryAttributeAttribute")
            ?? symbols.Type("Microsoft.ML.Transforms.CustomMappingFactoryAttribute");
        names = new(() => NamesIn(compilation));
    }

    public bool Know(string contract) => names.Value.Contains(contract);

    private HashSet<string> NamesIn(Compilation compilation)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Read(compilation.Assembly.GlobalNamespace, found);
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (UsesMlNet(assembly))
            {
                Read(assembly.GlobalNamespace, found);
            }
        }

        return found;
    }

    /// <summary>Other assemblies cannot have a factory, and need not be read.</summary>
    private bool UsesMlNet(IAssemblySymbol assembly)
    {
        foreach (var module in assembly.Modules)
        {
            foreach (var used in module.ReferencedAssemblies)
            {
                if (used.Name == mark?.ContainingAssembly.Name)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Read(INamespaceOrTypeSymbol place, HashSet<string> found)
    {
        foreach (var member in place.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
            {
                if (inner is INamedTypeSymbol type && RowMembers.Attribute(type, mark) is { ConstructorArguments: { Length: > 0 } arguments }
                    && arguments[0].Value is string name)
                {
                    found.Add(name);
                }

                Read(inner, found);
            }
        }
    }
}
