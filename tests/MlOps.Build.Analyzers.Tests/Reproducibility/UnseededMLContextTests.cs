using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Reproducibility.UnseededMLContextAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Reproducibility.UnseededMLContextFix>;

namespace MlOps.Build.Analyzers.Tests.Reproducibility;

public sealed class UnseededMLContextTests
{
    [Theory]
    [InlineData("ml.BinaryClassification.Trainers.SdcaLogisticRegression()")]
    [InlineData("ml.BinaryClassification.Trainers.SdcaNonCalibrated()")]
    [InlineData("ml.BinaryClassification.Trainers.LdSvm()")]
    [InlineData("ml.BinaryClassification.Trainers.SgdCalibrated()")]
    [InlineData("ml.BinaryClassification.Trainers.SgdNonCalibrated()")]
    [InlineData("ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine()")]
    [InlineData("ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()")]
    [InlineData("ml.MulticlassClassification.Trainers.SdcaNonCalibrated()")]
    [InlineData("ml.Regression.Trainers.Sdca()")]
    [InlineData("ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 })")]
    [InlineData("ml.Clustering.Trainers.KMeans()")]
    [InlineData("ml.AnomalyDetection.Trainers.RandomizedPca()")]
    [InlineData("ml.AnomalyDetection.Trainers.RandomizedPca(seed: null)")]
    [InlineData("ml.AnomalyDetection.Trainers.RandomizedPca(new RandomizedPcaTrainer.Options { Rank = 2 })")]
    [InlineData("ml.Transforms.ProjectToPrincipalComponents(\"P\")")]
    [InlineData("ml.Transforms.ApproximatedKernelMap(\"P\")")]
    [InlineData("ml.Data.ShuffleRows(null)")]
    [InlineData("ml.Data.BootstrapSample(null)")]
    public Task A_seed_sensitive_step_on_an_unseeded_context_is_a_warning(string step) => Rule.Says(
        $$"""
        class C
        {
            object M()
            {
                var ml = [|new MLContext()|];
                return {{step}};
            }
        }
        """);

    [Theory]
    [InlineData("ml.BinaryClassification.Trainers.AveragedPerceptron()")]
    [InlineData("ml.BinaryClassification.Trainers.LinearSvm()")]
    [InlineData("ml.BinaryClassification.Trainers.LbfgsLogisticRegression()")]
    [InlineData("ml.MulticlassClassification.Trainers.NaiveBayes()")]
    [InlineData("ml.Regression.Trainers.OnlineGradientDescent()")]
    [InlineData("ml.AnomalyDetection.Trainers.RandomizedPca(seed: 7)")]
    [InlineData("ml.AnomalyDetection.Trainers.RandomizedPca(new RandomizedPcaTrainer.Options { Seed = 7 })")]
    [InlineData("ml.Transforms.ProjectToPrincipalComponents(\"P\", seed: 7)")]
    [InlineData("ml.Transforms.Concatenate(\"Features\", \"A\")")]
    [InlineData("ml.Data.TrainTestSplit(null)")]
    [InlineData("ml.Data.ShuffleRows(null, seed: 7)")]
    [InlineData("ml.Data.BootstrapSample(null, seed: 7)")]
    [InlineData("ml.Transforms.ApproximatedKernelMap(\"P\", seed: 7)")]
    public Task A_step_that_does_not_vary_makes_it_an_information(string step) => Rule.Says(
        $$"""
        class C
        {
            object M()
            {
                var ml = {?new MLContext()?};
                return {{step}};
            }
        }
        """);

    [Theory]
    [InlineData("new MLContext(1)")]
    [InlineData("new MLContext(seed: 42)")]
    [InlineData("new MLContext(seed)")]
    [InlineData("new MLContext(Environment.TickCount)")]
    [InlineData("new(seed: 1) { GpuDeviceId = 0 }")]
    public Task A_seed_of_any_kind_is_quiet(string creation) => Rule.Says(
        $$"""
        class C
        {
            object M(int? seed)
            {
                MLContext ml = {{creation}};
                return ml.Regression.Trainers.Sdca();
            }
        }
        """);

    [Theory]
    [InlineData("new MLContext()")]
    [InlineData("new()")]
    [InlineData("new MLContext(null)")]
    [InlineData("new MLContext(seed: null)")]
    [InlineData("new MLContext(default)")]
    [InlineData("new MLContext((int?)null)")]
    [InlineData("new MLContext(default(int?))")]
    [InlineData("new MLContext { GpuDeviceId = 0 }")]
    public Task Every_way_to_leave_the_seed_out_is_seen(string creation) => Rule.Says(
        $$"""
        class C
        {
            object M()
            {
                MLContext ml = [|{{creation}}|];
                return ml.Regression.Trainers.Sdca();
            }
        }
        """);

    [Fact]
    public Task A_context_that_only_loads_and_predicts_needs_no_seed() => Rule.Says(
        """
        class In { public float X; }
        class Out { public float Score; }
        class Scorer
        {
            private readonly MLContext ml = new();
            private readonly PredictionEngine<In, Out> engine;

            public Scorer(string path) => engine = ml.Model.CreatePredictionEngine<In, Out>(ml.Model.Load(path, out _));

            public IEnumerable<Out> Batch(ITransformer model, IEnumerable<In> rows) =>
                ml.Data.CreateEnumerable<Out>(model.Transform(ml.Data.LoadFromEnumerable(rows)), false);
        }
        """);

    [Fact]
    public Task A_context_that_saves_a_model_has_trained_it() => Rule.Says(
        """
        class C
        {
            void M(ITransformer model, IDataView data)
            {
                var ml = {?new MLContext()?};
                ml.Model.Save(model, data.Schema, "model.zip");
            }
        }
        """);

    [Fact]
    public async Task Serving_code_is_reported_too_when_the_team_asks_for_it()
    {
        var markup = Markup.Read(
            """
            class C
            {
                ITransformer M(string path) => {?new MLContext()?}.Model.Load(path, out _);
            }
            """);
        var code = new Code((Code.FileName, markup.Text))
            .With("/repo/project/.editorconfig", "root = true\n[*.cs]\nMLOPS1001.training_only = false\n");

        await Rule.Expect(markup, code);
    }

    [Fact]
    public Task A_field_is_followed_through_the_type() => Rule.Says(
        """
        class C
        {
            private readonly MLContext ml = [|new()|];

            object Other() => ml.Transforms.Concatenate("Features", "A");

            object M() => ml.Regression.Trainers.Sdca();
        }
        """);

    [Fact]
    public Task A_field_set_in_the_constructor_is_followed() => Rule.Says(
        """
        class C
        {
            private readonly MLContext ml;

            public C() => ml = [|new MLContext()|];

            object M() => this.ml.Regression.Trainers.Sdca();
        }
        """);

    [Fact]
    public Task A_property_is_followed() => Rule.Says(
        """
        static class C
        {
            private static MLContext Ml { get; } = [|new()|];

            static object M() => Ml.Clustering.Trainers.KMeans();
        }
        """);

    [Fact]
    public Task A_parameter_of_a_helper_is_followed() => Rule.Says(
        """
        class C
        {
            void M()
            {
                var ml = [|new MLContext()|];
                Build(ml);
            }

            object Build(MLContext context) => context.Regression.Trainers.Sdca();
        }
        """);

    [Fact]
    public Task A_local_function_and_a_lambda_are_followed() => Rule.Says(
        """
        class C
        {
            void M()
            {
                var ml = [|new MLContext()|];
                var other = [|new MLContext()|];
                object Build() => ml.Regression.Trainers.Sdca();
                Func<object> make = () => other.Regression.Trainers.Sdca();
            }
        }
        """);

    [Fact]
    public Task A_method_that_makes_the_context_is_followed() => Rule.Says(
        """
        class C
        {
            private static MLContext Make() => [|new MLContext()|];

            private static MLContext Ml { get { return [|new MLContext()|]; } }

            object M() => Make().Regression.Trainers.Sdca();

            object N() => Ml.Regression.Trainers.Sdca();
        }
        """);

    [Fact]
    public Task A_catalog_kept_in_a_variable_is_followed() => Rule.Says(
        """
        class C
        {
            object M()
            {
                var trainers = [|new MLContext()|].Regression.Trainers;
                return trainers.Sdca();
            }
        }
        """);

    [Fact]
    public Task A_second_name_and_a_late_creation_are_followed() => Rule.Says(
        """
        class C
        {
            private MLContext ml;

            object M()
            {
                ml ??= [|new MLContext()|];
                var again = ml;
                return again.Regression.Trainers.Sdca();
            }
        }
        """);

    [Fact]
    public Task Two_contexts_are_told_apart() => Rule.Says(
        """
        class C
        {
            object M()
            {
                var trains = [|new MLContext()|];
                var seeded = new MLContext(1);
                var builds = {?new MLContext()?};
                return new object[]
                {
                    trains.Regression.Trainers.Sdca(), seeded.Regression.Trainers.Sdca(), builds.Transforms.CopyColumns("A", "B"),
                };
            }
        }
        """);

    [Fact]
    public Task A_nested_type_reports_once() => Rule.Says(
        """
        class Outer
        {
            class Inner
            {
                object M() => [|new MLContext()|].Regression.Trainers.Sdca();

                class Innermost
                {
                    object M() => [|new MLContext()|].Regression.Trainers.Sdca();
                }
            }
        }
        """);

    [Fact]
    public Task A_private_field_is_followed_into_a_nested_type() => Rule.Says(
        """
        class Outer
        {
            private static readonly MLContext Ml = [|new()|];

            class Inner
            {
                object M() => Ml.Regression.Trainers.Sdca();
            }
        }
        """);

    [Fact]
    public Task A_pipeline_built_in_another_class_is_followed() => Rule.Says(
        """
        class Trainer
        {
            void Run()
            {
                var ml = [|new MLContext()|];
                Pipeline.Build(ml);
            }
        }

        static class Pipeline
        {
            public static object Build(MLContext context) => context.Regression.Trainers.Sdca();
        }
        """);

    [Fact]
    public Task An_extension_method_of_our_own_is_followed() => Rule.Says(
        """
        class Trainer
        {
            object Run() => [|new MLContext()|].Build();
        }

        static class Pipeline
        {
            public static object Build(this MLContext context) => context.Regression.Trainers.Sdca();
        }
        """);

    [Fact]
    public Task A_shared_context_is_followed_into_other_classes() => Rule.Says(
        """
        static class Shared
        {
            public static readonly MLContext Ml = [|new()|];
        }

        class Trainer
        {
            object Run() => Shared.Ml.Regression.Trainers.Sdca();
        }
        """);

    [Fact]
    public Task A_shared_context_that_only_serves_stays_quiet() => Rule.Says(
        """
        static class Shared
        {
            public static readonly MLContext Ml = new();
        }

        class Scorer
        {
            object Run() => Shared.Ml.Model.Load("model.zip", out _);
        }
        """);

    [Fact]
    public Task A_constructor_argument_is_followed() => Rule.Says(
        """
        class Start
        {
            object Run() => new Trainer([|new MLContext()|]).Build();
        }

        class Trainer(MLContext ml)
        {
            public object Build() => ml.Regression.Trainers.Sdca();
        }
        """);

    [Theory]
    [InlineData("object M() => {?new MLContext()?};")]
    [InlineData("void M(List<MLContext> all) => all.Add({?new MLContext()?});")]
    [InlineData("Func<MLContext> M() => () => {?new MLContext()?};")]
    [InlineData("void M() { var ml = {?new MLContext()?}; }")]
    [InlineData("void M() { var ml = {?new MLContext()?}; ml.Log += (_, _) => { }; }")]
    [InlineData("object M() { var ml = {?new MLContext()?}; return ml?.Model; }")]
    [InlineData("object M(bool one) => one ? {?new MLContext()?} : new MLContext(1);")]
    public Task What_cannot_be_followed_is_an_information(string member) => Rule.Says(
        $$"""class C { {{member}} } class D { object Trainer(MLContext ml) => ml.Regression.Trainers.OnlineGradientDescent(); }""");

    [Theory]
    [InlineData("void M(List<MLContext> all) => all.Add(new MLContext());")]
    [InlineData("Func<MLContext> M() => () => new MLContext();")]
    [InlineData("object M(bool one) => one ? new MLContext() : new MLContext(1);")]
    public Task Where_nothing_trains_a_context_that_is_handed_over_serves(string member) => Rule.Says(
        $$"""class C { {{member}} } class D { object Model(MLContext ml) => ml.Model.Load("m.zip", out _); }""");

    [Fact]
    public Task Top_level_statements_are_seen() => Rule.SaysOfProgram(
        """
        var ml = [|new MLContext()|];
        Console.WriteLine(Build());

        object Build() => ml.Regression.Trainers.Sdca();
        """);

    [Fact]
    public Task A_class_of_another_library_with_the_same_name_is_quiet() => Rule.Says(
        """
        namespace Other
        {
            class MLContext { public Catalog Regression = new(); }
            class Catalog { public object Sdca() => new(); }
            class C { object M() => new Other.MLContext().Regression.Sdca(); }
        }
        """);

    [Fact]
    public async Task The_message_names_the_step_the_reason_and_the_remedy()
    {
        var code = new Code((Code.FileName, "class C { object M() => new MLContext().Regression.Trainers.Sdca(); }"));

        var finding = Assert.Single(await code.Findings<UnseededMLContextAnalyzer>());

        Assert.Equal(
            "'Sdca' gives another model on each run because this MLContext has no seed, so two trainings on the same data cannot be compared. "
            + "Write 'new MLContext(seed: 1)'.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("https://mlops.build/rules/MLOPS1001", finding.Descriptor.HelpLinkUri);
    }

    [Fact]
    public async Task Of_several_sensitive_steps_the_message_always_names_the_same_one()
    {
        var code = new Code((
            Code.FileName,
            """
            class C
            {
                private readonly MLContext ml = new();
                object A() => ml.Regression.Trainers.Sdca();
                object B() => ml.Clustering.Trainers.KMeans();
                object D() => ml.AnomalyDetection.Trainers.RandomizedPca();
            }
            """));

        var finding = Assert.Single(await code.Findings<UnseededMLContextAnalyzer>());

        Assert.StartsWith("'KMeans'", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sdca()", true)]
    [InlineData("Sdca(new SdcaRegressionTrainer.Options())", true)]
    [InlineData("Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 2 })", true)]
    [InlineData("Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 })", false)]
    [InlineData("Sdca(options)", false)]
    [InlineData("OnlineGradientDescent()", false)]
    public async Task Sdca_on_many_threads_is_reported_when_the_team_asks_for_it(string trainer, bool reported)
    {
        var call = "ml.Regression.Trainers." + trainer;
        var markup = Markup.Read(
            $$"""
            class C
            {
                object M(SdcaRegressionTrainer.Options options)
                {
                    var ml = new MLContext(1);
                    return {{(reported ? $"[|{call}|]" : call)}};
                }
            }
            """);
        var code = new Code((Code.FileName, markup.Text))
            .With("/repo/project/.editorconfig", "root = true\n[*.cs]\nmlops_analyzers.require_single_thread = true\n");

        await Rule.Expect(markup, code);
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "new MLContext(", "new MLContext(seed: )", "new MLContext(1, 2)", "new MLContext(nothing)", "new(" })
        {
            var code = new Code((Code.FileName, $"class C {{ void M() {{ MLContext ml = {broken}; ml. }}")) { MayBeBroken = true };

            await code.Findings<UnseededMLContextAnalyzer>();
        }
    }

    [Fact]
    public async Task Without_ML_NET_nothing_is_registered()
    {
        var code = new Code((Code.FileName, "class MLContext { } class C { object M() => new MLContext(); }"))
        {
            MayBeBroken = true,
        }.WithoutMlNet();

        Assert.Empty(await code.Findings<UnseededMLContextAnalyzer>());
    }

    [Fact]
    public Task The_fix_adds_the_seed() => Rule.Mends(
        """
        class C
        {
            object M() => [|new MLContext()|].Regression.Trainers.Sdca();
        }
        """,
        """
        class C
        {
            object M() => new MLContext(seed: 1).Regression.Trainers.Sdca();
        }
        """);

    [Theory]
    [InlineData("new()", "new(seed: 1)")]
    [InlineData("new MLContext(null)", "new MLContext(seed: 1)")]
    [InlineData("new MLContext(seed: null)", "new MLContext(seed: 1)")]
    [InlineData("new MLContext(/* none */ null)", "new MLContext(/* none */ seed: 1)")]
    [InlineData("new MLContext { GpuDeviceId = 0 }", "new MLContext(seed: 1) { GpuDeviceId = 0 }")]
    [InlineData("new() { GpuDeviceId = 0 }", "new(seed: 1) { GpuDeviceId = 0 }")]
    [InlineData("new Microsoft.ML.MLContext()", "new Microsoft.ML.MLContext(seed: 1)")]
    public Task The_fix_knows_each_form(string before, string after) => Rule.Mends(
        $"class C {{ private readonly MLContext ml = [|{before}|]; object M() => ml.Regression.Trainers.Sdca(); }}",
        $"class C {{ private readonly MLContext ml = {after}; object M() => ml.Regression.Trainers.Sdca(); }}");

    [Fact]
    public Task The_fix_mends_all_of_a_document_at_once() => Rule.Mends(
        """
        class C
        {
            // kept
            object A() => [|new MLContext()|].Regression.Trainers.Sdca(); // kept too
            object B() => {?new MLContext()?};
            MLContext D() => {?new()?};
        }
        """,
        """
        class C
        {
            // kept
            object A() => new MLContext(seed: 1).Regression.Trainers.Sdca(); // kept too
            object B() => new MLContext(seed: 1);
            MLContext D() => new(seed: 1);
        }
        """);
}
