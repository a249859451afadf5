using System.Net;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving.Tests;

public sealed class LocalDeploymentTests : IDisposable
{
    private readonly TestEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task A_model_folder_becomes_a_deployment_that_a_service_answers_from()
    {
        var digest = LocalDeployment.Write(_environment.Folder, ModelFolder(Models.First));

        await using var service = await TestService.StartAsync(_environment);
        using var response = await service.ScoreAsync("""{ "area": 80, "town": "Ulm" }""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(digest, response.Headers.GetValues("X-MlOps-Model").Single());
    }

    [Fact]
    public void The_next_model_takes_over_and_the_one_before_stays_named()
    {
        var first = LocalDeployment.Write(_environment.Folder, ModelFolder(Models.First));

        var second = LocalDeployment.Write(_environment.Folder, ModelFolder(Models.Second));

        var deployment = Documents.Read<DeploymentRecord>(_environment.DeploymentFile);
        Assert.Equal(second, Assert.Single(deployment.Slots).Digest);
        Assert.Equal(first, deployment.Previous);
        Assert.Equal(2, deployment.Generation);
    }

    [Fact]
    public void A_folder_without_schema_is_refused_and_nothing_is_deployed()
    {
        var folder = ModelFolder(Models.First);
        File.Delete(Path.Combine(folder, "schema.json"));

        var refusal = Assert.Throws<ProblemException>(() => LocalDeployment.Write(_environment.Folder, folder));

        Assert.Contains("schema.json", refusal.Problem.What, StringComparison.Ordinal);
        Assert.False(File.Exists(_environment.DeploymentFile));
    }

    private string ModelFolder(TestModel model)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_environment.Folder, "trained", Digest.Hex(model.Digest))).FullName;
        File.WriteAllBytes(Path.Combine(folder, "model.zip"), model.Bytes);
        var schema = new ModelSchema { Task = ModelTask.Regression, Input = [], Classes = [] };
        File.WriteAllBytes(Path.Combine(folder, "schema.json"), Documents.Write(schema));
        return folder;
    }
}
