using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Approval;

/// <summary>Says how an approval is given where one is missing, by the sources that count there.</summary>
public static class ApprovalAdvice
{
    public static string Of(ClearanceRequest request) => Of(request.Terms, Digest.Short(request.ModelDigest));

    public static string Of(EnvironmentTerms terms, string model)
        => string.Join(" Or: ", Terms.SourceWords.Values.Where(source => Terms.Admits(terms, source)).Select(source => source switch
        {
            ApprovalSource.GithubReview =>
                $"deploy in a job with `environment: {terms.Name}` and let a reviewer approve it on GitHub{Comment(terms)}.",
            ApprovalSource.AzureDevopsApproval =>
                $"deploy in a stage with the environment {terms.Name} and let an approver approve it on Azure DevOps{Comment(terms)}.",
            ApprovalSource.PromotionLock => $"`mlops promote {model} --to {terms.Name}`, and let code owners merge the file.",
            _ => $"`mlops approve {model} --to {terms.Name} --key <file>`, by somebody named in mlops.yml.",
        }));

    /// <summary>The command that begins the way to an approval; null where a build server or a person does the rest.</summary>
    public static string? Command(EnvironmentTerms terms, string model)
        => Terms.Admits(terms, ApprovalSource.LocalKey) ? $"mlops approve {model} --to {terms.Name} --key <file>"
            : Terms.Admits(terms, ApprovalSource.PromotionLock) ? $"mlops promote {model} --to {terms.Name}"
            : null;

    private static string Comment(EnvironmentTerms terms)
        => terms.RequireDigestInComment == true ? " with the first 12 characters of the model's digest in the comment" : string.Empty;
}
