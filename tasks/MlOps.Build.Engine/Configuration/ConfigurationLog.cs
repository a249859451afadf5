using MlOps.Build.Contracts;
using YamlDotNet.Core;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Collects values and problems while mlops.yml is read, so that one run shows all of them.</summary>
internal sealed class ConfigurationLog(string file)
{
    public List<ConfigurationValue> Values { get; } = [];

    public List<Problem> Problems { get; } = [];

    /// <summary>What messages call a file that was read together with this one, such as one of the same commit.</summary>
    public string Beside(string name) => file.EndsWith($":{ConfigurationReader.FileName}", StringComparison.Ordinal) ? file[..^ConfigurationReader.FileName.Length] + name : name;

    public SourcePlace At(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    /// <summary>The line of a setting that was read, or the beginning of the file.</summary>
    public SourcePlace PlaceOf(string path) => new(file, Values.Find(value => value.Path == path)?.Line ?? 1, 1);

    public void Value(string path, string text, Mark mark) => Values.Add(new(path, text, (int)mark.Line));

    public void Default(string path, string text) => Values.Add(new(path, text, null));

    public void Refuse(Mark mark, string path, string expected, string found) => Problems.Add(
        new("MLO2012", $"'{path}' cannot be read.", $"It is {found}, but {expected}.", $"Correct the value of '{path}'.")
        {
            Place = At(mark),
        });

    public void Missing(Mark mark, string path, string example) => Problems.Add(
        new("MLO2013", $"'{path}' is missing.", "It has no default.", $"Add it, for example `{example}`.")
        {
            Place = At(mark),
        });

    public void Unknown(Mark mark, string path, string key, IEnumerable<string> known) => Problems.Add(
        new("MLO2011", $"'{path}' is not a setting.", "Unknown keys are refused, so that a typing error never turns a rule off.", DidYouMean.Sentence(key, known))
        {
            Place = At(mark),
        });

    public void Wrong(SourcePlace place, string what, string why, string fix) => Problems.Add(
        new("MLO2014", what, why, fix) { Place = place });
}
