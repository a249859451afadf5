using System.Globalization;
using MlOps.Build.CrashHost;

// mlops' handlers in a process of their own that ends itself, without a chance to tidy up, at the step it is told.
// arguments: <project root> <verb> <step>
var step = int.Parse(args[2], CultureInfo.InvariantCulture);
await new ReleaseWorld(args[0], TimeProvider.System, new KillAt(step)).DoAsync(args[1]);
return 0;
