using System.Net;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving.Tests;

public sealed class DeploymentTests
{
    [Fact]
    public async Task Without_a_deployment_the_service_runs_and_says_what_to_do()
    {
        using var environment = new TestEnvironment();
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.ScoreAsync("""{ "area": 1, "town": "Ulm" }""");
        using var health = await service.Client.GetAsync("/mlops/health");

        using var problem = await ScoringTests.ProblemAsync(response, HttpStatusCode.ServiceUnavailable, "MLO2755");
        Assert.Contains("mlops deploy", problem.RootElement.GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HealthStatus.Unhealthy, (await service.HealthAsync()).Status);
        Assert.Equal("MLO2750", (await service.HealthAsync()).Reason!.Code);
    }

    [Fact]
    public async Task Without_a_folder_the_setting_is_named()
    {
        await using var service = await TestService.StartAsync(builder => builder.AddMlOpsServing<House, Price>());

        var health = await service.HealthAsync();

        Assert.Contains("Mlops:Deployment", health.Reason!.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_deployment_is_picked_up_while_the_service_runs()
    {
        using var environment = new TestEnvironment();
        await using var service = await TestService.StartAsync(environment);
        var digest = environment.Add(Models.First);

        environment.Deploy(digest);

        var health = await service.UntilAsync(health => health.Status == HealthStatus.Healthy);
        Assert.Equal((digest, 1L, 0L), (health.Digest, health.Generation, health.Swaps));
    }

    [Fact]
    public async Task A_new_generation_of_the_same_model_is_no_swap()
    {
        using var environment = new TestEnvironment();
        var digest = environment.Add(Models.First);
        environment.Deploy(digest);
        await using var service = await TestService.StartAsync(environment);
        var since = (await service.HealthAsync()).Since;

        environment.Deploy(digest);

        var health = await service.UntilAsync(health => health.Generation == 2);
        Assert.Equal((0L, since), (health.Swaps, health.Since));
    }

    [Fact]
    public async Task One_flipped_byte_in_a_model_leaves_the_old_model_answering()
    {
        using var environment = new TestEnvironment();
        var good = environment.Add(Models.First);
        environment.Deploy(good);
        await using var service = await TestService.StartAsync(environment);
        var bad = environment.Add(Models.Second);
        var bytes = await File.ReadAllBytesAsync(environment.ModelFileOf(bad));
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(environment.ModelFileOf(bad), bytes);

        environment.Deploy(bad);

        var health = await service.UntilAsync(health => health.Status == HealthStatus.Degraded);
        Assert.Equal(("MLO2752", good, 1L), (health.Reason!.Code, health.Digest, health.Generation));
        using var response = await service.ScoreAsync("""{ "area": 1, "town": "Ulm" }""");
        Assert.Equal(good, response.Headers.GetValues("X-MlOps-Model").Single());
        using var degraded = await service.Client.GetAsync("/mlops/health");
        Assert.Equal(HttpStatusCode.OK, degraded.StatusCode);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "manifest-missing", "MLO2001" },
        { "manifest-changed", "MLO2752" },
        { "file-missing", "MLO2752" },
        { "file-truncated", "MLO2752" },
        { "file-surplus", "MLO2752" },
        { "folder-missing", "MLO2752" },
        { "no-model", "MLO2753" },
        { "other-columns", "MLO2753" },
        { "two-slots", "MLO2751" },
        { "mirror", "MLO2751" },
        { "half-weight", "MLO2751" },
        { "no-slot", "MLO2751" },
        { "path-outside", "MLO2751" },
        { "path-nul", "MLO2751" },
        { "garbled", "MLO2001" },
        { "empty", "MLO2001" },
        { "huge", "MLO2750" },
        { "removed", "MLO2750" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_bad_deployment_is_refused_with_its_reason_and_a_good_one_heals(string damage, string code)
    {
        using var environment = new TestEnvironment();
        var first = environment.Add(Models.First);
        var second = environment.Add(Models.Second);
        environment.Deploy(first);
        await using var service = await TestService.StartAsync(environment);

        Damage.Do(damage, environment, second);

        var health = await service.UntilAsync(health => health.Status == HealthStatus.Degraded);
        Assert.Equal((code, first), (health.Reason!.Code, health.Digest));
        using var response = await service.ScoreAsync("""{ "area": 1, "town": "Ulm" }""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        environment.Deploy(first);
        var healed = await service.UntilAsync(health => health.Status == HealthStatus.Healthy);
        Assert.Equal((1L, code, 0L), (healed.RejectedDeployments, healed.LastRejection!.Code, healed.Swaps));
    }

    [Fact]
    public async Task A_model_folder_that_is_still_growing_is_served_once_it_is_complete()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);
        var second = environment.Add(Models.Second);
        var whole = await File.ReadAllBytesAsync(environment.ModelFileOf(second));
        await File.WriteAllBytesAsync(environment.ModelFileOf(second), whole[..100]);
        environment.Deploy(second);
        await service.UntilAsync(health => health.Status == HealthStatus.Degraded);

        await File.WriteAllBytesAsync(environment.ModelFileOf(second), whole);

        var health = await service.UntilAsync(health => health.Status == HealthStatus.Healthy);
        Assert.Equal((second, 1L), (health.Digest, health.Swaps));
    }

    [Fact]
    public async Task The_environments_folder_may_vanish_and_come_back()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);
        var second = environment.Add(Models.Second);
        var elsewhere = environment.Folder + ".away";
        Directory.Move(environment.Folder, elsewhere);
        await service.UntilAsync(health => health.Status == HealthStatus.Degraded);

        Directory.Move(elsewhere, environment.Folder);
        environment.Deploy(second);

        var health = await service.UntilAsync(health => health.Status == HealthStatus.Healthy && health.Swaps == 1);
        Assert.Equal(second, health.Digest);
    }

    [Fact]
    public async Task A_model_that_answers_the_sample_with_nan_never_takes_over()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));

        await using var service = await TestService.StartAsync(builder
            => builder.AddMlOpsServing<House, House, Price, Answer>(
                house => house,
                (_, _) => new Answer(float.NaN, null),
                options =>
                {
                    options.Deployment = environment.Folder;
                    options.Sample = House.Example;
                }));

        var health = await service.HealthAsync();
        Assert.Equal((HealthStatus.Unhealthy, "MLO2754"), (health.Status, health.Reason!.Code));
    }
}
