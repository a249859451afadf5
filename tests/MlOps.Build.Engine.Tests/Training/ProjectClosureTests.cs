using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Tests.Training;

public sealed class ProjectClosureTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mlops closure ");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_project_brings_the_projects_it_refers_to()
    {
        Write("src/App/App.csproj", """<Project><ItemGroup><ProjectReference Include="..\Lib\Lib.csproj" /></ItemGroup></Project>""");
        Write("src/Lib/Lib.csproj", """<Project><ItemGroup><ProjectReference Include="$(MSBuildThisFileDirectory)../Deep/Deep.csproj" /></ItemGroup></Project>""");
        Write("src/Deep/Deep.csproj", "<Project />");
        Write("src/Other/Other.csproj", "<Project />");

        var closure = Of("src/App/App.csproj");

        Assert.Equal(["src/App", "src/Deep", "src/Lib"], closure.Folders);
        Assert.Empty(closure.Files);
    }

    [Fact]
    public void A_file_that_is_linked_in_belongs_to_it()
    {
        Write("shared/Names.cs", "");
        Write("App/App.csproj", """<Project><ItemGroup><Compile Include="../shared/Names.cs" Link="Names.cs" /></ItemGroup></Project>""");

        var closure = Of("App/App.csproj");

        Assert.Equal(["App"], closure.Folders);
        Assert.Equal(["shared/Names.cs"], closure.Files);
    }

    [Theory]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="$(Elsewhere)/Lib.csproj" /></ItemGroup></Project>""")]
    [InlineData("""<Project><ItemGroup><Compile Include="../shared/**/*.cs" /></ItemGroup></Project>""")]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="../Missing/Missing.csproj" /></ItemGroup></Project>""")]
    [InlineData("""<Project><Import Project="../../outside.props" /></Project>""")]
    [InlineData("<Project")]
    public void What_only_MSBuild_could_tell_widens_it_to_everything(string project)
    {
        Write("App/App.csproj", project);

        Assert.Equal(["."], Of("App/App.csproj").Folders);
    }

    [Fact]
    public void Two_projects_that_refer_to_each_other_end()
    {
        Write("A/A.csproj", """<Project><ItemGroup><ProjectReference Include="../B/B.csproj" /></ItemGroup></Project>""");
        Write("B/B.csproj", """<Project><ItemGroup><ProjectReference Include="../A/A.csproj" /></ItemGroup></Project>""");

        Assert.Equal(["A", "B"], Of("A/A.csproj").Folders);
    }

    [Fact]
    public void A_command_stands_for_everything()
        => Assert.Equal(["."], ProjectClosure.Of(_root.FullName, projectFile: null).Folders);

    [Fact]
    public void A_folder_with_one_project_names_it()
    {
        var project = Write("src/App/App.csproj", "<Project />");
        Write("two/A.csproj", "<Project />");
        Write("two/B.csproj", "<Project />");

        Assert.Equal(project, ProjectClosure.FindProject(_root.FullName, "src/App"));
        Assert.Equal(project, ProjectClosure.FindProject(_root.FullName, "src/App/App.csproj"));
        Assert.Null(ProjectClosure.FindProject(_root.FullName, "two"));
        Assert.Null(ProjectClosure.FindProject(_root.FullName, "none"));
    }

    private Closure Of(string project) => ProjectClosure.Of(_root.FullName, Path.Combine(_root.FullName, project));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_root.FullName, name.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
