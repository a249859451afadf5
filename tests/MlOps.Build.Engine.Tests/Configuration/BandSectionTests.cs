using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Pipeline;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class BandSectionTests
{
    [Fact]
    public void Bands_are_read()
    {
        var data = Parse("{ hour: { edges: [6, 12.5] }, distance: { quantiles: 4 } }").Configuration.Data;

        Assert.Equal([6, 12.5], data.Bands["hour"].Edges);
        Assert.Equal(4, data.Bands["distance"].Quantiles);
    }

    [Theory]
    [InlineData("{ hour: { } }", "either edges or a number of quantiles")]
    [InlineData("{ hour: { edges: [1], quantiles: 3 } }", "either edges or a number of quantiles")]
    [InlineData("{ hour: { edges: [6, 6] } }", "[6, 6] are not ascending")]
    [InlineData("{ hour: { edges: [12, 6] } }", "[12, 6] are not ascending")]
    [InlineData("{ hour: { edges: [6, noon] } }", "[6, noon] are not ascending")]
    [InlineData("{ hour: { quantiles: 51 } }", "more than 50 bands")]
    [InlineData("{ hours: { quantiles: 4 } }", "Did you mean 'hour'?")]
    public void What_cuts_nothing_is_refused_with_its_place(string bands, string why)
    {
        var problem = Assert.Single(Parse(bands).Problems);

        Assert.Equal(("MLO2014", 3), (problem.Code, problem.Place!.Line));
        Assert.Contains(why, problem.Why);
    }

    [Fact]
    public void A_change_cannot_move_the_bands_it_is_judged_by()
    {
        var mergeBase = Parse("{ hour: { edges: [6] } }").Configuration;
        var head = Parse("{ hour: { edges: [23] }, distance: { quantiles: 4 } }").Configuration;

        var binding = BindingPolicy.Of(head, mergeBase);

        Assert.Equal([6], binding.Data.Bands["hour"].Edges);
        Assert.DoesNotContain("distance", binding.Data.Bands.Keys);
        Assert.Contains("'data.bands' differs: the merge base's is used.", BindingPolicy.Differences(head, mergeBase));
    }

    [Fact]
    public void A_change_brings_bands_for_a_column_it_adds()
    {
        var mergeBase = Parse("{ hour: { edges: [6] } }", "[hour]").Configuration;
        var head = Parse("{ hour: { edges: [6] }, distance: { quantiles: 4 } }").Configuration;

        Assert.Equal(4, BindingPolicy.Of(head, mergeBase).Data.Bands["distance"].Quantiles);
        Assert.Empty(BindingPolicy.Differences(head, mergeBase));
    }

    private static ConfigurationResult Parse(string bands, string slices = "[hour, distance]")
        => ConfigurationReader.Parse(
            $"""
            model: flights
            task: binary-classification
            data: {"{"} source: data/*.csv, label: late, slices: {slices}, bands: {bands} {"}"}
            train: {"{"} project: src/Training {"}"}
            """,
            "mlops.yml");
}
