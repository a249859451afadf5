using System;
using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Wind.Data;

public sealed class Gust
{
    public float Speed { get; set; }
    public float Power { get; set; }
}

public sealed class GustSource(DbProviderFactory factory, IConfiguration configuration)
{
    private const string Help = "Set ConnectionStrings:Wind, such as 'Server=db;User ID=reader;Password=your password'.";

    public IDataView Load(MLContext ml)
    {
        var password = configuration["Wind:Password"] ?? throw new InvalidOperationException(Help);
        var connection = $"Server=db;User ID=reader;Password={password};Encrypt=true";
        var loader = ml.Data.CreateDatabaseLoader<Gust>();
        return loader.Load(new DatabaseSource(factory, connection, "SELECT Speed, Power FROM Gusts"));
    }

    public IDataView LoadNamed(MLContext ml) => ml.Data.CreateDatabaseLoader<Gust>().Load(
        new DatabaseSource(factory, configuration.GetConnectionString("Wind"), "SELECT Speed, Power FROM Gusts"));

    public IDataView LoadLocal(MLContext ml) => ml.Data.CreateDatabaseLoader<Gust>().Load(
        new DatabaseSource(factory, "Data Source=(localdb)\\MSSQLLocalDB;Integrated Security=true;Password=;", "SELECT Speed, Power FROM Gusts"));

    public IDataView LoadTemplate(MLContext ml) => ml.Data.CreateDatabaseLoader<Gust>().Load(
        new DatabaseSource(factory, "Server=db;User ID=reader;Password=%WIND_PASSWORD%".Replace("%WIND_PASSWORD%", configuration["Wind:Password"]), "SELECT Speed, Power FROM Gusts"));
}
