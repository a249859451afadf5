namespace MlOps.Build.Templates.Tests;

/// <summary>Which files each choice makes: the lists lie in <c>Snapshots/</c>, with the project's name as <c>@</c>.</summary>
public sealed class FileListTests(PackedTemplate template)
{
    public static TheoryData<string, string, string, string> Choices { get; } = MakeChoices();

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task Every_choice_makes_exactly_the_files_of_its_snapshot(
        string name, string task, string ci, string serving)
    {
        var project = await template.NewAsync(name, "--no-restore", "--task", task, "--ci", ci, "--serving", serving);

        var files = project.Files.Select(file => file.Replace(name, "@", StringComparison.Ordinal));
        Assert.Equal(Snapshot($"ci-{ci}-serving-{serving}.txt"), files.Order(StringComparer.Ordinal));
        NoTemplateTextIsLeft(project);
        TheNameIsEverywhere(project);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("cake")]
    public async Task A_build_script_is_three_files_and_a_tool_more(string build)
    {
        var project = await template.NewAsync("My Model", "--no-restore", "--build", build);

        string[] more = build == "cake" ? ["build.cake", "build.cmd", "build.sh"] : [];
        var files = project.Files.Select(file => file.Replace("My Model", "@", StringComparison.Ordinal));
        Assert.Equal(Snapshot("ci-github-serving-true.txt").Concat(more).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        Assert.Equal(build == "cake", project.Read(".config/dotnet-tools.json").Contains("\"cake.tool\"", StringComparison.Ordinal));
        using var manifest = System.Text.Json.JsonDocument.Parse(project.Read(".config/dotnet-tools.json"));
        Assert.Equal(build == "cake", project.Read("README.md").Contains("build.sh", StringComparison.Ordinal));
        Assert.All(project.Texts, file => Assert.DoesNotContain("CAKE-FEED", file.Text, StringComparison.Ordinal));
        NoTemplateTextIsLeft(project);
    }

    private static string[] Snapshot(string file)
        => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Snapshots", file));

    private static void NoTemplateTextIsLeft(GeneratedProject project)
    {
        string[] left =
        [
            "#if", "#endif", "PACKAGE-FEED", "PROJECT-TITLE", "0.0.0-packed", "Binary)", "Multiclass)", "Regression)",
            .. project.Name.Contains("LateFlights", StringComparison.Ordinal) ? [] : new[] { "LateFlights", "late-flights\n" },
        ];
        Assert.All(project.Texts, file => Assert.All(left, text => Assert.DoesNotContain(text, file.Text, StringComparison.Ordinal)));
    }

    private static void TheNameIsEverywhere(GeneratedProject project)
    {
        Assert.StartsWith($"# {project.Name}\n", project.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains($"project: src/{project.Name}.Training\n", project.Read("mlops.yml"), StringComparison.Ordinal);
        Assert.Contains(
            $"../{project.Name}.Model/{project.Name}.Model.csproj",
            project.Read($"src/{project.Name}.Training/{project.Name}.Training.csproj"),
            StringComparison.Ordinal);
    }

    private static TheoryData<string, string, string, string> MakeChoices()
    {
        string[] names = ["Acme.LateFlights", "my-model", "My Model"];
        var choices = new TheoryData<string, string, string, string>();
        var next = 0;
        foreach (var task in (string[])["binary", "multiclass", "regression"])
        {
            foreach (var ci in (string[])["github", "azure-devops", "both", "none"])
            {
                foreach (var serving in (string[])["true", "false"])
                {
                    choices.Add(names[next++ % names.Length], task, ci, serving);
                }
            }
        }

        return choices;
    }
}
