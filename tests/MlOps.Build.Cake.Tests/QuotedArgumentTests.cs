using Cake.MlOps;

namespace MlOps.Build.Cake.Tests;

public sealed class QuotedArgumentTests
{
    [Theory]
    [InlineData("base=main", "\"base=main\"")]
    [InlineData("reason=a \"big\" one", "\"reason=a \\\"big\\\" one\"")]
    [InlineData("root=C:\\a b\\", "\"root=C:\\a b\\\\\"")]
    [InlineData("reason=\\\"", "\"reason=\\\\\\\"\"")]
    [InlineData("", "\"\"")]
    public void One_argument_stays_one(string text, string quoted) => Assert.Equal(quoted, QuotedArgument.Of(text));
}
