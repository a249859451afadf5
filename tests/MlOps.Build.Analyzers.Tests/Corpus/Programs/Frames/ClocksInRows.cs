using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace UsedCars;

public class Car
{
    [LoadColumn(0)] public float Mileage { get; set; }
    [LoadColumn(1)] public float BuiltIn { get; set; }
    [LoadColumn(2)] public float SoldIn { get; set; }
    [LoadColumn(3)] public float Price { get; set; }
}

public class CarWithAge
{
    [ColumnName("Mileage")] public float Km { get; set; }
    public int Built { get; set; }
    public float Price { get; set; }
    public float Age => DateTime.Today.Year - Built;
    [NoColumn] public DateTime ReadAt => DateTime.UtcNow;
}

public class AgeOut
{
    public float Age { get; set; }
}

public sealed class Prices(MLContext ml, TimeProvider clock)
{
    public ITransformer ByClock(IDataView cars) => ml.Transforms
        .CustomMapping<Car, AgeOut>((car, age) => age.Age = clock.GetLocalNow().Year - car.BuiltIn, "age-by-clock")
        .Append(ml.Transforms.Concatenate("Features", nameof(Car.Mileage), nameof(AgeOut.Age)))
        .Append(ml.Regression.Trainers.FastForest(nameof(Car.Price)))
        .Fit(cars);

    public ITransformer BySale(IDataView cars) => ml.Transforms
        .Expression("Age", "(sold, built) => sold - built", nameof(Car.SoldIn), nameof(Car.BuiltIn))
        .Append(ml.Transforms.Concatenate("Features", nameof(Car.Mileage), "Age"))
        .Append(ml.Regression.Trainers.FastForest(nameof(Car.Price)))
        .Fit(cars);

    public IDataView Recent(IDataView cars)
    {
        var year = clock.GetUtcNow().Year;
        return ml.Data.FilterByCustomPredicate<Car>(cars, car => car.SoldIn < year - 3 || car.BuiltIn > DateTime.Now.Year);
    }

    public IDataView From(IEnumerable<CarWithAge> cars) => ml.Data.LoadFromEnumerable(cars);
}
