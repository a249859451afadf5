namespace MlOps.Build.Analyzers.Tests.Serving;

/// <summary>As much of ASP.NET Core as the rules look at: its real assemblies are no package.</summary>
internal static class AspNet
{
    public const string Stubs = """

        namespace Microsoft.AspNetCore.Http
        {
            public class HttpContext { }
            public delegate System.Threading.Tasks.Task RequestDelegate(HttpContext context);
        }

        namespace Microsoft.AspNetCore.Routing
        {
            public interface IEndpointRouteBuilder { }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            using Microsoft.AspNetCore.Http;
            using Microsoft.AspNetCore.Routing;

            public interface IApplicationBuilder { }
            public sealed class WebApplication : IEndpointRouteBuilder, IApplicationBuilder { }
            public static class EndpointRouteBuilderExtensions
            {
                public static void MapGet(this IEndpointRouteBuilder endpoints, string pattern, System.Delegate handler) { }
                public static void MapPost(this IEndpointRouteBuilder endpoints, string pattern, System.Delegate handler) { }
            }

            public static class UseExtensions
            {
                public static void Use(
                    this IApplicationBuilder app,
                    System.Func<HttpContext, System.Func<System.Threading.Tasks.Task>, System.Threading.Tasks.Task> middleware) { }
            }
        }

        namespace Microsoft.AspNetCore.Mvc
        {
            public abstract class ControllerBase { }
            public sealed class NonActionAttribute : System.Attribute { }
        }

        namespace Microsoft.AspNetCore.Mvc.RazorPages
        {
            public abstract class PageModel { }
        }

        namespace Microsoft.Azure.Functions.Worker
        {
            public sealed class FunctionAttribute(string name) : System.Attribute { public string Name => name; }
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public interface IServiceCollection { }
            public static class ServiceCollectionServiceExtensions
            {
                public static IServiceCollection AddSingleton<T>(this IServiceCollection s) where T : class => s;
                public static IServiceCollection AddSingleton<T, TImplementation>(this IServiceCollection s) where TImplementation : class, T => s;
                public static IServiceCollection AddSingleton<T>(this IServiceCollection s, T instance) where T : class => s;
                public static IServiceCollection AddSingleton<T>(this IServiceCollection s, System.Func<System.IServiceProvider, T> make) where T : class => s;
                public static IServiceCollection AddSingleton(this IServiceCollection s, System.Type type, System.Func<System.IServiceProvider, object> make) => s;
                public static IServiceCollection AddScoped<T>(this IServiceCollection s) where T : class => s;
                public static IServiceCollection AddScoped<T>(this IServiceCollection s, System.Func<System.IServiceProvider, T> make) where T : class => s;
                public static IServiceCollection AddTransient<T>(this IServiceCollection s, System.Func<System.IServiceProvider, T> make) where T : class => s;
            }
        }

        namespace Microsoft.Extensions.DependencyInjection.Extensions
        {
            public static class ServiceCollectionDescriptorExtensions
            {
                public static void TryAddSingleton<T>(this IServiceCollection s, System.Func<System.IServiceProvider, T> make) where T : class { }
            }
        }

        namespace Microsoft.Extensions.ML
        {
            public class PredictionEnginePool<TIn, TOut> { public TOut Predict(TIn row) => default; }
        }
        """;

    public const string Usings = """
        using System.Threading;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Azure.Functions.Worker;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.DependencyInjection.Extensions;
        using Microsoft.Extensions.ML;

        """;
}
