using System.Text;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>A file of a commit: bytes in memory, or those of a file.</summary>
internal sealed record ImportFile(string Path, byte[]? Content, string? ContentFile = null);

/// <summary>One commit in the language of git-fast-import(1), which writes objects without an index.</summary>
/// <param name="Parent">The commit it goes on from; null for the first one.</param>
/// <param name="Message">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Files">The files that are new or have new bytes.</param>
internal sealed record FastImport(string? Parent, string Message, DateTimeOffset At, IReadOnlyList<ImportFile> Files)
{
    /// <summary>The name needs an owner whom nobody on a git host can be.</summary>
    private const string Author = "mlops <mlops@mlops.invalid>";

    /// <summary>fast-import wants a name to work under; it is gone again before anybody sees it.</summary>
    private const string Draft = "refs/mlops/draft";

    /// <summary>Writes the commit and asks for its id, which git prints.</summary>
    public async Task WriteAsync(Stream stream, int hashLength, CancellationToken cancellationToken)
    {
        var message = Encoding.UTF8.GetBytes(Message + "\n\n[skip ci]\n");
        await TextAsync($"commit {Draft}\nmark :1\ncommitter {Author} {At.ToUnixTimeSeconds()} +0000\ndata {message.Length}\n");
        await stream.WriteAsync(message, cancellationToken);
        await TextAsync($"{(Parent is null ? string.Empty : "\nfrom " + Parent)}\n");
        foreach (var file in Files)
        {
            await TextAsync($"M 100644 inline {file.Path}\n");
            await ContentAsync(file);
        }

        await TextAsync($"\nget-mark :1\nreset {Draft}\nfrom {new string('0', hashLength)}\n\ndone\n");
        await stream.FlushAsync(cancellationToken);

        async Task ContentAsync(ImportFile file)
        {
            if (file.Content is { } bytes)
            {
                await TextAsync($"data {bytes.Length}\n");
                await stream.WriteAsync(bytes, cancellationToken);
            }
            else
            {
                await using var source = SharedFile.OpenRead(file.ContentFile!);
                await TextAsync($"data {source.Length}\n");
                await source.CopyToAsync(stream, cancellationToken);
            }

            await TextAsync($"\n");
        }

        async Task TextAsync(FormattableString text)
            => await stream.WriteAsync(Encoding.UTF8.GetBytes(FormattableString.Invariant(text)), cancellationToken);
    }
}
