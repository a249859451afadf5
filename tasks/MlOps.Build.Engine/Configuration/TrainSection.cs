namespace MlOps.Build.Engine.Configuration;

/// <summary>The <c>train</c> and <c>score</c> sections.</summary>
internal static class TrainSection
{
    public static TrainConfiguration Read(YamlMap map)
    {
        var defaults = new TrainConfiguration();
        var budget = map.Map("budget");
        var stop = map.Map("stop");
        var train = new TrainConfiguration
        {
            Project = map.Text("project"),
            Command = map.Texts("command"),
            Parameters = Words.Parameters(map.Map("parameters")),
            Seed = Words.Integer(map, "seed", defaults.Seed, 0),
            Threads = Words.Integer(map, "threads", defaults.Threads, 1),
            BudgetTime = budget.Has("time") ? Words.Duration(budget, "time", TimeSpan.FromHours(1)) : null,
            BudgetMemoryBytes = budget.Scalar<long?>(
                "memory", null, text => UnitText.TrySize(text, out var bytes) ? bytes : null, "(none)", "a size such as 500MB or 4GB"),
            Stop = new StopConfiguration
            {
                Patience = stop.Has("patience") ? Words.Integer(stop, "patience", 1, 1) : null,
                Diverged = Words.Flag(stop, "diverged", true),
                Target = Words.Number(stop, "target"),
            },
        };
        _ = budget.Node("time");
        _ = stop.Node("patience");
        CheckProgram(train, map, "train");
        budget.RefuseUnknownKeys();
        stop.RefuseUnknownKeys();
        map.RefuseUnknownKeys();
        return train;
    }

    /// <summary>A project without its own scorer is scored by its trainer: it answers both requests.</summary>
    public static ProgramConfiguration ReadScore(YamlMap root, TrainConfiguration train)
    {
        var map = root.Map("score");
        if (root.Node("score") is null)
        {
            return new ProgramConfiguration { Project = train.Project, Command = train.Command };
        }

        var score = new ProgramConfiguration { Project = map.Text("project"), Command = map.Texts("command") };
        CheckProgram(score, map, "score");
        map.RefuseUnknownKeys();
        return score;
    }

    private static void CheckProgram(ProgramConfiguration program, YamlMap map, string section)
    {
        if (program.Project is null == (program.Command.Count == 0))
        {
            map.Log.Wrong(
                map.Place,
                $"'{section}' must name a program.",
                program.Project is null ? "It has neither 'project' nor 'command'." : "It has both 'project' and 'command'.",
                $"Write `{section}: {{ project: src/Training }}` or `{section}: {{ command: [python, {section}.py] }}`.");
        }
    }
}
