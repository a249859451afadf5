using LateFlights.Training;
using MlOps.Build.Training;

// Started by `mlops`, which names a request in the environment variable MLOPS_REQUEST: to train, or to score.
return await TrainerHost.RunAsync(args, new FlightModel());
