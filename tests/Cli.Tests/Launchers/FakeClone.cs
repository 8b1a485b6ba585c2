using Motion.Testing;

namespace Motion.Cli.Tests.Launchers;

/// <summary>
/// A copy of the launchers among stand-ins for everything they call (apt-get, sudo, dotnet …), which note each call and do no more than the
/// launchers can see. So a test chooses who the user is and what is installed, and reads what was done.
/// </summary>
internal sealed class FakeClone : IDisposable
{
    /// <summary>What the launchers take from the system besides.</summary>
    private static readonly string[] SystemTools =
    [
        "basename", "bash", "cat", "cp", "date", "dirname", "env", "find", "flock", "grep", "head", "ln", "ls", "mkdir", "mktemp", "mv",
        "readlink", "rm", "sed", "sleep", "sort", "tail", "touch", "tr", "xargs",
    ];

    private readonly TempFolder _folder = new();

    /// <summary>Copies the launchers; nothing is installed, nothing is built, and the user is root.</summary>
    public FakeClone()
    {
        foreach (string file in new[] { "motion", "test", "scripts/setup.sh" })
        {
            _folder.Write($"clone/{file}", File.ReadAllText(Repository.PathOf(file)));
        }

        Packages("run", "cmake required", "libtorch-dev torch", "ffmpeg optional");
        Packages("test", "blender optional", "node=nodejs optional");
        foreach (string source in new[] { "src/a.cs", "tests/a.cs", "Motion.sln", "global.json", ".editorconfig", "tests/node/package.json" })
        {
            Edit(source);
        }

        foreach (string extension in new[] { "Build.props", "Build.targets", "Packages.props" })
        {
            Edit($"Directory.{extension}");
        }

        StandIn("id", "echo ${FAKE_USER:-0}");
        StandIn("sudo", "[ \"${FAKE_SUDO:-no}\" = yes ] || exit 1; [ \"$1\" = -n ] && shift; [ \"$1\" = true ] || note sudo; \"$@\"");
        StandIn("dpkg-query", "touch $state/installed; for package; do :; done; grep -qx -- \"$package\" $state/installed && echo installed");
        StandIn(
            "apt-get",
            """
            note apt-get "$@"
            [ "$1" = install ] || exit 0
            shift
            for package; do case " ${FAKE_BROKEN:-} " in *" $package "*) echo "E: Unable to locate package $package"; exit 100 ;; esac; done
            printf '%s\n' "$@" >>$state/installed
            """);
        FakeDotnet();
        StandIn("npm", "note npm \"$1\"");
        StandIn("node", "");
        foreach (string tool in SystemTools)
        {
            Directory.CreateDirectory(_folder.PathOf("system"));
            File.CreateSymbolicLink(_folder.PathOf("system", tool), File.Exists($"/bin/{tool}") ? $"/bin/{tool}" : $"/usr/bin/{tool}");
        }

        Directory.CreateDirectory(_folder.PathOf("feed"));
    }

    /// <summary>Gives the clone an SDK that builds in no time, and runs nothing.</summary>
    public void FakeDotnet() =>
        StandIn(
            "dotnet",
            """
            note dotnet "${1##*/}" "${2##*/}"
            case $1 in
              build) [ -z "${FAKE_BUILD_FAILS:-}" ] || { echo "a.cs(1,1): error CS1002: ; expected"; exit 1; }
                case " $* " in *" -p:Stack=nuget "*) built=$clone/artifacts/nuget ;; *) built=$clone/artifacts ;; esac
                sleep 0.3; mkdir -p $built/bin/Motion.Cli/release; touch $built/bin/Motion.Cli/release/motion.dll ;;
              *) printf '%s\n' "${@:2}" >$state/arguments; echo "ran with ${MOTION_NATIVE:-no native library}" ;;
            esac
            """);

    /// <summary>The clone's root.</summary>
    public string Root => _folder.PathOf("clone");

    /// <summary>What was called since the last time this was read.</summary>
    public string[] Calls()
    {
        string file = _folder.PathOf("calls");
        string[] calls = File.Exists(file) ? File.ReadAllLines(file) : [];
        File.Delete(file);
        return calls;
    }

    /// <summary>What the last program that was run was told.</summary>
    public string[] Arguments() => File.ReadAllLines(_folder.PathOf("arguments"));

    /// <summary>Gives the clone projects as they are and the SDK itself; whoever builds them finds a package feed, and a cache, with nothing in it.</summary>
    /// <returns>What to run the launchers with.</returns>
    public (string Name, string Value)[] RealBuild(params string[] projects)
    {
        foreach (string file in new[] { "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" }.Concat(projects))
        {
            _folder.Write($"clone/{file}", File.ReadAllText(Repository.PathOf(file)));
        }

        string[] lines = [.. projects.Select((project, place) =>
            $"Project(\"{{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}}\") = \"{Path.GetFileNameWithoutExtension(project)}\", \"{project}\", \"{Id(place)}\"\nEndProject")];
        _folder.Write("clone/Motion.sln", $"""
            Microsoft Visual Studio Solution File, Format Version 12.00
            {string.Join('\n', lines)}
            Global
            GlobalSection(SolutionConfigurationPlatforms) = preSolution
            Release|Any CPU = Release|Any CPU
            EndGlobalSection
            GlobalSection(ProjectConfigurationPlatforms) = postSolution
            {string.Join('\n', projects.Select((_, place) => $"{Id(place)}.Release|Any CPU.ActiveCfg = Release|Any CPU\n{Id(place)}.Release|Any CPU.Build.0 = Release|Any CPU"))}
            EndGlobalSection
            EndGlobal

            """);
        string sdk = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
        StandIn("dotnet", $"note dotnet \"${{1##*/}}\" \"${{2##*/}}\"; exec {sdk} \"$@\"");
        return [("RestoreSources", _folder.PathOf("feed")), ("NUGET_PACKAGES", _folder.PathOf("cache"))];
    }

    /// <summary>Writes a list of packages.</summary>
    public void Packages(string list, params string[] entries) =>
        _folder.Write($"clone/scripts/packages-{list}.txt", $"# package need what for\n{string.Join('\n', entries)}\n");

    /// <summary>Makes a source file newer than anything built.</summary>
    public void Edit(string file) => _folder.Write($"clone/{file}", "");

    /// <summary>Gives the clone a native library whose build runs this script.</summary>
    public void Native(string script) => Executable("clone/native/build.sh", script);

    /// <summary>Takes a program away.</summary>
    public void Remove(string program) => File.Delete(_folder.PathOf("programs", program));

    /// <summary>Runs a launcher; of what this test process was told, only the given variables reach it.</summary>
    public Task<ProgramResult> Run(string launcher, string[] arguments, params (string Name, string Value)[] environment)
    {
        Dictionary<string, string?> variables = new()
        {
            ["PATH"] = $"{_folder.PathOf("programs")}:{_folder.PathOf("system")}",
            ["state"] = _folder.Root,
            ["clone"] = Root,
            ["MOTION_NATIVE"] = null,
            ["TORCH_DIR"] = null,
        };
        foreach ((string name, string value) in environment)
        {
            variables[name] = value;
        }

        return ExternalProgram.Run("/bin/bash", [Path.Combine(Root, launcher), .. arguments], environment: variables);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static string Id(int place) => $"{{00000000-0000-0000-0000-00000000000{place}}}";

    private void StandIn(string program, string script) => Executable(
        $"programs/{program}", $"note() {{ echo \"$*\" >>$state/calls; }}\n{script}");

    private void Executable(string file, string script)
    {
        string path = _folder.Write(file, $"#!/bin/bash\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
