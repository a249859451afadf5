using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Config;

/// <summary><c>mlops config show|validate|schema</c>.</summary>
internal static class ConfigCommand
{
    public static VerbCommand Create(ToolHost host)
        => new VerbCommand("config", "Shows and checks mlops.yml.").With(
            new VerbCommand("show", "Prints every setting in force and where it came from.")
            {
                Examples = ["mlops config show", "mlops config show --output json"],
            }.Answers(host, context => ConfigurationHandler.Show(context.ProjectRoot), Show),
            new VerbCommand("validate", "Lists everything that is wrong with mlops.yml.")
            {
                Examples = ["mlops config validate"],
            }.Answers(host, context => ConfigurationHandler.Show(context.ProjectRoot), Validate),
            new VerbCommand("schema", "Prints the JSON Schema of mlops.yml, for editors.")
            {
                Examples = ["mlops config schema"],
            }.Prints(host, ConfigurationSchema.Text));

    private static Page Show(ConfigurationAnswer answer)
        => Problems(new Page().Table(
            ["Setting", "Value", "From"],
            answer.Settings.Select(setting => (IReadOnlyList<string>)
            [
                setting.Path,
                setting.Value,
                setting.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{answer.File}:{line}") : "default",
            ])), answer);

    private static Page Validate(ConfigurationAnswer answer)
        => answer.Problems.Length == 0
            ? new Page().Line($"{answer.File} is valid: {answer.Settings.Count(setting => setting.Line is not null)} settings, the rest are defaults.")
            : Problems(new Page(), answer);

    private static Page Problems(Page page, ConfigurationAnswer answer)
    {
        foreach (var problem in answer.Problems)
        {
            page.Line(string.Create(CultureInfo.InvariantCulture, $"{problem.File}:{problem.Line}:{problem.Column}: error {problem.Code}: {problem.What}"));
            page.Line($"  {problem.Why}");
            page.Line($"  fix: {problem.Fix}");
        }

        return page;
    }
}
