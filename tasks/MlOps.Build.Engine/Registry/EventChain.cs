using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>A file of a model's event folder.</summary>
public sealed record EventFile(string Key, ReadOnlyMemory<byte> Bytes);

/// <summary>What is wrong with a chain, and the event where it shows.</summary>
/// <param name="Seq">The number of the event.</param>
/// <param name="Sentence">What is wrong.</param>
public sealed record ChainFault(long Seq, string Sentence);

/// <summary>A model's events as they lie in the store, checked.</summary>
/// <param name="Events">The events up to the first fault.</param>
/// <param name="Fault">The first fault, or null.</param>
/// <param name="HeadIsBehind">Whether the last event was written by a process that died before it wrote the head.</param>
public sealed record EventChain(IReadOnlyList<RegistryEvent> Events, ChainFault? Fault, bool HeadIsBehind)
{
    /// <summary>The head this chain should have.</summary>
    public RegistryHead Head => new() { Seq = Events.Count, Digest = Events.Count == 0 ? null : Events[^1].Digest };

    /// <summary>Where an event lies.</summary>
    public static string KeyOf(string model, long seq)
        => $"models/{model}/events/{seq.ToString("D10", CultureInfo.InvariantCulture)}.json";

    /// <summary>Where the head lies.</summary>
    public static string HeadKeyOf(string model) => $"models/{model}/head.json";

    /// <summary>Checks names, numbers, digests and links of all events, and the head against the last of them.</summary>
    public static EventChain Check(string model, IReadOnlyList<EventFile> files, byte[]? head)
    {
        var events = new List<RegistryEvent>();
        foreach (var file in files)
        {
            var seq = events.Count + 1;
            if (file.Key != KeyOf(model, seq))
            {
                return new(events, new ChainFault(seq, $"Event {seq} is missing: '{file.Key}' stands in its place."), false);
            }

            if (CheckEvent(file, seq, events.LastOrDefault()?.Digest, out var read) is { } fault)
            {
                return new(events, fault, false);
            }

            events.Add(read!);
        }

        return CheckHead(events, head);
    }

    /// <summary>An event with its digest.</summary>
    public static RegistryEvent Seal(RegistryEvent draft)
        => draft with { Digest = DigestOf(JsonSerializer.SerializeToNode(draft, Documents.TypeInfo<RegistryEvent>())!) };

    private static ChainFault? CheckEvent(EventFile file, long seq, string? previous, out RegistryEvent? read)
    {
        read = null;
        try
        {
            read = Documents.Parse<RegistryEvent>(file.Bytes.Span, file.Key);
        }
        catch (ProblemException exception)
        {
            return new(seq, $"Event {seq} cannot be read: {exception.Problem.Why}");
        }

        if (read.Seq != seq)
        {
            return new(seq, $"The file of event {seq} holds event {read.Seq}.");
        }

        // The bytes count, not the record: a field this version does not know is covered as well.
        var found = DigestOf(JsonNode.Parse(file.Bytes.Span)!);
        if (found != read.Digest)
        {
            return new(seq, $"Event {seq} was changed: it says {read.Digest}, its content has {found}.");
        }

        return read.Prev == previous
            ? null
            : new(seq, $"Event {seq} does not follow event {seq - 1}: it names {read.Prev ?? "nothing"} as its predecessor.");
    }

    private static EventChain CheckHead(List<RegistryEvent> events, byte[]? bytes)
    {
        var head = new RegistryHead { Seq = 0, Digest = null };
        try
        {
            head = bytes is not null ? Documents.Parse<RegistryHead>(bytes, "head.json") : head;
        }
        catch (ProblemException exception)
        {
            return new(events, new ChainFault(events.Count, $"The head cannot be read: {exception.Problem.Why}"), false);
        }

        var count = events.Count;
        if (head.Seq > count)
        {
            var sentence = $"Event {head.Seq} is missing: the head names it, the last event there is {count}.";
            return new(events, new ChainFault(head.Seq, sentence), false);
        }

        // A writer repairs the head before it appends, so that one that died leaves it behind by one and never by more.
        if (head.Seq < 0 || head.Seq < count - 1)
        {
            var sentence = $"The head names event {head.Seq}, the last event there is {count}: the head was put back.";
            return new(events, new ChainFault(Math.Max(head.Seq, 0) + 1, sentence), false);
        }

        var expected = head.Seq == 0 ? null : events[(int)head.Seq - 1].Digest;
        return head.Digest == expected
            ? new(events, null, head.Seq == count - 1)
            : new(events, new ChainFault(head.Seq, $"The head names {head.Digest} as event {head.Seq}, which has {expected}."), false);
    }

    private static string DigestOf(JsonNode content)
    {
        var copy = content.AsObject();
        copy.Remove("digest");
        using var document = JsonDocument.Parse(copy.ToJsonString());
        return Digest.Of(CanonicalJson.Of(document.RootElement));
    }
}
