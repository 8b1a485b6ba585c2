using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;

namespace Motion.Cli.Exporting;

/// <summary>Measures what clips lose on their way out and back: through each format, through programs of others, and back onto their own rigs.</summary>
internal sealed class ExportEvaluation(Character character, string motions, string folder)
{
    private readonly CharacterSkeleton _skeleton = CharacterSkeleton.Of(character);
    private readonly Retargeter _retargeter = new(character);
    private readonly List<(Clip Clip, RoundTrip Trip, RolePlaces Rig)> _measured = [];

    /// <summary>Measures one clip of the catalogue.</summary>
    public void Add(string id)
    {
        RawClip file = MotionFolder.Read(id, motions);
        AnalysedClip recording = SkeletonAnalysis.Analyse(file);
        MotionRecording motion = MotionRecording.Of(_retargeter.Retarget(recording).Clip);
        ExportMotion exported = motion.OnCharacter(_skeleton);
        Clip returned = motion.OnRig(new RigFile(file, recording)).Clip;
        _measured.Add((exported.Clip, RoundTrip.Measure(exported, folder), RolePlaces.Compare(recording.Roles, recording.Clip.Resample(motion.FrameRate), returned)));
    }

    /// <summary>Everything measured so far, and what the programs of others say of the files.</summary>
    public Outcome Finish(Output output)
    {
        string root = Path.GetFullPath(Path.Combine(MotionFolder.Shipped(), ".."));
        int? complaints = PeerPrograms.ValidatorComplaints(root, [.. FilesOf(".glb").Select(file => file.Path)]);
        double? blender = PeerPrograms.BlenderDistance(root, [.. FilesOf(".bvh"), .. FilesOf(".glb")]);

        TextTable table = new("way out and back", "rotation rad", "position mm", "limit");
        Row(table, "BVH, centimetres, Y up", trip => trip.Bvh);
        Row(table, "BVH, metres, Z up", trip => trip.BvhZUp);
        Row(table, "binary glTF", trip => trip.Gltf);
        Row(table, "NumPy archive", trip => trip.Npz);
        table.Add("CSV of joints", "", Millimetres(_measured.Max(one => one.Trip.CsvPosition)), Limit);
        table.Add("BVH and glTF in Blender", "", blender is double distance ? Millimetres(distance) : "not installed", "1 mm");
        table.Add("own rig, median", Number(Median(rig => rig.MedianDirection)), Millimetres(Median(rig => rig.MedianDistance)), "");
        table.Add("own rig, worst clip", Number(_measured.Max(one => one.Rig.MedianDirection)), Millimetres(_measured.Max(one => one.Rig.MedianDistance)), "");
        output.Table(table);
        output.Line(complaints is null ? "glTF validator: not installed (./test fetches it)" : $"glTF validator: {complaints} complaints about {_measured.Count} files");

        bool isGood = _measured.All(one => one.Trip.IsWithinLimits) && complaints is null or 0 && blender is null or <= 1e-3;
        return new Outcome(
            new JsonObject
            {
                ["clips"] = _measured.Count,
                ["frames"] = _measured.Sum(one => one.Clip.FrameCount),
                ["bvh_rotation_rad"] = _measured.Max(one => one.Trip.Bvh.LargestRotation),
                ["bvh_position_mm"] = 1000 * _measured.Max(one => one.Trip.Bvh.LargestPosition),
                ["bvh_z_up_rotation_rad"] = _measured.Max(one => one.Trip.BvhZUp.LargestRotation),
                ["bvh_z_up_position_mm"] = 1000 * _measured.Max(one => one.Trip.BvhZUp.LargestPosition),
                ["gltf_rotation_rad"] = _measured.Max(one => one.Trip.Gltf.LargestRotation),
                ["gltf_position_mm"] = 1000 * _measured.Max(one => one.Trip.Gltf.LargestPosition),
                ["npz_rotation_rad"] = _measured.Max(one => one.Trip.Npz.LargestRotation),
                ["npz_position_mm"] = 1000 * _measured.Max(one => one.Trip.Npz.LargestPosition),
                ["csv_position_mm"] = 1000 * _measured.Max(one => one.Trip.CsvPosition),
                ["gltf_validator_complaints"] = complaints,
                ["blender_position_mm"] = 1000 * blender,
                ["own_rig_position_mm_median"] = 1000 * Median(rig => rig.MedianDistance),
                ["own_rig_position_mm_worst_clip"] = 1000 * _measured.Max(one => one.Rig.MedianDistance),
                ["own_rig_direction_rad_median"] = Median(rig => rig.MedianDirection),
                ["own_rig_direction_rad_worst_clip"] = _measured.Max(one => one.Rig.MedianDirection),
                ["within_limits"] = isGood,
            },
            isGood ? ExitCode.Done : ExitCode.NumericFailure);
    }

    private IEnumerable<(Clip Clip, string Path)> FilesOf(string ending) => _measured.Select(one => (one.Clip, Path.Combine(folder, one.Clip.Name + ending)));

    private static string Limit => $"{RoundTrip.RotationLimit:0.####} rad, {1000 * RoundTrip.PositionLimit:0.#} mm";

    private void Row(TextTable table, string name, Func<RoundTrip, ClipDifference> part) => table.Add(
        name,
        Number(_measured.Max(one => part(one.Trip).LargestRotation)),
        Millimetres(_measured.Max(one => part(one.Trip).LargestPosition)),
        Limit);

    private double Median(Func<RolePlaces, double> figure) => _measured.Select(one => figure(one.Rig)).Order().ElementAt(_measured.Count / 2);

    private static string Number(double value) => $"{value:0.0000000}";

    private static string Millimetres(double metres) => $"{1000 * metres:0.00000}";
}
