using System;
using System.Data.Common;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Warehouse
{
    public class OrderRow
    {
        public float Items { get; set; }
        public float Value { get; set; }
        public float Returned { get; set; }
    }

    public sealed class OrderSource
    {
        private const string Server = "Server=tcp:sql.example.org,1433;Database=orders;";
        private const string Login = "User ID=trainer;Password=Wint3r-2024!;Encrypt=True";

        private readonly DbProviderFactory factory;

        public OrderSource(DbProviderFactory factory) => this.factory = factory;

        public IDataView WithPassword(MLContext ml)
        {
            var loader = ml.Data.CreateDatabaseLoader<OrderRow>();
            var source = new DatabaseSource(factory, Server + Login, "SELECT Items, Value, Returned FROM Orders");
            return loader.Load(source);
        }

        public IDataView WithIdentity(MLContext ml) => ml.Data.CreateDatabaseLoader<OrderRow>().Load(
            new DatabaseSource(factory, Server + "Integrated Security=true", "SELECT Items, Value, Returned FROM Orders"));

        public IDataView FromEnvironment(MLContext ml)
        {
            var connection = Environment.GetEnvironmentVariable("ORDERS_CONNECTION")
                ?? throw new InvalidOperationException("ORDERS_CONNECTION is not set, for example to 'Server=...;Password=<secret>'.");
            return ml.Data.CreateDatabaseLoader<OrderRow>().Load(new DatabaseSource(factory, connection, "SELECT Items, Value, Returned FROM Orders"));
        }

        public IDataView WithVault(MLContext ml, Func<string, string> vault)
        {
            var builder = new DbConnectionStringBuilder { ["Server"] = "sql.example.org", ["Password"] = vault("orders") };
            return ml.Data.CreateDatabaseLoader<OrderRow>().Load(
                new DatabaseSource(factory, builder.ConnectionString, "SELECT Items, Value, Returned FROM Orders", commandTimeoutInSeconds: 600));
        }
    }
}
