using System.Data.Common;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Warehouse;

public sealed class StockRow
{
    public float Week { get; set; }
    public float Orders { get; set; }
    public float Stock { get; set; }
}

public sealed class StockSource(MLContext ml, DbProviderFactory factory, string connectionString)
{
    private const string Query = "SELECT CAST(week AS REAL) AS Week, CAST(orders AS REAL) AS Orders, CAST(stock AS REAL) AS Stock FROM stock_weeks";

    public IDataView All()
    {
        var loader = ml.Data.CreateDatabaseLoader<StockRow>();
        return loader.Load(new DatabaseSource(factory, connectionString, Query));
    }

    public IDataView OfWarehouse(int warehouse)
    {
        var loader = ml.Data.CreateDatabaseLoader(
            new DatabaseLoader.Column("Week", System.Data.DbType.Single, 0),
            new DatabaseLoader.Column("Orders", System.Data.DbType.Single, 1));
        return loader.Load(new DatabaseSource(factory, connectionString, Query + " WHERE warehouse = " + warehouse, 60));
    }

    public IDataView Of(string name)
    {
        var loader = ml.Data.CreateDatabaseLoader<StockRow>();
        return loader.Load(new DatabaseSource(factory, connectionString, $"{Query} WHERE name = '{name}'"));
    }
}
