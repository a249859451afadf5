using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>Tells from a name and the first bytes what a file would do if somebody opened it. Nothing is loaded.</summary>
internal static class FileKind
{
    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pkl"] = "pickle",
        [".pickle"] = "pickle",
        [".joblib"] = "pickle",
        [".pt"] = "pickle",
        [".pth"] = "pickle",
        [".ckpt"] = "pickle",
        [".dill"] = "pickle",
        [".exe"] = "executable",
        [".dll"] = "executable",
        [".so"] = "executable",
        [".dylib"] = "executable",
        [".com"] = "executable",
        [".msi"] = "executable",
        [".scr"] = "executable",
        [".sh"] = "script",
        [".ps1"] = "script",
        [".bat"] = "script",
        [".cmd"] = "script",
        [".py"] = "script",
        [".vbs"] = "script",
        [".js"] = "script",
        [".jar"] = "executable",
        [".lnk"] = "link",
    };

    /// <summary>
    /// FRAME, EMPTY_DICT, EMPTY_LIST, MARK, GLOBAL, BINUNICODE, SHORT_BINUNICODE, BININT1, BININT, EMPTY_TUPLE, NONE, NEWOBJ.
    /// </summary>
    private static ReadOnlySpan<byte> StartingOpcodes
        => [0x95, (byte)'}', (byte)']', (byte)'(', (byte)'c', (byte)'X', 0x8c, (byte)'K', (byte)'J', (byte)')', (byte)'N', 0x81];

    /// <summary>How many bytes <see cref="Look"/> wants to see.</summary>
    public const int HeadBytes = 64;

    /// <summary>What is suspicious about a file, or null.</summary>
    public static ScanFinding? Look(string file, ReadOnlySpan<byte> head)
    {
        if ((KindOf(head) ?? Extensions.GetValueOrDefault(Path.GetExtension(file))) is not { } kind)
        {
            return null;
        }

        return new ScanFinding(file, kind, kind switch
        {
            "pickle" => $"'{file}' is a Python pickle: whoever loads it runs the code in it.",
            "executable" => $"'{file}' is a program or library, not a model.",
            "script" => $"'{file}' is a script, not a model.",
            _ => $"'{file}' is a link to something else.",
        });
    }

    /// <summary>Whether a file is a zip archive, whatever it is called.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    private static string? KindOf(ReadOnlySpan<byte> head)
        => IsPickle(head) ? "pickle"
            : IsProgram(head) ? "executable"
            : head.StartsWith("#!"u8) ? "script"
            : null;

    /// <summary>PROTO with version 2 to 5, then an opcode that a pickle can start with (FRAME, dict, list, GLOBAL...).</summary>
    private static bool IsPickle(ReadOnlySpan<byte> head)
        => head.Length >= 3 && head[0] == 0x80 && head[1] is >= 2 and <= 5
            && StartingOpcodes.IndexOf(head[2]) >= 0;

    private static bool IsProgram(ReadOnlySpan<byte> head)
        => head.StartsWith("MZ"u8)
            || head.StartsWith((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F'])
            || head.StartsWith((ReadOnlySpan<byte>)[0xcf, 0xfa, 0xed, 0xfe])
            || head.StartsWith((ReadOnlySpan<byte>)[0xca, 0xfe, 0xba, 0xbe]);
}
