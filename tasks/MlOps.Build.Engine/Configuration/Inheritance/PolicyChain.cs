using System.Text;
using MlOps.Build.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Reads every policy file that a policy builds on, each once, the deepest first.</summary>
internal sealed class PolicyChain(IPolicyFiles files, ConfigurationLog log)
{
    private const int MostLevels = 8;
    private const int MostFiles = 32;

    private readonly List<PolicyDraft> found = [];
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    /// <summary>The files in the order in which they bind; empty where one of them cannot be used, which the log then says.</summary>
    public IReadOnlyList<PolicyDraft> Of(PolicyDraft own)
    {
        var before = log.Problems.Count;
        Walk(own, files.Prefix, []);
        return log.Problems.Count == before ? found : [];
    }

    private void Walk(PolicyDraft draft, string folder, IReadOnlyList<string> chain)
    {
        foreach (var (named, place) in draft.Extends)
        {
            if (PolicyPath.Resolve(folder, named) is not { } path)
            {
                Refuse(place, named, "It leads out of the repository.", "Name a file of this repository, relative to the file that names it, with '/'.");
                continue;
            }

            var file = files.Find(path);
            if (file.Text is not { } text)
            {
                Refuse(place, named, file.WhyNot!, "Correct the path; it is relative to the file that names it.");
            }
            else if (chain.Contains(file.Path))
            {
                Refuse(place, named, $"It builds on itself: {string.Join(" -> ", chain.SkipWhile(one => one != file.Path).Append(file.Path))}.", "Remove one of the `extends`.");
            }
            else if (chain.Count >= MostLevels || read.Count >= MostFiles)
            {
                Refuse(place, named, $"At most {MostLevels} levels and {MostFiles} files are read.", "Let fewer policies build on each other.");
            }
            else if (read.Add(file.Path))
            {
                Add(file.Path, text, place, [.. chain, file.Path]);
            }
        }
    }

    private void Add(string path, string text, SourcePlace place, string[] chain)
    {
        var name = PolicyPath.From(files.Prefix, path);
        var inner = new ConfigurationLog(log.Beside(name));
        var draft = Parse(text, inner).Marked(name, Digest.Of(Encoding.UTF8.GetBytes(text)));
        log.Values.AddRange(inner.Values.Where(value => value.Line is not null).Select(value => value with { Path = $"{name}: {value.Path}" }));
        log.Problems.AddRange(inner.Problems.Select(problem => problem with { Place = problem.Place ?? place }));
        Walk(draft, PolicyPath.Folder(path), chain);
        found.Add(draft);
    }

    private static PolicyDraft Parse(string text, ConfigurationLog log)
    {
        YamlMappingNode? root = null;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            root = stream.Documents.Count == 1 ? stream.Documents[0].RootNode as YamlMappingNode : null;
            if (root is null)
            {
                log.Wrong(log.At(new Mark(0, 1, 1)), "The file holds no policy.", "It has what stands under `gate` in mlops.yml, such as `rules`.", "Write rules into it, or name another file.");
            }
        }
        catch (YamlException exception)
        {
            log.Wrong(log.At(exception.Start), "The file is not valid YAML.", exception.InnerException?.Message ?? exception.Message, "Check the indentation and the quotes at this place.");
        }

        return GateSection.Read(new YamlMap(log, root, string.Empty, root?.Start ?? new Mark(0, 1, 1)));
    }

    private void Refuse(SourcePlace place, string named, string why, string fix)
        => log.Problems.Add(new("MLO2345", $"The policy '{named}' cannot be used.", why, fix) { Place = place });
}
