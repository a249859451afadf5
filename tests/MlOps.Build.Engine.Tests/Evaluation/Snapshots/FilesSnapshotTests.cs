using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>What is said of plain files is that of the snapshots. Set MLOPS_UPDATE=1 to write them anew, and read the difference.</summary>
public sealed class FilesSnapshotTests
{
    public static TheoryData<string> Names => [.. FilesCases.Judged.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_said_of_files_is_the_snapshot(string name)
    {
        using var folder = new CaseFolder();

        EvaluationSnapshot.Check(name, new FilesHandler(folder).Handle(FilesCases.Judged[name](folder)).Document);

        Assert.Equal(["read predictions", "evaluate"], folder.Said);
    }

    [Fact]
    public void Files_that_cannot_be_judged_are_refused_in_the_words_of_the_snapshot()
        => CaseFolder.Check("files-refused", FilesCases.Refused.ToDictionary(pair => pair.Key, pair => new Func<System.Text.Json.Nodes.JsonObject>(() =>
        {
            using var folder = new CaseFolder();
            var request = pair.Value(folder) with { Folder = folder.Path };
            return folder.Refusal(pair.Key, () => new FilesHandler(folder).Handle(request));
        })));
}
