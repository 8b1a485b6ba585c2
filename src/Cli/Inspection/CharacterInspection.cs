using System.Text.Json.Nodes;
using Motion.Sim.Characters;

namespace Motion.Cli.Inspection;

/// <summary>Prints a character: masses, degrees of freedom, gains.</summary>
internal static class CharacterInspection
{
    /// <summary>Prints the shipped character of that name, or the one in that file.</summary>
    /// <exception cref="InputException">There is no such character, or its file is wrong.</exception>
    public static JsonObject Print(string nameOrPath, Output output)
    {
        CharacterReport report = CharacterReport.Of(CharacterLibrary.Resolve(nameOrPath));
        output.Line($"{report.Name}: {report.TotalMass:0.00} kg, {report.Height:0.00} m, {report.Bodies.Length} bodies, "
            + $"{report.JointDegrees} degrees of freedom{(report.RootDegrees > 0 ? $" and {report.RootDegrees} of the floating root" : "")}, "
            + $"{report.SelfCollisionPairs} pairs of its own shapes may touch");
        output.Line();
        output.Table(Bodies(report));
        output.Line();
        output.Table(Joints(report));
        foreach (string approximation in report.Approximations)
        {
            output.Line(approximation);
        }

        return Json(report);
    }

    private static TextTable Bodies(CharacterReport report)
    {
        TextTable table = new("body", "parent", "mass kg", "shapes");
        foreach (BodyReport body in report.Bodies)
        {
            table.Add(body.Name, body.Parent, $"{body.Mass:0.000}", string.Join(", ", body.Shapes).ToLowerInvariant());
        }

        return table;
    }

    private static TextTable Joints(CharacterReport report)
    {
        TextTable table = new("joint", "body", "kind", "degrees", "range rad", "kp N·m/rad", "kd N·m·s/rad", "torque limit N·m", "armature kg·m²", "spring N·m/rad", "damping N·m·s/rad");
        foreach (JointReport row in report.Joints)
        {
            Joint joint = row.Joint;
            table.Add(
                joint.Name,
                row.Body,
                $"{joint.Kind}".ToLowerInvariant(),
                $"{joint.VelocityCount}",
                joint.Limited ? $"{joint.Lower:0.00} … {joint.Upper:0.00}" : "free",
                Each(row, drive => drive.Kp),
                Each(row, drive => drive.Kd),
                Each(row, drive => drive.TorqueLimit),
                $"{joint.Armature:0.####}",
                $"{joint.Stiffness:0.####}",
                $"{joint.Damping:0.####}");
        }

        return table;
    }

    private static string Each(JointReport row, Func<DriveReport, float> figure) =>
        row.Drives.IsEmpty ? "–" : string.Join(" / ", row.Drives.Select(drive => float.IsFinite(figure(drive)) ? $"{figure(drive):0.##}" : "none").Distinct());

    private static JsonObject Json(CharacterReport report) => new()
    {
        ["kind"] = "character",
        ["name"] = report.Name,
        ["mass_kg"] = report.TotalMass,
        ["height_m"] = report.Height,
        ["center_of_mass_m"] = new JsonArray(report.CenterOfMass.X, report.CenterOfMass.Y, report.CenterOfMass.Z),
        ["joint_degrees"] = report.JointDegrees,
        ["root_degrees"] = report.RootDegrees,
        ["self_collision_pairs"] = report.SelfCollisionPairs,
        ["bodies"] = new JsonArray([.. report.Bodies.Select(body => new JsonObject
        {
            ["name"] = body.Name,
            ["parent"] = body.Parent,
            ["mass_kg"] = body.Mass,
        })]),
        ["joints"] = new JsonArray([.. report.Joints.Select(Json)]),
        ["approximations"] = new JsonArray([.. report.Approximations.Select(text => JsonValue.Create(text))]),
    };

    private static JsonObject Json(JointReport row) => new()
    {
        ["name"] = row.Joint.Name,
        ["body"] = row.Body,
        ["kind"] = $"{row.Joint.Kind}".ToLowerInvariant(),
        ["degrees"] = row.Joint.VelocityCount,
        ["lower_rad"] = row.Joint.Limited ? row.Joint.Lower : null,
        ["upper_rad"] = row.Joint.Limited ? row.Joint.Upper : null,
        ["armature"] = row.Joint.Armature,
        ["stiffness"] = row.Joint.Stiffness,
        ["damping"] = row.Joint.Damping,
        ["drives"] = new JsonArray([.. row.Drives.Select(drive => new JsonObject
        {
            ["kp"] = drive.Kp,
            ["kd"] = drive.Kd,
            ["torque_limit"] = float.IsFinite(drive.TorqueLimit) ? drive.TorqueLimit : null,
        })]),
    };
}
