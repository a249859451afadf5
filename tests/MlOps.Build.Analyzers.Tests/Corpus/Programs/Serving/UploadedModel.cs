using System;
using System.IO;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.ML;

var app = WebApplication.Create(args);
var ml = new MLContext();
ITransformer current = null;

app.MapPost("/model", async (IFormFile file) =>
{
    using var buffer = new MemoryStream();
    await file.CopyToAsync(buffer);
    buffer.Position = 0;
    current = ml.Model.Load(buffer, out _);
    return Results.NoContent();
});

app.MapPost("/model/checked", async (HttpRequest request) =>
{
    var expected = Convert.FromHexString(Environment.GetEnvironmentVariable("MODEL_SHA256") ?? "");
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer);
    if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(buffer.ToArray()), expected))
    {
        return Results.BadRequest("not the released model");
    }

    buffer.Position = 0;
    current = ml.Model.Load(buffer, out _);
    return Results.NoContent();
});

app.MapGet("/model/refresh", async (IHttpClientFactoryLike clients) =>
{
    using var http = clients.Make();
    await File.WriteAllBytesAsync("latest.zip", await http.GetByteArrayAsync("https://models.example.org/latest.zip"));
    current = ml.Model.Load("latest.zip", out _);
    return current is null ? Results.NotFound() : Results.Ok();
});

app.Run();

public interface IHttpClientFactoryLike
{
    HttpClient Make();
}
