using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>The source-generated JSON metadata of every contract record.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(FiniteDoubleConverter)])]
[JsonSerializable(typeof(DocumentHead))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(ConfigurationAnswer))]
[JsonSerializable(typeof(TrainRequest))]
[JsonSerializable(typeof(ScoreRequest))]
[JsonSerializable(typeof(TrainingRecord))]
[JsonSerializable(typeof(TrainingEvent))]
[JsonSerializable(typeof(ModelSchema))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(DataLock))]
[JsonSerializable(typeof(DataValidation))]
[JsonSerializable(typeof(SplitRecord))]
[JsonSerializable(typeof(SampleRecord))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunDetails))]
[JsonSerializable(typeof(RunComparison))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ScoreAnswer))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(PredictionsEvaluation))]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(RegistryEvent))]
[JsonSerializable(typeof(RegistryHead))]
[JsonSerializable(typeof(DeploymentRecord))]
[JsonSerializable(typeof(HealthRecord))]
[JsonSerializable(typeof(RegisteredBody))]
[JsonSerializable(typeof(JudgedBody))]
[JsonSerializable(typeof(ApprovedBody))]
[JsonSerializable(typeof(RejectedBody))]
[JsonSerializable(typeof(DeployedBody))]
[JsonSerializable(typeof(PromotedBody))]
[JsonSerializable(typeof(RolledBackBody))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(PromotionLock))]
[JsonSerializable(typeof(EnvironmentTerms))]
[JsonSerializable(typeof(Registration))]
[JsonSerializable(typeof(ReleaseAnswer))]
[JsonSerializable(typeof(ApprovalAnswer))]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(DeployAnswer))]
[JsonSerializable(typeof(RollbackAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(ModelsAnswer))]
[JsonSerializable(typeof(ModelAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
internal sealed partial class ContractContext : JsonSerializerContext;
