using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class UnitTextTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("2h", 7200)]
    [InlineData("14d", 1209600)]
    [InlineData("250ms", 0.25)]
    public void Durations_are_read_and_written_back(string text, double seconds)
    {
        Assert.True(UnitText.TryDuration(text, out var value));
        Assert.Equal(seconds, value.TotalSeconds);
        Assert.True(UnitText.TryDuration(UnitText.Duration(value), out var again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("-1m")]
    [InlineData("1,5h")]
    [InlineData("m")]
    [InlineData("99999999d")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(UnitText.TryDuration(text, out _));

    [Theory]
    [InlineData("4GB", 4_000_000_000)]
    [InlineData("1.5MiB", 1_572_864)]
    [InlineData("12B", 12)]
    public void Sizes_are_read(string text, long bytes)
    {
        Assert.True(UnitText.TrySize(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("lates", "late")]
    [InlineData("orgiin", "origin")]
    [InlineData("zzzzzz", null)]
    public void The_closest_word_is_suggested(string word, string? expected)
        => Assert.Equal(expected, DidYouMean.Closest(word, ["late", "origin", "carrier"]));
}
