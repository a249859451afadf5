using System.CommandLine;
using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Gate;

/// <summary><c>mlops gate fidelity</c>.</summary>
internal static class FidelityCommand
{
    private const int MostRepetitions = 100;

    public static VerbCommand Create(ToolHost host)
    {
        var last = new Option<int>("--last") { Description = "How many of the last releases are judged again.", DefaultValueFactory = _ => 5, HelpName = "number" };
        var change = new Option<string[]>("--change") { Description = "Changes to judge instead, each as base..head.", AllowMultipleArgumentsPerToken = true, HelpName = "commits" };
        var shares = new Option<string[]>("--samples") { Description = "Sizes of the samples; default: 1% 3% 10% 30%.", AllowMultipleArgumentsPerToken = true, HelpName = "shares" };
        var repetitions = new Option<int>("--repetitions") { Description = "How often each change is judged on samples of one size.", DefaultValueFactory = _ => 5, HelpName = "number" };
        var noCache = new Option<bool>("--no-cache") { Description = "Train again also where a finished training has the same inputs." };
        shares.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => ShareOf(token.Value) is null))
            {
                result.AddError($"'{token.Value}' is no share of the training rows; write 10% or 0.1.");
            }
        });
        AtLeastOne(last, int.MaxValue);
        AtLeastOne(repetitions, MostRepetitions);
        return new VerbCommand("fidelity", "Judges earlier changes on all rows and on samples, and says which size of a sample can be trusted.")
        {
            Examples = ["mlops gate fidelity", "mlops gate fidelity --change main~1..main --samples 10% 30%"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(last, change, shares, repetitions, noCache).Answers(
            host,
            async (context, cancellationToken) => await new FidelityHandler(await ServicesFactory.PipelineAsync(context, cancellationToken)).HandleAsync(
                new()
                {
                    ProjectRoot = context.ProjectRoot,
                    Last = context.Value(last),
                    Changes = context.Value(change) ?? [],
                    Shares = context.Value(shares) is { Length: > 0 } named ? [.. named.Select(text => ShareOf(text)!.Value)] : new FidelityRequest { ProjectRoot = string.Empty }.Shares,
                    Repetitions = context.Value(repetitions),
                    UseCache = !context.Value(noCache),
                },
                cancellationToken),
            Page);
    }

    private static Page Page(FidelityAnswer answer)
        => new Page().Heading($"{answer.Model}: samples against all {answer.TrainingRows.ToString("N0", CultureInfo.InvariantCulture)} training rows").Line(answer.Sentence)
            .Table(
                ["sample#", "rows#", "agreed#", "95 %#", "unsure#", "missed#", "false alarms#", "time#"],
                answer.Samples.Select(sample => new[]
                {
                    Percent(sample.Share),
                    sample.Rows.ToString("N0", CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"{sample.Agreed}/{sample.Verdicts}"),
                    string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(sample.Lower * 100):0}-{Math.Ceiling(sample.Upper * 100):0} %"),
                    sample.Undecided.ToString(CultureInfo.InvariantCulture),
                    sample.Missed.ToString(CultureInfo.InvariantCulture),
                    sample.FalseAlarms.ToString(CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"{sample.Seconds:0.0} s"),
                }))
            .Table(
                ["change", "all rows", "because"],
                answer.Changes.Select(change => new[] { $"{change.Base[..7]}..{change.Head[..7]}", change.Verdict?.ToString().ToLowerInvariant() ?? "no change", change.Sentence }));

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    private static double? ShareOf(string text)
    {
        var isPercent = text.EndsWith('%');
        return double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (isPercent ? number / 100 : number) is var share and > 0 and <= 0.5 ? share : null;
    }

    private static void AtLeastOne(Option<int> option, int most)
        => option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && (result.GetValueOrDefault<int>() < 1 || result.GetValueOrDefault<int>() > most))
            {
                result.AddError($"{option.Name} needs a whole number from 1{(most < int.MaxValue ? $" to {most}" : " on")}.");
            }
        });
}
