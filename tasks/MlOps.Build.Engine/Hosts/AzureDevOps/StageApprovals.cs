using System.Text.Json.Nodes;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Who let the stage of this job begin. The run's timeline names the approvals; a check cannot be told what it approves, so a deployment binds it afterwards.</summary>
internal static class StageApprovals
{
    public static async Task<IReadOnlyList<HostApproval>> AskAsync(RestClient client, AzureJob job, string environment, CancellationToken cancellationToken)
    {
        var project = Uri.EscapeDataString(job.ProjectId);
        var timeline = await client.GetAsync(
            $"{project}/_apis/build/builds/{Uri.EscapeDataString(job.BuildId)}/timeline{(job.TimelineId is { } id ? "/" + Uri.EscapeDataString(id) : string.Empty)}",
            cancellationToken);
        var ids = Ids([.. timeline.List("records")], job.Stage);
        if (ids.Count == 0)
        {
            return [];
        }

        var answer = await client.GetAsync($"{project}/_apis/pipelines/approvals?approvalIds={string.Join(',', ids)}&$expand=steps", cancellationToken);
        return
        [
            ..
            from approval in answer.List("value")
            where ids.Contains(approval.Text("id") ?? string.Empty)
            from step in approval.List("steps")
            let status = step.Text("status")
            where status is "approved" or "rejected"
            let approver = step.Get("actualApprover")
            where approver is not null
            select new HostApproval(
                environment,
                status == "approved",
                approver.Text("uniqueName") ?? approver.Text("id") ?? "unknown",
                step.Text("comment"),
                step.Time("lastModifiedOn"),
                job.StageAttempt)
            {
                ApproverId = approver.Text("id"),
            },
        ];
    }

    /// <summary>The approvals under the checkpoint of the stage: those of another stage say nothing about this one.</summary>
    private static HashSet<string> Ids(IReadOnlyList<JsonNode> records, string? stage)
    {
        var byId = records.Where(record => record.Text("id") is not null).ToLookup(record => record.Text("id")!, StringComparer.OrdinalIgnoreCase);
        return new(
            from record in records
            where record.Text("type") == "Checkpoint.Approval" && record.Text("id") is not null && StageOf(record, byId) == stage && stage is not null
            select record.Text("id")!,
            StringComparer.OrdinalIgnoreCase);
    }

    private static string? StageOf(JsonNode record, ILookup<string, JsonNode> byId)
    {
        var current = record;
        for (var depth = 0; current is not null && depth < 8; depth++)
        {
            if (current.Text("type") == "Stage")
            {
                return current.Text("identifier") ?? current.Text("name");
            }

            current = current.Text("parentId") is { } parent ? byId[parent].FirstOrDefault() : null;
        }

        return null;
    }
}
