using LateFlights.Serving;

await ScoringService.Create(args).RunAsync();
