using System;
using System.IO;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.ML;
using MlOps.Build.Annotations;

namespace Models.Remote;

public sealed record Entry(Uri Address, string Sha256);

public sealed class ModelSource(HttpClient http, MLContext ml)
{
    public async Task<ITransformer> Unchecked(Entry entry)
    {
        await using var stream = await http.GetStreamAsync(entry.Address);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        copy.Seek(0, SeekOrigin.Begin);
        return ml.Model.Load(copy, out _);
    }

    public async Task<ITransformer> Checked(Entry entry)
    {
        var bytes = await http.GetByteArrayAsync(entry.Address);
        if (!string.Equals(Convert.ToHexString(SHA256.HashData(bytes)), entry.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"{entry.Address} is not what the registry knows.");
        }

        return ml.Model.Load(new MemoryStream(bytes), out _);
    }

    [VerifiesModel]
    public async Task<ITransformer> ByGateway(Entry entry)
    {
        // The gateway refuses what is not signed; see the network's handbook.
        var bytes = await http.GetByteArrayAsync(entry.Address);
        return ml.Model.Load(new MemoryStream(bytes), out _);
    }

    public async Task<ITransformer> Named(Entry entry)
    {
        var target = Path.Combine(AppContext.BaseDirectory, "cache.zip");
        File.WriteAllBytes(target, await http.GetByteArrayAsync(entry.Address));
        return ml.Model.Load(target, out var schema);
    }
}
