namespace MlOps.Build.Serving.Tests;

/// <summary>What a client sends where the project has steps of its own around the model.</summary>
public sealed class Visit
{
    public float Area { get; set; }

    public DateTime At { get; set; }

    public int Towns { get; set; }

    public string? Remark { get; set; }

    [Target]
    public float Price { get; set; }

    [RowId]
    public long Id { get; set; }

    public int Hour => At.Hour;
}

/// <summary>An answer with numbers that may fail.</summary>
public sealed record Answer(float Value, float[]? Shares);

/// <summary>Stands for the annotation, which is matched by name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TargetAttribute : Attribute;

/// <inheritdoc cref="TargetAttribute"/>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RowIdAttribute : Attribute;

/// <summary>A service between two steps of the project.</summary>
public sealed class VisitFixture : IAsyncDisposable
{
    private readonly TestEnvironment _environment = new();

    private VisitFixture()
    {
    }

    public TestService Service { get; private set; } = null!;

    public static async Task<VisitFixture> StartAsync(
        Action<House> seen, Func<float, Answer> answer, Action<ServingOptions<Visit>>? configure = null)
    {
        var fixture = new VisitFixture();
        fixture._environment.Deploy(fixture._environment.Add(Models.First));
        fixture.Service = await TestService.StartAsync(builder => builder.AddMlOpsServing<Visit, House, Price, Answer>(
            visit =>
            {
                var house = new House { Area = visit.Area + visit.Hour, Town = "Ulm" };
                seen(house);
                return house;
            },
            (price, _) => answer(price.Value),
            options =>
            {
                options.Deployment = fixture._environment.Folder;
                configure?.Invoke(options);
            }));
        return fixture;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _environment.Dispose();
    }
}
