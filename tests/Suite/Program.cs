using System.CommandLine;
using System.CommandLine.Help;
using Motion.Suite;

Argument<string[]> names = new("project") { Description = "run only test projects whose name contains one of these words", DefaultValueFactory = _ => [] };
Option<string> filter = new("--filter") { Description = "run only tests that match: a dotnet test filter such as FullyQualifiedName~Clips" };
Option<int> jobs = new("--jobs") { Description = "test projects that run at once", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 4) };
Option<string> stack = new("--stack") { Description = "the packages behind the seams: system (default) or nuget; read by ./test, which builds them" };
Option<DirectoryInfo> root = new("--root") { Required = true, Hidden = true };
Option<DirectoryInfo> built = new("--built") { Required = true, Hidden = true };

names.Validators.Add(result =>
{
    foreach (string name in result.Tokens.Select(token => token.Value).Where(value => value.StartsWith('-')))
    {
        result.AddError($"unknown option '{name}'");
    }
});
Command command = new("./test", "Builds everything and runs every test. The last line says: N passed, N failed, N skipped.")
{
    names, filter, jobs, stack, root, built, new HelpOption(),
};
command.SetAction(async (parse, cancellation) =>
{
    SuiteRun run = new()
    {
        Root = parse.GetRequiredValue(root).FullName,
        Built = parse.GetRequiredValue(built).FullName,
        Names = parse.GetRequiredValue(names),
        Filter = parse.GetValue(filter),
        Jobs = Math.Max(1, parse.GetValue(jobs)),
    };
    return await run.Go(Console.Out, cancellation);
});
ParseResult parsed = command.Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
{
    await Console.Error.WriteLineAsync($"./test: {string.Join("; ", parsed.Errors.Select(error => error.Message))} (see './test --help')");
    return 2;
}

return await parsed.InvokeAsync();
