using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.DroppedResultAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.DroppedResultFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class DroppedResultTests
{
    private const string Before =
        "class C { void M(MLContext ml, IDataView data, IEstimator<ITransformer> p, EstimatorChain<ITransformer> chain, "
        + "TransformerChain<ITransformer> fitted, IDataLoader<IMultiStreamSource> loader) { ";

    [Theory]
    [InlineData("[|p.Append(ml.Transforms.CopyColumns(\"A\", \"B\"))|];")]
    [InlineData("[|chain.Append(ml.Transforms.CopyColumns(\"A\", \"B\"))|];")]
    [InlineData("[|chain.AppendCacheCheckpoint(ml)|];")]
    [InlineData("[|p.AppendCacheCheckpoint(ml)|];")]
    [InlineData("[|fitted.Append<ITransformer>(fitted)|];")]
    [InlineData("[|loader.Append(ml.Transforms.CopyColumns(\"A\", \"B\"))|];")]
    [InlineData("[|p.Append(p).Append(p)|];")]
    [InlineData("p?[|.Append(p)|];")]
    [InlineData("[|LearningPipelineExtensions.Append(p, p)|];")]
    [InlineData("[|ml.Data.TrainTestSplit(data)|];")]
    [InlineData("[|ml.Data.CrossValidationSplit(data)|];")]
    [InlineData("[|ml.Data.Cache(data)|];")]
    [InlineData("[|ml.Data.ShuffleRows(data, seed: 1)|];")]
    [InlineData("[|ml.Data.FilterRowsByColumn(data, \"A\", 0, 1)|];")]
    [InlineData("[|ml.Data.FilterRowsByKeyColumnFraction(data, \"A\", 0, 1)|];")]
    [InlineData("[|ml.Data.FilterRowsByMissingValues(data, \"A\")|];")]
    [InlineData("[|ml.Data.TakeRows(data, 5)|];")]
    [InlineData("[|ml.Data.SkipRows(data, 5)|];")]
    [InlineData("[|ml.Data.BootstrapSample(data)|];")]
    [InlineData("Action late = () => [|p.Append(p)|];")]
    [InlineData("void Local() => [|p.Append(p)|];")]
    [InlineData("foreach (var column in new[] { \"A\" }) [|p.Append(ml.Transforms.CopyColumns(column, \"B\"))|];")]
    public Task A_dropped_result_is_a_warning(string statement) => Rule.Says(Before + statement + " } }");

    [Theory]
    [InlineData("p = p.Append(p);")]
    [InlineData("var longer = p.Append(p);")]
    [InlineData("_ = p.Append(p);")]
    [InlineData("Console.WriteLine(p.Append(p));")]
    [InlineData("p.Append(p).Fit(data);")]
    [InlineData("p.Fit(data);")]
    [InlineData("Func<object> later = () => p.Append(p);")]
    [InlineData("object Local() => p.Append(p);")]
    [InlineData("new System.Text.StringBuilder().Append(1);")]
    [InlineData("new List<int>().Append(1);")]
    [InlineData("var parts = ml.Data.TrainTestSplit(data);")]
    [InlineData("ml.Data.CreateEnumerable<object>(data, false);")]
    public Task A_result_that_is_used_is_quiet(string statement) => Rule.Says(Before + statement + " } }");

    [Theory]
    [InlineData("p.Append(p)", "The result of 'Append' is dropped, so the step is missing from the pipeline. Assign it back or chain the call.")]
    [InlineData("ml.Data.Cache(d)", "The result of 'Cache' is dropped, so the data stays as it was. Assign it and use the new view.")]
    [InlineData("ml.Data.TrainTestSplit(d)", "The result of 'TrainTestSplit' is dropped, so the data is not split. Assign it and use its parts.")]
    public async Task The_message_names_the_call_the_effect_and_the_remedy(string call, string message)
    {
        var code = new Code((Code.FileName, $"class C {{ void M(MLContext ml, IDataView d, IEstimator<ITransformer> p) {{ {call}; }} }}"));

        var finding = Assert.Single(await code.Findings<DroppedResultAnalyzer>());

        Assert.Equal(message, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("https://mlops.build/rules/MLOPS2007", finding.Descriptor.HelpLinkUri);
    }

    [Fact]
    public Task The_fix_assigns_back_where_the_variable_can_hold_the_result() => Rule.Mends(
        """
        class C
        {
            private IEstimator<ITransformer> field;
            private IEstimator<ITransformer> Own { get; set; }

            void M(MLContext ml, IEstimator<ITransformer> p, IDataView data)
            {
                // why
                [|p.Append(ml.Transforms.CopyColumns("A", "B"))|]; // what
                [|this.field.Append(p)|];
                [|Own.Append(p).Append(p)|];
                [|ml.Data.Cache(data)|];
                [|ml.Data.Cache(ml.Data.TakeRows(data, 5))|];
                Action late = () => [|p.Append(p)|];
                if (late is null) [|p.Append(p)|];
            }
        }
        """,
        """
        class C
        {
            private IEstimator<ITransformer> field;
            private IEstimator<ITransformer> Own { get; set; }

            void M(MLContext ml, IEstimator<ITransformer> p, IDataView data)
            {
                // why
                p = p.Append(ml.Transforms.CopyColumns("A", "B")); // what
                this.field = this.field.Append(p);
                Own = Own.Append(p).Append(p);
                data = ml.Data.Cache(data);
                data = ml.Data.Cache(ml.Data.TakeRows(data, 5));
                Action late = () => p = p.Append(p);
                if (late is null) p = p.Append(p);
            }
        }
        """);

    [Fact]
    public Task The_fix_chains_into_a_declaration_that_cannot_hold_the_result() => Rule.Mends(
        """
        class C
        {
            void M(MLContext ml, IDataView data)
            {
                var p = ml.Transforms.CopyColumns("A", "B");
                [|p.Append(ml.Transforms.CopyColumns("C", "D"))|];
                p.Fit(data);
            }
        }
        """,
        """
        class C
        {
            void M(MLContext ml, IDataView data)
            {
                var p = ml.Transforms.CopyColumns("A", "B").Append(ml.Transforms.CopyColumns("C", "D"));
                p.Fit(data);
            }
        }
        """);

    [Fact]
    public Task Several_dropped_steps_become_one_chain() => Rule.Mends(
        """
        class C
        {
            void M(MLContext ml, IDataView data)
            {
                var p = ml.Transforms.CopyColumns("A", "B");
                // first
                [|p.Append(ml.Transforms.Concatenate("C", "D"))|];
                [|p.Append(ml.Transforms.DropColumns("E"))|]; // last
                p.Fit(data);
            }
        }
        """,
        """
        class C
        {
            void M(MLContext ml, IDataView data)
            {
                // first
                var p = ml.Transforms.CopyColumns("A", "B").Append(ml.Transforms.Concatenate("C", "D")).Append(ml.Transforms.DropColumns("E")); // last
                p.Fit(data);
            }
        }
        """);

    [Fact]
    public Task Top_level_statements_are_chained_too() => Rule.Mends(
        """
        var ml = new MLContext(1);
        var p = ml.Transforms.CopyColumns("A", "B");
        [|p.Append(ml.Transforms.CopyColumns("C", "D"))|];
        Console.WriteLine(p);
        """,
        """
        var ml = new MLContext(1);
        var p = ml.Transforms.CopyColumns("A", "B").Append(ml.Transforms.CopyColumns("C", "D"));
        Console.WriteLine(p);
        """,
        program: true);

    [Theory]
    [InlineData("[|ml.Data.TrainTestSplit(data)|];")]
    [InlineData("p?[|.Append(p)|];")]
    [InlineData("[|fixedOne.Append(p)|];")]
    [InlineData("[|Make().Append(p)|];")]
    [InlineData("var own = ml.Transforms.CopyColumns(\"A\", \"B\"); own.Fit(data); [|own.Append(p)|];")]
    [InlineData("var own = ml.Transforms.CopyColumns(\"A\", \"B\"); [|own.Append(own)|];")]
    [InlineData("ColumnCopyingEstimator own = ml.Transforms.CopyColumns(\"A\", \"B\"); [|own.Append(p)|];")]
    [InlineData("foreach (var each in new[] { p }) [|each.Append(p)|];")]
    public Task No_fix_is_offered_where_none_is_sure(string statement) => Rule.HasNoFixFor(
        $$"""
        using Microsoft.ML.Transforms;
        class C
        {
            private readonly IEstimator<ITransformer> fixedOne;
            IEstimator<ITransformer> Make() => fixedOne;
            void M(MLContext ml, IDataView data, IEstimator<ITransformer> p) { {{statement}} }
        }
        """);

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "p.Append(", "p.Append();", "p.Append(nothing);", "p.Append(p", "p?.Append(" })
        {
            var code = new Code((Code.FileName, $"class C {{ void M(IEstimator<ITransformer> p) {{ {broken} }} }}")) { MayBeBroken = true };

            await code.Findings<DroppedResultAnalyzer>();
        }
    }
}
