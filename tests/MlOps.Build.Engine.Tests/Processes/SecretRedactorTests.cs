using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Tests.Processes;

/// <summary>What looks like a secret is not shown; everything else is left as it is.</summary>
public sealed class SecretRedactorTests
{
    [Theory]
    [InlineData("token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl end", "token *** end")]
    [InlineData("ghs_0123456789abcdefghijABCDEFGHIJ", "***")]
    [InlineData("x=ghp_0123456789abcdefghijABCDEFGHIJ012345;", "x=***;")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_0123456789", "***")]
    [InlineData("https://s.blob.core.windows.net/c?sv=2024&sig=abc%2Bdef%3D12345&se=2026", "https://s.blob.core.windows.net/c?sv=2024&sig=***&se=2026")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Zm9vYmFyZm9vYmFy==;EndpointSuffix=x", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=***;EndpointSuffix=x")]
    [InlineData("Server=db;User Id=sa;Password='a b;c';Encrypt=true", "Server=db;User Id=sa;Password=***;Encrypt=true")]
    [InlineData("Endpoint=sb://x/;SharedAccessKeyName=k;SharedAccessKey=abcdefgh=", "Endpoint=sb://x/;SharedAccessKeyName=k;SharedAccessKey=***")]
    [InlineData("Authorization: Bearer abcdefgh12345678", "Authorization: Bearer ***")]
    [InlineData("clone https://ana:hunter2@git.example.org/x failed", "clone https://ana:***@git.example.org/x failed")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "***")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\nafter", "***\nafter")]
    [InlineData("-----BEGIN PRIVATE KEY-----\ncut off", "***")]
    public void A_secret_of_a_known_shape_is_hidden(string text, string shown)
        => Assert.Equal(shown, SecretRedactor.Redact(text));

    [Theory]
    [InlineData("sha256:c41d77aa0123456789abcdef0123456789abcdef0123456789abcdef01234567")]
    [InlineData("01JDA4QZ8Y4X0V5T7N3K2M1P9A mlops deploy c41d77aa --to production")]
    [InlineData("AUC 0.753 (95 % interval +0.007 to +0.017), design=significant")]
    [InlineData("https://github.com/octo/flights/actions/runs/19283746")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----")]
    [InlineData("basic auth is off; the bearer was asked")]
    public void What_is_no_secret_is_left_as_it_is(string text)
        => Assert.Equal(text, SecretRedactor.Redact(text));

    [Fact]
    public void A_long_line_without_secrets_takes_no_long_time()
        => Assert.Equal(new string('a', 200_000), SecretRedactor.Redact(new string('a', 200_000)));
}
