using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Run;

/// <summary>The option <c>--mode</c>, spelled the same for every verb.</summary>
internal static class ModeOption
{
    public static Option<RunMode> Create(string description) => WordOption.Create<RunMode>("--mode", description, "a mode");
}
