using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

public sealed class WebLinkTests
{
    [Theory]
    [InlineData("https://ci.example.org/runs/1?a=(b)", "https://ci.example.org/runs/1?a=%28b%29")]
    [InlineData("HTTP://ci.example.org/@everyone", "http://ci.example.org/%40everyone")]
    [InlineData("\\\\\u200f", null)]
    [InlineData("https://ci.example.org/\u200f", null)]
    [InlineData("https://ci.example.org/a b", null)]
    [InlineData("https://someone@ci.example.org/", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("httpx://ci.example.org", null)]
    [InlineData("/runs/1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_pages_of_the_web_become_links(string? address, string? link)
        => Assert.Equal(link, WebLink.Of(address));
}
