using System.Collections.Immutable;

namespace Motion.Sim.Characters;

/// <summary>Two shapes that may touch.</summary>
/// <param name="First">Index into <see cref="Character.Shapes"/>.</param>
/// <param name="Second">Index into <see cref="Character.Shapes"/>, or into <see cref="Character.WorldShapes"/> for a pair with the world.</param>
/// <param name="Friction">Coefficient of sliding friction between them.</param>
public readonly record struct ShapePair(int First, int Second, float Friction);

/// <summary>
/// Which shapes may touch and with what friction. Rules as MuJoCo's (documentation, "Computation", section "Collision
/// detection"): never two shapes of one body, of a body and its parent (welded bodies count as one, and the world as nobody's
/// parent), or of an excluded pair; otherwise when one's type shares a bit with the other's affinity.
/// </summary>
public static class CollisionPairs
{
    /// <summary>Pairs of the character's own shapes, in index order.</summary>
    public static ImmutableArray<ShapePair> Among(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        ImmutableArray<ShapePair>.Builder pairs = ImmutableArray.CreateBuilder<ShapePair>();
        for (int first = 0; first < character.Shapes.Length; first++)
        {
            for (int second = first + 1; second < character.Shapes.Length; second++)
            {
                if (Collide(character, character.Shapes[first], character.Shapes[second]))
                {
                    pairs.Add(new ShapePair(first, second, Friction(character.Shapes[first], character.Shapes[second])));
                }
            }
        }

        return pairs.ToImmutable();
    }

    /// <summary>Pairs of one of the character's shapes and one of the world's, in index order.</summary>
    public static ImmutableArray<ShapePair> WithWorld(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        ImmutableArray<ShapePair>.Builder pairs = ImmutableArray.CreateBuilder<ShapePair>();
        for (int first = 0; first < character.Shapes.Length; first++)
        {
            for (int second = 0; second < character.WorldShapes.Length; second++)
            {
                if (Collide(character, character.Shapes[first], character.WorldShapes[second]))
                {
                    pairs.Add(new ShapePair(first, second, Friction(character.Shapes[first], character.WorldShapes[second])));
                }
            }
        }

        return pairs.ToImmutable();
    }

    /// <summary>Friction of a contact between two shapes.</summary>
    public static float Friction(Shape first, Shape second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Priority != second.Priority)
        {
            Shape ruling = first.Priority > second.Priority ? first : second;
            return ruling.Frictionless ? 0 : ruling.Friction;
        }

        return first.Frictionless && second.Frictionless ? 0 : MathF.Max(first.Friction, second.Friction);
    }

    private static bool Collide(Character character, Shape first, Shape second)
    {
        bool groupsMeet = (first.ContactType & second.ContactAffinity) != 0 || (second.ContactType & first.ContactAffinity) != 0;
        if (!groupsMeet || IsExcluded(character, first.Body, second.Body))
        {
            return false;
        }

        int firstRigid = Rigid(character, first.Body);
        int secondRigid = Rigid(character, second.Body);
        return firstRigid != secondRigid && !IsParent(character, firstRigid, secondRigid) && !IsParent(character, secondRigid, firstRigid);
    }

    private static bool IsExcluded(Character character, int first, int second) =>
        character.ExcludedPairs.Contains((first, second)) || character.ExcludedPairs.Contains((second, first));

    /// <summary>The topmost body that a body is welded to; −1 when that is the world.</summary>
    private static int Rigid(Character character, int body)
    {
        while (body >= 0 && character.Bodies[body].JointCount == 0)
        {
            body = character.Bodies[body].Parent;
        }

        return body;
    }

    private static bool IsParent(Character character, int parent, int child) =>
        parent >= 0 && child >= 0 && Rigid(character, character.Bodies[child].Parent) == parent;
}
