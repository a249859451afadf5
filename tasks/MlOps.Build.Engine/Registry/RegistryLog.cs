using MlOps.Build.Contracts;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Registry;

/// <summary>The hash-chained events of models in a store: read whole and checked, extended under a lease.</summary>
public sealed class RegistryLog(IRegistryStore store, TimeProvider time, Author author, IStepProbe? probe = null)
{
    /// <summary>The names of all models, sorted.</summary>
    public async Task<IReadOnlyList<string>> ModelsAsync(CancellationToken cancellationToken)
        => [.. (await store.ListAsync("models/", cancellationToken))
            .Select(key => key.Split('/')[1])
            .Distinct(StringComparer.Ordinal)];

    /// <summary>A model's events as they lie in the store, checked, with the fault if there is one.</summary>
    public async Task<EventChain> CheckAsync(string model, CancellationToken cancellationToken)
    {
        // Events never change, the head does: a fault counts only if the head stood still while the events were read.
        var head = await store.ReadAsync(EventChain.HeadKeyOf(model), cancellationToken);
        while (true)
        {
            var chain = EventChain.Check(model, await ReadEventsAsync(model, cancellationToken), head);
            var headAfter = await store.ReadAsync(EventChain.HeadKeyOf(model), cancellationToken);
            if (chain.Fault is null || head.AsSpan().SequenceEqual(headAfter))
            {
                return chain;
            }

            head = headAfter;
        }
    }

    /// <summary>A model's events.</summary>
    /// <exception cref="ProblemException">MLO2501: the chain is broken.</exception>
    public async Task<EventChain> ReadAsync(string model, CancellationToken cancellationToken)
    {
        var chain = await CheckAsync(model, cancellationToken);
        return chain.Fault is null ? chain : throw Broken(model, chain.Fault);
    }

    /// <summary>What a model's events add up to.</summary>
    /// <exception cref="ProblemException">MLO2501: the chain is broken.</exception>
    public async Task<RegistryState> StateAsync(string model, CancellationToken cancellationToken)
        => RegistryState.From((await ReadAsync(model, cancellationToken)).Events);

    /// <summary>
    /// Appends what <paramref name="decide"/> asks for once nobody else can write. It is asked again when somebody
    /// else took a number, and it decides from the state, so that a command that ran before adds nothing.
    /// </summary>
    /// <exception cref="ProblemException">MLO2501: the chain is broken. MLO2503: somebody else is writing.</exception>
    public async Task<RegistryState> AppendAsync(
        string model, Func<RegistryState, IReadOnlyList<EventDraft>> decide, CancellationToken cancellationToken)
    {
        await using var lease = await store.AcquireAsync(
            new LeaseRequest($"registry-{model}", $"{author.Actor} on {author.Host.Name}"), cancellationToken);
        while (true)
        {
            var chain = await ReadAsync(model, cancellationToken);
            if (chain.HeadIsBehind)
            {
                await WriteHeadAsync(model, chain.Head, lease, cancellationToken);
            }

            var state = RegistryState.From(chain.Events);
            if (await TryAppendAllAsync(model, chain, decide(state), lease, cancellationToken) is { } extended)
            {
                return RegistryState.From(extended.Events);
            }
        }
    }

    private async Task<IReadOnlyList<EventFile>> ReadEventsAsync(string model, CancellationToken cancellationToken)
    {
        var files = new List<EventFile>();
        foreach (var key in await store.ListAsync($"models/{model}/events/", cancellationToken))
        {
            files.Add(new EventFile(key, await store.ReadAsync(key, cancellationToken) ?? []));
        }

        return files;
    }

    /// <summary>The chain with the new events, or null when somebody else took a number.</summary>
    private async Task<EventChain?> TryAppendAllAsync(
        string model,
        EventChain chain,
        IReadOnlyList<EventDraft> drafts,
        ILease lease,
        CancellationToken cancellationToken)
    {
        foreach (var draft in drafts)
        {
            if (await TryAppendAsync(model, chain, draft, lease, cancellationToken) is not { } appended)
            {
                return null;
            }

            chain = chain with { Events = [.. chain.Events, appended] };
        }

        return chain;
    }

    private async Task<RegistryEvent?> TryAppendAsync(
        string model, EventChain chain, EventDraft draft, ILease lease, CancellationToken cancellationToken)
    {
        var next = EventChain.Seal(new RegistryEvent
        {
            Seq = chain.Events.Count + 1,
            At = Later(time.GetUtcNow(), chain.Events is [.., var last] ? last.At : null),
            Actor = author.Actor,
            Host = author.Host,
            Type = draft.Type,
            Body = draft.Body,
            Prev = chain.Head.Digest,
            Digest = string.Empty,
        });
        await lease.RenewAsync(cancellationToken);
        await probe.AtAsync($"before event {draft.Type}");
        var created = await store.TryCreateAsync(
            EventChain.KeyOf(model, next.Seq), Documents.Write(next), cancellationToken);
        await probe.AtAsync($"between event {draft.Type} and head");
        if (!created)
        {
            return null;
        }

        await WriteHeadAsync(
            model, new RegistryHead { Seq = next.Seq, Digest = next.Digest }, lease, cancellationToken);
        await probe.AtAsync($"after event {draft.Type}");
        return next;
    }

    private Task WriteHeadAsync(string model, RegistryHead head, ILease lease, CancellationToken cancellationToken)
        => store.ReplaceAsync(EventChain.HeadKeyOf(model), Documents.Write(head), lease, cancellationToken);

    /// <summary>Clocks of two machines differ; the order of the chain is the order of time.</summary>
    private static DateTimeOffset Later(DateTimeOffset now, DateTimeOffset? last) => last > now ? last.Value : now;

    private static ProblemException Broken(string model, ChainFault fault)
        => new(new Problem(
            "MLO2501",
            $"The registry of '{model}' is not what was written.",
            fault.Sentence,
            "Restore the registry from a copy, and see `mlops audit verify` for all that is wrong.")
        {
            Exit = ExitCode.Refused,
        });
}
