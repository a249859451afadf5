using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Runs;

public class CacheKeyTests
{
    private static readonly CacheKey Key = new()
    {
        TrainerDigest = "t",
        Program = ["src/App"],
        TrainDigest = "d",
        ValidationDigest = null,
        Columns = TrainingFixture.Columns,
        Task = ModelTask.Regression,
        Parameters = new Dictionary<string, ParameterValue> { ["a"] = ParameterValue.Of(1), ["b"] = ParameterValue.Of("x") },
        Seed = 1,
        Threads = 2,
        Stop = "",
        Machine = MachineProbe.Current,
        SdkVersion = "10.0.400",
        Environment = ["LANG=C"],
    };

    public static TheoryData<string, Func<CacheKey, CacheKey>> Changes { get; } = new()
    {
        { "trainer", key => key with { TrainerDigest = "u" } },
        { "program", key => key with { Program = ["src/Other"] } },
        { "data", key => key with { TrainDigest = "e" } },
        { "validation", key => key with { ValidationDigest = "v" } },
        { "columns", key => key with { Columns = key.Columns with { Ignore = ["x"] } } },
        { "sensitive", key => key with { Columns = key.Columns with { Sensitive = ["x"] } } },
        { "task", key => key with { Task = ModelTask.BinaryClassification } },
        { "parameter", key => key with { Parameters = new Dictionary<string, ParameterValue> { ["a"] = ParameterValue.Of(2), ["b"] = ParameterValue.Of("x") } } },
        { "type of a parameter", key => key with { Parameters = new Dictionary<string, ParameterValue> { ["a"] = ParameterValue.Of("1"), ["b"] = ParameterValue.Of("x") } } },
        { "seed", key => key with { Seed = 2 } },
        { "threads", key => key with { Threads = 1 } },
        { "stop", key => key with { Stop = "5" } },
        { "engine", key => key with { Machine = key.Machine with { EngineDigest = "x" } } },
        { "runtime", key => key with { Machine = key.Machine with { Runtime = "11.0.0" } } },
        { "platform", key => key with { Machine = key.Machine with { Platform = "win-x64" } } },
        { "sdk", key => key with { SdkVersion = "10.0.500" } },
        { "environment", key => key with { Environment = ["LANG=tr_TR"] } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Whatever_can_change_a_model_changes_the_key(string part, Func<CacheKey, CacheKey> change)
        => Assert.True(change(Key).ToDigest() != Key.ToDigest(), part);

    [Fact]
    public void The_order_of_parameters_and_the_number_of_processors_do_not()
    {
        var same = Key with
        {
            Parameters = new Dictionary<string, ParameterValue> { ["b"] = ParameterValue.Of("x"), ["a"] = ParameterValue.Of(1) },
            Machine = Key.Machine with { Processors = 64 },
        };

        Assert.Equal(Key.ToDigest(), same.ToDigest());
    }

    [Fact]
    public void A_line_break_in_a_value_cannot_pose_as_another_part()
    {
        var one = Key with { Stop = "a", TrainDigest = "d\nstop a" };
        var other = Key with { Stop = "a", TrainDigest = "d" };

        Assert.NotEqual(one.ToDigest(), other.ToDigest());
    }
}
