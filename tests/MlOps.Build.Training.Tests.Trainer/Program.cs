using MlOps.Build.Training;
using MlOps.Build.Training.Tests.Trainer;

return await TrainerHost.RunAsync(args, new LateFlights());
