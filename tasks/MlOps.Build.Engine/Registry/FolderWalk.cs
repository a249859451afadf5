using System.IO.Enumeration;

namespace MlOps.Build.Engine.Registry;

/// <summary>Everything in a folder, without following links: a link to a parent would never end.</summary>
internal static class FolderWalk
{
    public static List<FileSystemInfo> Entries(string folder)
        => [.. new FileSystemEnumerable<FileSystemInfo>(
            folder,
            (ref entry) => entry.ToFileSystemInfo(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        {
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        }];
}
