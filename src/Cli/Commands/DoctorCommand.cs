using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Doctor;

namespace Motion.Cli.Commands;

/// <summary><c>./motion doctor</c>: what is installed, what is missing, what works.</summary>
internal static class DoctorCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("doctor", "what is installed, what is missing, what works").Runs(Look);

    private static async Task<Outcome> Look(CommandContext context)
    {
        Task<Component[]> numerics = Numerics.Look(context.Cancellation);
        Task<Component[]> others = Task.WhenAll(
        [
            Tools.Sdk(context.Cancellation),
            Task.Run(Processor.Look),
            Task.Run(Graphics.OpenGl),
            Tools.Ffmpeg(context.Cancellation),
            Task.Run(Tools.MuJoCo),
            Tools.Blender(context.Cancellation),
        ]);
        Component[] components = [.. (await others)[..2], .. await numerics, .. (await others)[2..]];
        bool ready = components.All(component => component.Present || !component.Required);
        Print(context.Output, components, ready);

        JsonObject json = new() { ["ready"] = ready };
        foreach (Component component in components)
        {
            json[component.Key] = component.ToJson();
        }

        return new Outcome(json, ready ? ExitCode.Done : ExitCode.MissingComponent);
    }

    private static void Print(Output output, Component[] components, bool ready)
    {
        TextTable table = new("component", "state", "version", "remark");
        foreach (Component component in components)
        {
            string state = component.Present ? "ok" : component.Required ? "MISSING" : "missing";
            string remark = component.Present
                ? Join(component.Remark, component.Path)
                : Join($"without it: {component.WithoutIt}", component.Remark);
            table.Add(component.Name, state, component.Version, remark);
        }

        output.Table(table);
        output.Line(ready ? "Everything that is needed is here." : "Something that is needed is missing: see MISSING above.");
    }

    private static string Join(params string[] parts) => string.Join("; ", parts.Where(part => part.Length > 0));
}
