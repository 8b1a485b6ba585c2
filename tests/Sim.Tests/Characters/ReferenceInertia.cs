using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Characters;

/// <summary>
/// A character's mass properties at a pose, from their definitions and in double precision: the joint-space inertia is the sum
/// over bodies of Jᵀ·diag(m, I)·J, with J the body's Jacobian at its centre of mass, plus armature on the diagonal.
/// Slow and plain on purpose: other code is checked against it.
/// </summary>
internal sealed class ReferenceInertia
{
    private readonly Character character;
    private readonly Vector[] origins;
    private readonly Turn[] turns;

    /// <summary>By degree of freedom: direction, the point its line passes through (none for a translation), and its body.</summary>
    private readonly (Vector Axis, Vector? Point, int Body)[] axes;

    public ReferenceInertia(Character character, ReadOnlySpan<double> positions)
    {
        this.character = character;
        origins = new Vector[character.Bodies.Length];
        turns = new Turn[character.Bodies.Length];
        axes = new (Vector, Vector?, int)[character.VelocityCount];
        for (int index = 0; index < character.Bodies.Length; index++)
        {
            Place(index, positions);
        }
    }

    public double Mass => character.Bodies.Sum(body => (double)body.Mass);

    /// <summary>Centre of mass in the world, m: [3].</summary>
    public double[] Center
    {
        get
        {
            Vector sum = default;
            for (int body = 0; body < character.Bodies.Length; body++)
            {
                sum += character.Bodies[body].Mass * CenterOf(body);
            }

            return [sum.X / Mass, sum.Y / Mass, sum.Z / Mass];
        }
    }

    /// <summary>Joint-space inertia: [degree of freedom, degree of freedom].</summary>
    public double[,] JointSpace()
    {
        int count = character.VelocityCount;
        double[,] inertia = new double[count, count];
        for (int body = 0; body < character.Bodies.Length; body++)
        {
            (Vector Linear, Vector Angular)[] jacobian = [.. Enumerable.Range(0, count).Select(dof => Column(dof, body))];
            for (int row = 0; row < count; row++)
            {
                Vector momentum = Spin(body, jacobian[row].Angular);
                for (int column = 0; column < count; column++)
                {
                    inertia[row, column] += (character.Bodies[body].Mass * jacobian[row].Linear.Dot(jacobian[column].Linear)) + momentum.Dot(jacobian[column].Angular);
                }
            }
        }

        foreach (Joint joint in character.Joints)
        {
            for (int dof = joint.VelocityIndex; dof < joint.VelocityIndex + joint.VelocityCount; dof++)
            {
                inertia[dof, dof] += joint.Armature;
            }
        }

        return inertia;
    }

    private void Place(int index, ReadOnlySpan<double> positions)
    {
        Body body = character.Bodies[index];
        Vector origin = body.Parent < 0 ? default : origins[body.Parent];
        Turn turn = body.Parent < 0 ? Turn.None : turns[body.Parent];
        origin += turn.Apply(Vector.From(body.Position));
        turn = turn.Then(Turn.From(body.Rotation));
        for (int j = body.FirstJoint; j < body.FirstJoint + body.JointCount; j++)
        {
            Joint joint = character.Joints[j];
            int at = joint.PositionIndex;
            Vector anchorLocal = Vector.From(joint.Anchor);
            Vector anchor = origin + turn.Apply(anchorLocal);
            switch (joint.Kind)
            {
                case JointKind.Free:
                    origin = new Vector(positions[at], positions[at + 1], positions[at + 2]);
                    turn = new Turn(positions[at + 3], positions[at + 4], positions[at + 5], positions[at + 6]).Unit();
                    SetAxes(joint.VelocityIndex, index, Turn.None, point: null);
                    SetAxes(joint.VelocityIndex + 3, index, turn, origin);
                    continue;
                case JointKind.Ball:
                    turn = turn.Then(new Turn(positions[at], positions[at + 1], positions[at + 2], positions[at + 3]).Unit());
                    SetAxes(joint.VelocityIndex, index, turn, anchor);
                    break;
                default:
                    Vector axis = Vector.From(joint.Axis);
                    axes[joint.VelocityIndex] = (turn.Apply(axis), anchor, index);
                    turn = turn.Then(Turn.About(axis, positions[at]));
                    break;
            }

            origin = anchor - turn.Apply(anchorLocal);
        }

        origins[index] = origin;
        turns[index] = turn;
    }

    private void SetAxes(int dof, int body, Turn turn, Vector? point)
    {
        axes[dof] = (turn.Apply(new Vector(1, 0, 0)), point, body);
        axes[dof + 1] = (turn.Apply(new Vector(0, 1, 0)), point, body);
        axes[dof + 2] = (turn.Apply(new Vector(0, 0, 1)), point, body);
    }

    private Vector CenterOf(int body) => origins[body] + turns[body].Apply(Vector.From(character.Bodies[body].CenterOfMass));

    /// <summary>What a unit rate of a degree of freedom does to a body's centre of mass and orientation.</summary>
    private (Vector Linear, Vector Angular) Column(int dof, int body)
    {
        (Vector axis, Vector? point, int moved) = axes[dof];
        int ancestor = body;
        while (ancestor > moved)
        {
            ancestor = character.Bodies[ancestor].Parent;
        }

        return ancestor != moved ? default : point is { } through ? (axis.Cross(CenterOf(body) - through), axis) : (axis, default);
    }

    private Vector Spin(int body, Vector angular)
    {
        SymmetricMatrix inertia = character.Bodies[body].Inertia;
        Vector local = turns[body].Inverse().Apply(angular);
        return turns[body].Apply(new Vector(
            (inertia.XX * local.X) + (inertia.XY * local.Y) + (inertia.XZ * local.Z),
            (inertia.XY * local.X) + (inertia.YY * local.Y) + (inertia.YZ * local.Z),
            (inertia.XZ * local.X) + (inertia.YZ * local.Y) + (inertia.ZZ * local.Z)));
    }

    private readonly record struct Vector(double X, double Y, double Z)
    {
        public static Vector From(System.Numerics.Vector3 v) => new(v.X, v.Y, v.Z);

        public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        public static Vector operator -(Vector a, Vector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        public static Vector operator *(double scale, Vector a) => new(scale * a.X, scale * a.Y, scale * a.Z);

        public double Dot(Vector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

        public Vector Cross(Vector b) => new((Y * b.Z) - (Z * b.Y), (Z * b.X) - (X * b.Z), (X * b.Y) - (Y * b.X));
    }

    private readonly record struct Turn(double W, double X, double Y, double Z)
    {
        public static Turn None => new(1, 0, 0, 0);

        public static Turn From(System.Numerics.Quaternion q) => new Turn(q.W, q.X, q.Y, q.Z).Unit();

        public static Turn About(Vector axis, double angle)
        {
            double sine = Math.Sin(angle / 2) / Math.Sqrt(axis.Dot(axis));
            return new Turn(Math.Cos(angle / 2), sine * axis.X, sine * axis.Y, sine * axis.Z);
        }

        public Turn Unit()
        {
            double length = Math.Sqrt((W * W) + (X * X) + (Y * Y) + (Z * Z));
            return new Turn(W / length, X / length, Y / length, Z / length);
        }

        public Turn Inverse() => new(W, -X, -Y, -Z);

        public Turn Then(Turn b) => new(
            (W * b.W) - (X * b.X) - (Y * b.Y) - (Z * b.Z),
            (W * b.X) + (X * b.W) + (Y * b.Z) - (Z * b.Y),
            (W * b.Y) - (X * b.Z) + (Y * b.W) + (Z * b.X),
            (W * b.Z) + (X * b.Y) - (Y * b.X) + (Z * b.W));

        public Vector Apply(Vector v)
        {
            Vector imaginary = new(X, Y, Z);
            Vector turned = imaginary.Cross(v);
            return v + (2 * W * turned) + (2 * imaginary.Cross(turned));
        }
    }
}
