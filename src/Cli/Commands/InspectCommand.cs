using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Inspection;
using Motion.Cli.Motions;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Library;

namespace Motion.Cli.Commands;

/// <summary><c>./motion inspect FILE</c>: what is in a clip, a folder of clips, a character or a checkpoint.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> What = new("file")
    {
        Description = "a motion file or a shipped clip's name, a folder of clips or its clips.json, a packed .library, "
            + "a character's name or file (.xml), or .safetensors",
    };

    private static readonly Option<string> For = new("--character")
    {
        Description = "whose packed library it is: a shipped character's name or a character's file (.xml)",
        HelpName = "name|file",
        DefaultValueFactory = _ => "humanoid",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("inspect", "what is in a clip, a folder of clips, a character or a checkpoint") { What, For }
        .Runs(context => Print(context.Value(What), context.Parse.GetRequiredValue(For), context.Output));

    private static JsonObject Print(string what, string character, Output output)
    {
        if (CharacterLibrary.Names.Contains(what))
        {
            return CharacterInspection.Print(what, output);
        }

        switch (Path.GetExtension(what).ToLowerInvariant())
        {
            case ".xml":
                return CharacterInspection.Print(what, output);
            case ".safetensors":
                return TensorInspection.Print(what, output);
            case ImportFolder.LibraryEnding:
                using (ClipLibrary library = ClipLibrary.Open(what, CharacterLibrary.Resolve(character)))
                {
                    return CatalogInspection.Print(what, library, output);
                }

            default:
                return InputFinder.Catalog(what) is { } catalog
                    ? CatalogInspection.Print(catalog, output)
                    : ClipInspection.Print(MotionFolder.Read(what, folder: null), output);
        }
    }
}
