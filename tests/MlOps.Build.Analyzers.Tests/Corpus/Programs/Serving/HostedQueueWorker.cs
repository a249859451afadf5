using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Payments.Fraud;

public class Payment
{
    public string Id { get; set; }
    public float Amount { get; set; }
    public float HourOfDay { get; set; }
}

public class Suspicion
{
    public float Score { get; set; }
}

public class FraudWorker : BackgroundService
{
    private readonly Channel<Payment> _queue;
    private readonly MLContext _ml = new MLContext();

    public FraudWorker(Channel<Payment> queue) => _queue = queue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var payment in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            // reload each time so that new models are picked up
            ITransformer model = _ml.Model.Load("fraud.zip", out _);
            using var engine = _ml.Model.CreatePredictionEngine<Payment, Suspicion>(model);
            if (engine.Predict(payment).Score > 3)
            {
                await Alarm(payment, stoppingToken);
            }
        }
    }

    private static Task Alarm(Payment payment, CancellationToken cancellation) =>
        System.IO.File.AppendAllTextAsync("alarms.txt", payment.Id + "\n", cancellation);
}

public static class Startup
{
    public static void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton(Channel.CreateUnbounded<Payment>());
        services.AddHostedService<FraudWorker>();
    }
}
