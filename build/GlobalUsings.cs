// The one line to change when Cake.Frosting can be restored here: `global using Cake.Frosting;`.
global using MlOps.Build;
global using MlOps.Build.Hosting;
