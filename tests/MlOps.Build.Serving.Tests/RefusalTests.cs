using System.Net;
using System.Text;

namespace MlOps.Build.Serving.Tests;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{ "area": 1, "town": "Ulm", "twon": 1 }""", "/twon: 'twon' is unknown. Did you mean 'town'?")]
    [InlineData("""{ "Area": 1, "area": 2, "town": "Ulm" }""", "/Area: 'Area' is unknown. Did you mean 'area'?")]
    [InlineData("""{ "area": 1, "town": "Ulm", "garden": true }""", "/garden: 'garden' is unknown.")]
    [InlineData("""{ "area": 1 }""", "'town' is missing; a text is expected.")]
    [InlineData("""{ }""", "'area' is missing; a number (or null, if it is missing) is expected.")]
    [InlineData("""{ "area": "80", "town": "Ulm" }""", "/area: 'area' is a text; a number (or null, if it is missing) is expected.")]
    [InlineData("""{ "area": 1e40, "town": "Ulm" }""", "/area: 'area' is the number 1e40; a number (or null, if it is missing) is expected.")]
    [InlineData("""{ "area": 1, "town": null }""", "/town: 'town' is null; a text is expected.")]
    [InlineData("""{ "area": 1, "town": 5 }""", "/town: 'town' is the number 5; a text is expected.")]
    [InlineData("""{ "area": 1, "area": 2, "town": "Ulm" }""", "/area: 'area' is there twice.")]
    [InlineData("""[{ "area": 1, "town": "Ulm" }, { "area": [], "town": "Ulm" }]""", "/1/area: 'area' is an array; a number (or null, if it is missing) is expected.")]
    [InlineData("""[{ "area": 1, "town": "Ulm" }, 7]""", "/1: An object is expected, not the number 7.")]
    [InlineData("""[null]""", "/0: An object is expected, not null.")]
    [InlineData("null", "An object is expected, not null.")]
    [InlineData("\"row\"", "An object is expected, not a text.")]
    [InlineData("", "The body is not JSON: line 1, byte 1.")]
    [InlineData("{ \"area\": 1,\n  \"town\": Ulm }", "The body is not JSON: line 2, byte 11.")]
    [InlineData("""{ "area": 1, "town": "Ulm" } {}""", "The body is not JSON: line 1, byte 30.")]
    [InlineData("""{ "area": 1, "town": "Ulm" """, "The body is not JSON: line 1, byte 28.")]
    public async Task A_row_that_does_not_fit_is_refused_and_the_place_is_named(string body, string detail)
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.ScoreAsync(body);

        using var problem = await ScoringTests.ProblemAsync(response, HttpStatusCode.BadRequest, "MLO2756");
        Assert.Equal(detail, problem.RootElement.GetProperty("detail").GetString());
        Assert.Equal((0, 1), ((await service.HealthAsync()).Requests, (await service.HealthAsync()).Refused));
    }

    [Theory]
    [InlineData("""{ "area": 1, "at": "2026-01-31T08:00:00Z", "towns": 1 }""", "/at: 'at' is a text; a time without a zone such as 2026-01-31T08:00:00 is expected.")]
    [InlineData("""{ "area": 1, "at": "2026-01-31T08:00:00+02:00", "towns": 1 }""", "/at: 'at' is a text; a time without a zone such as 2026-01-31T08:00:00 is expected.")]
    [InlineData("""{ "area": 1, "at": "2026-01-31T08:00:00", "towns": 1.5 }""", "/towns: 'towns' is the number 1.5; a whole number is expected.")]
    [InlineData("""{ "area": 1, "at": "2026-01-31T08:00:00", "towns": null }""", "/towns: 'towns' is null; a whole number is expected.")]
    [InlineData("""{ "area": 1, "at": "2026-01-31T08:00:00", "towns": 1, "hour": 8 }""", "/hour: 'hour' is unknown.")]
    [InlineData("""{ "area": 1, "at": "2026-01-31T08:00:00", "towns": 1, "price": 8 }""", "/price: 'price' is unknown.")]
    public async Task Zones_fractions_derived_values_and_the_answer_itself_are_refused(string body, string detail)
    {
        await using var fixture = await VisitFixture.StartAsync(_ => { }, value => new Answer(value, null));

        using var response = await fixture.Service.ScoreAsync(body);

        using var problem = await ScoringTests.ProblemAsync(response, HttpStatusCode.BadRequest, "MLO2756");
        Assert.Equal(detail, problem.RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("""{ "area": 1, "at": "2026-01-31T08:00:00", "towns": 1 }""")]
    [InlineData("""{ "area": 1, "at": "2026-01-31", "towns": 1, "remark": null, "id": 7 }""")]
    public async Task What_may_be_missing_may_be_missing(string body)
    {
        await using var fixture = await VisitFixture.StartAsync(_ => { }, value => new Answer(value, null));

        using var response = await fixture.Service.ScoreAsync(body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Names_that_are_no_text_are_refused_like_any_other_mistake()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.ScoreAsync("""{ "area": 1, "town": "Ulm", "\ud800": 1 }""");

        using var problem = await ScoringTests.ProblemAsync(response, HttpStatusCode.BadRequest, "MLO2756");
    }

    [Fact]
    public async Task All_faults_of_a_batch_are_listed_up_to_twenty()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.ScoreAsync($"[{string.Join(',', Enumerable.Repeat("{}", 50))}]");

        using var problem = await ScoringTests.ProblemAsync(response, HttpStatusCode.BadRequest, "MLO2756");
        var faults = problem.RootElement.GetProperty("errors").EnumerateArray().ToArray();
        Assert.Equal(20, faults.Length);
        Assert.Equal("/9", faults[^1].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task More_rows_than_allowed_are_refused()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment, options => options.MaximumRows = 2);
        var row = """{ "area": 1, "town": "Ulm" }""";

        using var two = await service.ScoreAsync($"[{row},{row}]");
        using var three = await service.ScoreAsync($"[{row},{row},{row}]");

        Assert.Equal(HttpStatusCode.OK, two.StatusCode);
        using var problem = await ScoringTests.ProblemAsync(three, HttpStatusCode.RequestEntityTooLarge, "MLO2757");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused_whether_its_length_is_told_or_not(bool lengthTold)
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment, options => options.MaximumBodyBytes = 1000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/score");
        request.Content = new StringContent(new string(' ', 5000), Encoding.UTF8, "application/json");
        request.Headers.TransferEncodingChunked = !lengthTold;

        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        using var problem = await ScoringTests.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "MLO2757");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Anything_but_json_is_refused(string contentType)
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.ScoreAsync("""{ "area": 1, "town": "Ulm" }""", contentType);

        using var problem = await ScoringTests.ProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "MLO2758");
    }

    [Fact]
    public async Task A_body_that_never_ends_is_given_up()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(
            environment, options => options.BodyTimeout = TimeSpan.FromMilliseconds(50));
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", service.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            "POST /score HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray(),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.Equal("HTTP/1.1 408 Request Timeout", status);
    }
}
