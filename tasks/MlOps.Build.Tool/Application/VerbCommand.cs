using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Application;

/// <summary>
/// A verb: words to a request, a handler of the engine to a document, the document to text, JSON or Markdown.
/// To add one, write a class beside the others in <c>Verbs/</c> and name it in <see cref="Verbs.VerbTable"/>.
/// </summary>
internal sealed class VerbCommand : Command
{
    public VerbCommand(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Command lines that work, shown first in the help.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The exit codes this verb can give besides 2 (usage) and 70 (bug).</summary>
    public IReadOnlyList<ExitCode> Exits { get; init; } = [ExitCode.Ok];

    /// <summary>Adds options and arguments.</summary>
    public VerbCommand With(params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    Options.Add(option);
                    break;
                case Argument argument:
                    Arguments.Add(argument);
                    break;
                default:
                    Subcommands.Add((Command)symbol);
                    break;
            }
        }

        return this;
    }

    /// <summary>
    /// Says what the verb does and how its answer looks to people; <paramref name="markdown"/> where the Markdown form
    /// is more than the same page.
    /// </summary>
    public VerbCommand Answers<T>(
        ToolHost host,
        Func<VerbContext, CancellationToken, Task<Answer<T>>> handle,
        Func<T, Page> page,
        Func<T, Page>? markdown = null)
        where T : class, IDocument
    {
        SetAction(async (words, cancellation) =>
        {
            var answer = await handle(new VerbContext(words, host), cancellation);
            Write(host, words, answer.Document, page, markdown ?? page);
            return (int)answer.Exit;
        });
        return this;
    }

    /// <summary>For a verb whose inputs decide which of two documents it answers with.</summary>
    public VerbCommand Answers<T, TOther>(
        ToolHost host,
        Func<VerbContext, CancellationToken, Task<(Answer<T>? One, Answer<TOther>? Other)>> handle,
        Func<T, Page> page,
        Func<TOther, Page> otherPage)
        where T : class, IDocument
        where TOther : class, IDocument
    {
        SetAction(async (words, cancellation) =>
        {
            var (one, other) = await handle(new VerbContext(words, host), cancellation);
            if (one is not null)
            {
                Write(host, words, one.Document, page, page);
                return (int)one.Exit;
            }

            Write(host, words, other!.Document, otherPage, otherPage);
            return (int)other.Exit;
        });
        return this;
    }

    /// <summary>As <see cref="Answers{T}(ToolHost, Func{VerbContext, CancellationToken, Task{Answer{T}}}, Func{T, Page}, Func{T, Page})"/>, for handlers that do not wait.</summary>
    public VerbCommand Answers<T>(
        ToolHost host, Func<VerbContext, Answer<T>> handle, Func<T, Page> page, Func<T, Page>? markdown = null)
        where T : class, IDocument
        => Answers(host, (context, _) => Task.FromResult(handle(context)), page, markdown);

    /// <summary>For a verb with two kinds of answers: the first that is not null is written.</summary>
    public VerbCommand AnswersEither<T, TOther>(
        ToolHost host, Func<VerbContext, Answer<T>?> first, Func<T, Page> firstPage, Func<VerbContext, Answer<TOther>> second, Func<TOther, Page> secondPage)
        where T : class, IDocument
        where TOther : class, IDocument
    {
        SetAction(words =>
        {
            var context = new VerbContext(words, host);
            if (first(context) is { } answer)
            {
                Write(host, words, answer.Document, firstPage, firstPage);
                return (int)answer.Exit;
            }

            var other = second(context);
            Write(host, words, other.Document, secondPage, secondPage);
            return (int)other.Exit;
        });
        return this;
    }

    /// <summary>For a file that is known without a project: it is printed as it is, whatever the format of answers.</summary>
    public VerbCommand Prints(ToolHost host, Func<string> text)
    {
        SetAction(_ =>
        {
            host.Output.Write(text());
            return (int)ExitCode.Ok;
        });
        return this;
    }

    private static void Write<T>(ToolHost host, ParseResult words, T document, Func<T, Page> page, Func<T, Page> markdown)
        where T : class, IDocument
    {
        switch (words.GetValue(GlobalOptions.Output))
        {
            case OutputFormat.Json:
                host.Output.Write(System.Text.Encoding.UTF8.GetString(Documents.Write(document)));
                break;
            case OutputFormat.Markdown:
                MarkdownPage.Write(markdown(document), host.Output);
                break;
            default:
                TextPage.Write(page(document), host, words.GetValue(GlobalOptions.NoColor));
                break;
        }
    }
}
