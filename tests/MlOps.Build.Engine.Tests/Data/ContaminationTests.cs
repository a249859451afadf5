using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Tests.Data;

/// <summary>Whether a model of an earlier split has seen the holdout of today's. The truth is counted row by row.</summary>
public sealed class ContaminationTests
{
    private const int Rows = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<SplitConfiguration> Splits => new(
        new SplitConfiguration(),
        new SplitConfiguration { By = SplitMethod.Time },
        new SplitConfiguration { By = SplitMethod.Time, Gap = TimeSpan.FromHours(3), Validation = 0 },
        new SplitConfiguration { By = SplitMethod.Group });

    [Theory]
    [MemberData(nameof(Splits))]
    public void The_same_split_of_the_same_rows_is_clean(SplitConfiguration split)
    {
        using var data = Of(Rows, split);
        var earlier = data.Run();

        var found = data.Plan().Meets(earlier.Split, Cancellation);

        Assert.Equal((ContaminationResult.Clean, 0L, true), (found.Result, found.Rows, found.Exact));
        Assert.Equal(earlier.Split.Holdout.Rows, found.HoldoutRows);
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void A_larger_holdout_meets_exactly_the_rows_that_were_trained_on(SplitConfiguration split)
    {
        using var data = Of(Rows, split);
        var earlier = data.Run(folder: data.Folder.At("earlier"));
        data.Split = split with { Holdout = 0.5 };
        var today = data.Run(folder: data.Folder.At("today"));

        var found = data.Plan().Meets(earlier.Split, Cancellation);

        var seen = today.HoldoutIds.Intersect(earlier.TrainIds.Concat(earlier.ValidationIds)).Count();
        Assert.Equal((ContaminationResult.Contaminated, (long)seen, true), (found.Result, found.Rows!.Value, found.Exact));
        Assert.InRange(seen, 100, Rows);
        Assert.StartsWith($"Contaminated: the champion was trained on {seen} of the ", found.Sentence);
    }

    [Theory]
    [InlineData(SplitMethod.Hash)]
    [InlineData(SplitMethod.Group)]
    public void Rows_that_came_since_do_not_make_a_clean_holdout_unknown(SplitMethod method)
    {
        using var before = Of(Rows, new SplitConfiguration { By = method });
        using var after = Of(2 * Rows, new SplitConfiguration { By = method });

        var found = after.Plan().Meets(before.Plan().Record, Cancellation);

        Assert.Equal((ContaminationResult.Clean, false), (found.Result, found.Exact));
        Assert.Contains("as those rows are today", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_way_to_divide_meets_the_rows_it_meets()
    {
        using var data = Of(Rows, new SplitConfiguration { By = SplitMethod.Time });
        var earlier = data.Run(folder: data.Folder.At("earlier"));
        data.Split = new SplitConfiguration();
        var today = data.Run(folder: data.Folder.At("today"));

        Assert.Equal(
            today.HoldoutIds.Intersect(earlier.TrainIds.Concat(earlier.ValidationIds)).Count(),
            data.Plan().Meets(earlier.Split, Cancellation).Rows);
    }

    [Fact]
    public void A_larger_holdout_of_more_rows_is_not_known_and_says_how_many_at_most()
    {
        using var before = Of(Rows, new SplitConfiguration());
        using var after = Of(Rows + 1, new SplitConfiguration { Holdout = 0.5 });

        var found = after.Plan().Meets(before.Plan().Record, Cancellation);

        Assert.Equal(ContaminationResult.Unknown, found.Result);
        Assert.InRange(found.Rows!.Value, 100, Rows);
        Assert.Contains("at most", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_a_plan_is_never_clean()
    {
        using var data = Of(Rows, new SplitConfiguration());

        var found = data.Plan().Meets(data.Plan().Record with { Plan = null }, Cancellation);

        Assert.Equal((ContaminationResult.Unknown, null), (found.Result, found.Rows));
    }

    [Fact]
    public void Rows_with_other_keys_cannot_be_told_apart()
    {
        using var data = Of(Rows, new SplitConfiguration());
        var earlier = data.Plan().Record;
        data.Data = data.Data with { Id = [] };

        Assert.Contains("other keys", data.Plan().Meets(earlier, Cancellation).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_were_divided_by_another_group_cannot_be_told_apart()
    {
        using var data = Of(Rows, new SplitConfiguration { By = SplitMethod.Group });
        var earlier = data.Plan().Record;
        data.Data = data.Data with { Group = "origin" };

        var found = data.Plan().Meets(earlier, Cancellation);

        Assert.Equal(ContaminationResult.Unknown, found.Result);
        Assert.Contains("'plane'", found.Sentence, StringComparison.Ordinal);
    }

    private static Preparation Of(int rows, SplitConfiguration split)
    {
        var data = Preparation.Of(Preparation.Flights(rows));
        data.Mode = RunMode.Full;
        data.Split = split;
        data.Data = data.Data with { Group = split.By is SplitMethod.Group ? "plane" : null, Sensitive = [] };
        return data;
    }
}
