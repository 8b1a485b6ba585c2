namespace Motion.Sim.Clips.Analysis;

/// <summary>Tells a file's unit from the size of the figure in it.</summary>
internal static class FileUnits
{
    private const float TypicalHeight = 1.7f;
    private const float LeastHeight = 1.4f;
    private const float MostHeight = 2.1f;

    // Hip to ankle is 0.49 of a person's height, hip to skull base 0.36 (Winter, Biomechanics and Motor Control of Human Movement, ch. 4).
    private const float ShareOfHeight = 0.85f;

    private static readonly (double Metres, string Name)[] s_units =
    [
        (1, "metres"), (0.01, "centimetres"), (0.001, "millimetres"), (0.0254, "inches"), (0.1, "decimetres"), (0.0254 / 0.45, "CMU units of 1/0.45 inch"),
    ];

    /// <summary>Height of the figure from the lengths of its legs, back and neck, file units.</summary>
    public static float Height(SkeletonTree tree, JointRoles roles)
    {
        float legs = 0;
        for (int side = 0; side < 2; side++)
        {
            legs += tree.Distance(roles[JointRole.LeftThigh + side], roles[JointRole.LeftFoot + side]) / 2;
        }

        int top = roles.Has(JointRole.Head) ? roles[JointRole.Head] : roles.Has(JointRole.Neck) ? roles[JointRole.Neck] : roles[JointRole.Chest];
        float back = DistanceBetween(tree, roles[JointRole.Pelvis], top);
        float hip = (tree.Distance(roles[JointRole.Pelvis], roles[JointRole.LeftThigh]) + tree.Distance(roles[JointRole.Pelvis], roles[JointRole.RightThigh])) / 2;

        // Hip joints lie beside and below the pelvis joint; about two thirds of the way is downwards.
        return (legs + back + (0.67f * hip)) / ShareOfHeight;
    }

    /// <summary>Metres in one unit, by the height of the figure.</summary>
    public static Finding<double> Find(float height, double? told, SkeletonMap? map)
    {
        if (map?.MetresPerUnit is double mapped)
        {
            return new Finding<double>(mapped, 1, "the map tells it");
        }

        if (told is double known)
        {
            bool plausible = height * known is >= LeastHeight and <= MostHeight;
            return new Finding<double>(known, plausible ? 1 : 0.7f, plausible ? "the format tells it" : $"the format tells it, though a height of {height * known:0.00} m is unusual");
        }

        foreach ((double metres, string name) in s_units)
        {
            if (height * metres is >= LeastHeight and <= MostHeight)
            {
                return new Finding<double>(metres, 0.9f, $"in {name} the figure is {height * metres:0.00} m tall");
            }
        }

        return new Finding<double>(TypicalHeight / height, 0.5f, $"no usual unit gives a height from {LeastHeight} to {MostHeight} m: scaled to {TypicalHeight} m");
    }

    private static float DistanceBetween(SkeletonTree tree, int first, int second)
    {
        int meeting = tree.CommonAncestor(first, second);
        return tree.Distance(meeting, first) + tree.Distance(meeting, second);
    }
}
