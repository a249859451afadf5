using System.Reflection;
using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;

namespace MlOps.Build.Hosting;

/// <summary>Runs the tasks of the entry assembly on the Cake engine.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection services = new();
    private Type contextType = typeof(FrostingContext);

    /// <summary>Creates a host.</summary>
    public static CakeHost Create() => new();

    /// <summary>Registers the context that every task receives.</summary>
    public CakeHost UseContext<TContext>()
        where TContext : FrostingContext
    {
        contextType = typeof(TContext);
        return this;
    }

    /// <summary>Registers what runs before the first task and after the last.</summary>
    public CakeHost UseLifetime<TLifetime>()
        where TLifetime : class, IFrostingLifetime
        => ConfigureServices(registrations => registrations.AddSingleton<IFrostingLifetime, TLifetime>());

    /// <summary>Registers what tasks ask for in their constructors.</summary>
    public CakeHost ConfigureServices(Action<IServiceCollection> configure)
    {
        configure(services);
        return this;
    }

    /// <summary>Runs the targets that the command line names.</summary>
    /// <returns>Zero when every task succeeded.</returns>
    public int Run(string[] args)
    {
        var arguments = HostArguments.Parse(args);
        using var provider = BuildServices(arguments);
        var log = provider.GetRequiredService<ICakeLog>();
        log.Verbosity = arguments.Verbosity;
        try
        {
            RegisterTasks(provider);
            var host = CreateScriptHost(provider, arguments.Mode);
            if (arguments.Exclusive)
            {
                host.Settings.UseExclusiveTarget();
            }

            host.RunTargets(arguments.Targets);
            return 0;
        }
        catch (Exception exception)
        {
            log.LogException(exception);
            return 1;
        }
    }

    private ServiceProvider BuildServices(HostArguments arguments)
    {
        services.AddCakeDiagnostics();
        services.UseCakeDefaultModules();
        services.AddSingleton<ICakeArguments>(new CakeArguments(arguments.All));
        services.AddSingleton(provider => ActivatorUtilities
            .CreateInstance<CakeConfigurationProvider>(provider)
            .CreateConfiguration(new DirectoryPath("."), new Dictionary<string, string>()));
        services.AddSingleton(contextType);
        services.AddSingleton(provider => (FrostingContext)provider.GetRequiredService(contextType));
        return services.BuildServiceProvider();
    }

    private static void RegisterTasks(ServiceProvider provider)
    {
        var engine = provider.GetRequiredService<ICakeEngine>();
        var context = provider.GetRequiredService<FrostingContext>();
        foreach (var lifetime in provider.GetServices<IFrostingLifetime>())
        {
            engine.RegisterSetupAction(info => lifetime.Setup(context, info));
            engine.RegisterTeardownAction(info => lifetime.Teardown(context, info));
        }

        foreach (var type in Assembly.GetEntryAssembly()!.GetExportedTypes().Where(IsTask))
        {
            Register(engine, context, type, (IFrostingTask)ActivatorUtilities.CreateInstance(provider, type));
        }
    }

    private static void Register(ICakeEngine engine, ICakeContext context, Type type, IFrostingTask task)
    {
        var builder = engine.RegisterTask(NameOf(type))
            .Does(() => task.RunAsync(context))
            .WithCriteria(() => task.ShouldRun(context));
        if (type.GetCustomAttribute<TaskDescriptionAttribute>() is { } text)
        {
            builder.Description(text.Description);
        }

        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
        {
            builder.IsDependentOn(NameOf(dependency.Task));
        }
    }

    private static IScriptHost CreateScriptHost(IServiceProvider provider, HostMode mode) => mode switch
    {
        HostMode.Description => ActivatorUtilities.CreateInstance<DescriptionScriptHost>(provider),
        HostMode.Tree => ActivatorUtilities.CreateInstance<TreeScriptHost>(provider),
        HostMode.DryRun => ActivatorUtilities.CreateInstance<DryRunScriptHost>(provider),
        _ => ActivatorUtilities.CreateInstance<BuildScriptHost>(provider),
    };

    private static bool IsTask(Type type) => !type.IsAbstract && type.IsAssignableTo(typeof(IFrostingTask));

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;
}
