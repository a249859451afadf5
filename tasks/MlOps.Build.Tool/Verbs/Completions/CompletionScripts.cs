namespace MlOps.Build.Tool.Verbs.Completions;

/// <summary>What a shell reads to complete a command line of <c>mlops</c>.</summary>
/// <param name="Shell">The shell, as it is typed.</param>
/// <param name="Use">For the help.</param>
/// <param name="Example">A line for the shell's start file.</param>
/// <param name="Text">The script.</param>
internal sealed record CompletionScript(string Shell, string Use, string Example, string Text);

/// <summary>
/// The scripts ask <c>mlops</c> itself, with the directive <c>[suggest:position]</c>: what they answer is always what this version takes.
/// Where only <c>dotnet mlops</c> exists, an alias <c>mlops</c> is completed all the same.
/// </summary>
internal static class CompletionScripts
{
    private const string Bash = """
        _mlops() {
            local current="${COMP_WORDS[COMP_CWORD]}" words
            if type -P mlops > /dev/null; then
                words=$(command mlops "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)
            else
                words=$(dotnet mlops "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)
            fi
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$words" -- "$current"))
        }
        complete -o default -F _mlops mlops

        """;

    private const string Zsh = """
        _mlops() {
            local line="$LBUFFER"
            local -a words_found
            if whence -p mlops > /dev/null; then
                words_found=("${(@f)$(command mlops "[suggest:${#line}]" "$line" 2> /dev/null)}")
            else
                words_found=("${(@f)$(dotnet mlops "[suggest:${#line}]" "$line" 2> /dev/null)}")
            fi
            if [[ -n "${words_found[1]}" ]]; then
                compadd -- "${words_found[@]}"
            else
                _files
            fi
        }
        compdef _mlops mlops

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName mlops -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition)
            $found = if (Get-Command mlops -CommandType Application -ErrorAction SilentlyContinue) {
                & (Get-Command mlops -CommandType Application)[0] "[suggest:$cursorPosition]" $line 2> $null
            } else {
                dotnet mlops "[suggest:$cursorPosition]" $line 2> $null
            }
            $found | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    private const string Fish = """
        function __mlops_complete
            set -l line (commandline --cut-at-cursor)
            set -l position (string length -- "$line")
            if type --query --no-functions mlops
                set -f words (command mlops "[suggest:$position]" "$line" 2> /dev/null)
            else
                set -f words (dotnet mlops "[suggest:$position]" "$line" 2> /dev/null)
            end
            if set --query words[1]
                printf '%s\n' $words
            else
                __fish_complete_path (commandline --current-token)
            end
        end
        complete --command mlops --no-files --arguments '(__mlops_complete)'

        """;

    public static IReadOnlyList<CompletionScript> All { get; } =
    [
        new("bash", "For ~/.bashrc.", "eval \"$(mlops completions bash)\"", Bash.ReplaceLineEndings("\n")),
        new("zsh", "For ~/.zshrc, after compinit.", "eval \"$(mlops completions zsh)\"", Zsh.ReplaceLineEndings("\n")),
        new("pwsh", "For the profile of PowerShell.", "mlops completions pwsh | Out-String | Invoke-Expression", PowerShell.ReplaceLineEndings("\n")),
        new("fish", "For ~/.config/fish/config.fish.", "mlops completions fish | source", Fish.ReplaceLineEndings("\n")),
    ];
}
