namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    private void FindPairContacts(int* active, ref int count)
    {
        BoundingSphere[] bounds = model.Contacts.Bounds;
        for (int shape = 0; shape < bounds.Length; shape++)
        {
            OnWorld(bounds[shape].Link, bounds[shape].Center).Store(ScratchRow(layout.BoundCenters + (3 * shape)));
        }

        foreach (WidePair pair in model.Contacts.Pairs)
        {
            Vector3Wide<T> apart = Vector3Wide<T>.Load(ScratchRow(layout.BoundCenters + (3 * pair.BoundA)))
                - Vector3Wide<T>.Load(ScratchRow(layout.BoundCenters + (3 * pair.BoundB)));
            float reach = bounds[pair.BoundA].Radius + bounds[pair.BoundB].Radius + settings.PairMargin;
            T near = T.Less(Vector3Wide<T>.Dot(apart, apart), T.Broadcast(reach * reach));
            if (!T.Any(near))
            {
                ClearImpulses(pair);
            }
            else if (pair.Test == PairTest.Segments)
            {
                TestSegments(pair, active, ref count);
            }
            else
            {
                TestPoints(pair, active, ref count);
            }
        }
    }

    private void ClearImpulses(WidePair pair)
    {
        int contacts = pair.Test == PairTest.Segments ? 1 : pair.A.Points.Length;
        for (int contact = pair.FirstContact; contact < pair.FirstContact + contacts; contact++)
        {
            Vector3Wide<T>.Zero.Store(StateRow(layout.Impulses + (3 * contact)));
        }
    }

    private Vector3Wide<T> OnWorld(int link, System.Numerics.Vector3 point) =>
        Vector3Wide<T>.Load(LinkPosition(link)) + Matrix3Wide<T>.Load(LinkMatrix(link)).Times(point);

    /// <summary>Nearest points of two segments (Ericson, Real-Time Collision Detection, 2005, §5.1.9).</summary>
    private void TestSegments(WidePair pair, int* active, ref int count)
    {
        T zero = T.Broadcast(0), one = T.Broadcast(1), tiny = T.Broadcast(1e-9f);
        Vector3Wide<T> startA = OnWorld(pair.A.Link, pair.A.Points[0]), startB = OnWorld(pair.B.Link, pair.B.Points[0]);
        Vector3Wide<T> alongA = OnWorld(pair.A.Link, pair.A.Points[1]) - startA, alongB = OnWorld(pair.B.Link, pair.B.Points[1]) - startB;
        Vector3Wide<T> between = startA - startB;
        T a = Vector3Wide<T>.Dot(alongA, alongA), e = Vector3Wide<T>.Dot(alongB, alongB), b = Vector3Wide<T>.Dot(alongA, alongB);
        T c = Vector3Wide<T>.Dot(alongA, between), f = Vector3Wide<T>.Dot(alongB, between);
        T s = Clamp01(T.Fnma(c, e, b * f) / T.Max(T.Fnma(b, b, a * e), tiny));
        T t = Clamp01(T.Fma(b, s, f) / T.Max(e, tiny));
        s = Clamp01(T.Fma(b, t, -c) / T.Max(a, tiny));
        Vector3Wide<T> pointA = Vector3Wide<T>.Fma(alongA, s, startA), pointB = Vector3Wide<T>.Fma(alongB, t, startB);
        Vector3Wide<T> apart = pointA - pointB;
        T distance = T.Sqrt(Vector3Wide<T>.Dot(apart, apart));
        T inverse = one / T.Max(distance, T.Broadcast(1e-6f));
        Vector3Wide<T> up = new(zero, zero, one);
        Vector3Wide<T> normal = Vector3Wide<T>.Select(T.Less(T.Broadcast(1e-6f), distance), apart * inverse, up);
        T gap = distance - T.Broadcast(pair.A.Radius + pair.B.Radius);
        Vector3Wide<T> place = Vector3Wide<T>.Fma(normal, T.Fma(gap, T.Broadcast(0.5f), T.Broadcast(pair.B.Radius)), pointB);
        Admit(pair.FirstContact, T.Less(gap, T.Broadcast(settings.PairMargin)), gap, normal, place, active, ref count);
    }

    private static T Clamp01(T value) => T.Min(T.Max(value, T.Broadcast(0)), T.Broadcast(1));

    private void TestPoints(WidePair pair, int* active, ref int count)
    {
        QuaternionWide<T> turn = QuaternionWide<T>.Load(LinkRotation(pair.B.Link)) * QuaternionWide<T>.Broadcast(pair.B.Rotation);
        Matrix3Wide<T> rotation = Matrix3Wide<T>.From(turn);
        Vector3Wide<T> center = OnWorld(pair.B.Link, pair.B.Points[0]);
        for (int index = 0; index < pair.A.Points.Length; index++)
        {
            Vector3Wide<T> point = OnWorld(pair.A.Link, pair.A.Points[index]);
            T gap = BoxDistance(point - center, rotation, pair.B.HalfSize, out Vector3Wide<T> normal) - T.Broadcast(pair.A.Radius);
            Vector3Wide<T> place = point - (normal * T.Broadcast(pair.A.Radius));
            Admit(pair.FirstContact + index, T.Less(gap, T.Broadcast(settings.PairMargin)), gap, normal, place, active, ref count);
        }
    }
}
