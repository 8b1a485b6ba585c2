using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>The lower half of a BVH file: one row of numbers a frame.</summary>
internal sealed class BvhRows
{
    private const float StillTolerance = 1e-4f;
    private readonly BvhHierarchy hierarchy;
    private readonly BvhChannels? root;
    private readonly ImmutableArray<BvhChannels> movers;
    private readonly double[] row;
    private Vector3[] rootPositions;
    private Quaternion[] rotations;
    private Vector3[] offsets;

    /// <summary>Makes room for some frames; more is made as frames come.</summary>
    public BvhRows(BvhHierarchy hierarchy, int frames)
    {
        this.hierarchy = hierarchy;
        root = hierarchy.Channels[0].Joint == 0 && hierarchy.Channels[0].Moves ? hierarchy.Channels[0] : null;
        movers = [.. hierarchy.Channels.Where(channels => channels.Joint > 0 && channels.Moves)];
        row = new double[hierarchy.RowLength];
        (rootPositions, rotations, offsets) = ([], [], []);
        Resize(frames);
    }

    /// <summary>Root positions: [frame].</summary>
    public Vector3[] RootPositions => rootPositions;

    /// <summary>Rotations: [frame × joint].</summary>
    public Quaternion[] Rotations => rotations;

    /// <summary>Reads as many frames as were promised, then nothing but blank lines.</summary>
    public void Read(TextTokens tokens, int promised)
    {
        for (int frame = 0; frame < promised; frame++)
        {
            if (!tokens.MoveNextLine())
            {
                throw tokens.Lines.Ended($"{promised} frames as Frames: says, of which {frame} are there");
            }

            tokens.Row(row, frame);
            if (frame == rootPositions.Length)
            {
                Resize((int)Math.Min(promised, frame * 2L));
            }

            Take(frame);
        }

        if (tokens.MoveNextLine())
        {
            tokens.MoveNextInLine();
            throw tokens.Wrong($"wanted the end after {promised} frames as Frames: says, found {tokens.Quoted()}; correct the count");
        }

        Resize(promised);
    }

    /// <summary>
    /// Decides what the position channels of joints beside the root mean, corrects offsets that never change, and returns those that do.
    /// </summary>
    public ImmutableArray<MovingOffset> MovingOffsets(List<string> notes, out ImmutableArray<SkeletonJoint> joints)
    {
        joints = hierarchy.Joints;
        List<MovingOffset> moving = [];
        int still = 0;
        int added = 0;
        for (int i = 0; i < movers.Length; i++)
        {
            SkeletonJoint joint = joints[movers[i].Joint];
            Vector3[] track = Track(i, joint.Offset, out bool isAdded);
            Vector3 first = track[0];
            float size = StillTolerance * Math.Max(first.Length(), joint.Offset.Length());
            added += isAdded ? 1 : 0;
            if (Array.TrueForAll(track, offset => Vector3.Distance(offset, first) <= size))
            {
                still += Vector3.Distance(first, joint.Offset) > size ? 1 : 0;
                joints = joints.SetItem(movers[i].Joint, joint with { Offset = first });
            }
            else
            {
                moving.Add(new MovingOffset(movers[i].Joint, track));
            }
        }

        if (still > 0)
        {
            notes.Add($"{still} joints take their offset from position channels that never change, not from OFFSET.");
        }

        if (moving.Count > 0)
        {
            notes.Add($"{moving.Count} joints beside the root have position channels that change: "
                + string.Join(", ", moving.Select(offset => hierarchy.Joints[offset.Joint].Name)) + ".");
        }

        if (added > 0)
        {
            notes.Add($"The position channels of {added} joints beside the root were added to their OFFSET.");
        }

        return [.. moving];
    }

    private void Take(int frame)
    {
        rootPositions[frame] = root is null ? hierarchy.Joints[0].Offset : root.Position(row, hierarchy.Joints[0].Offset);
        Span<Quaternion> pose = rotations.AsSpan(frame * hierarchy.Joints.Length, hierarchy.Joints.Length);
        pose.Fill(Quaternion.Identity);
        foreach (BvhChannels channels in hierarchy.Channels)
        {
            pose[channels.Joint] = channels.Rotation(row);
        }

        for (int i = 0; i < movers.Length; i++)
        {
            offsets[(frame * movers.Length) + i] = movers[i].Position(row, new Vector3(float.NaN));
        }
    }

    /// <summary>One joint's offsets over time, after deciding whether its channels replace OFFSET or are added to it.</summary>
    private Vector3[] Track(int mover, Vector3 offset, out bool isAdded)
    {
        Vector3[] track = new Vector3[rootPositions.Length];
        double fromZero = 0;
        double fromOffset = 0;
        for (int frame = 0; frame < track.Length; frame++)
        {
            Vector3 value = offsets[(frame * movers.Length) + mover];
            for (int axis = 0; axis < 3; axis++)
            {
                if (!float.IsNaN(value[axis]))
                {
                    fromZero += Math.Abs(value[axis]);
                    fromOffset += Math.Abs(value[axis] - offset[axis]);
                }
            }

            track[frame] = value;
        }

        isAdded = fromZero < fromOffset;
        for (int frame = 0; frame < track.Length; frame++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                float value = track[frame][axis];
                track[frame][axis] = float.IsNaN(value) ? offset[axis] : isAdded ? offset[axis] + value : value;
            }
        }

        return track;
    }

    private void Resize(int frames)
    {
        Array.Resize(ref rootPositions, frames);
        Array.Resize(ref rotations, frames * hierarchy.Joints.Length);
        Array.Resize(ref offsets, frames * movers.Length);
    }
}
