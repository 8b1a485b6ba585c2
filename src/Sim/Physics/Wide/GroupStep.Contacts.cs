namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    /// <summary>Finds the contacts that at least one of the worlds has; how many, their numbers in <paramref name="active"/>.</summary>
    private int FindContacts(int* active)
    {
        int count = 0;
        TerrainPoint[] points = model.Contacts.Points;
        bool flat = model.Contacts.IsFlat;
        for (int contact = 0; contact < points.Length; contact++)
        {
            ref readonly TerrainPoint point = ref points[contact];
            Vector3Wide<T> place = Vector3Wide<T>.Load(LinkPosition(point.Link)) + Matrix3Wide<T>.Load(LinkMatrix(point.Link)).Times(point.Position);
            T gap;
            Vector3Wide<T> normal;
            if (flat)
            {
                gap = place.Z - T.Broadcast(model.Contacts.Planes[0].Offset + point.Radius);
                normal = new(T.Broadcast(0), T.Broadcast(0), T.Broadcast(1));
            }
            else
            {
                gap = (point.OnBoxes ? BoxesDistance(place, out normal) : GroundDistance(place, out normal)) - T.Broadcast(point.Radius);
            }

            T touching = T.Less(gap, T.Broadcast(settings.ContactMargin));
            if (T.Any(touching))
            {
                // What is near and does not come nearer needs no contact yet.
                T rate = Vector3Wide<T>.Dot(normal, PointVelocity(point.Link, place - RootPosition(point.Link)));
                touching = T.And(touching, T.Less(T.Fma(T.Broadcast(settings.Seconds), rate, gap), T.Broadcast(settings.ReachedMargin)));
            }

            Admit(contact, touching, gap, normal, place - (normal * T.Broadcast(point.Radius)), active, ref count);
        }

        if (model.Contacts.Pairs.Length > 0)
        {
            FindPairContacts(active, ref count);
        }

        return count;
    }

    private void Admit(int contact, T touching, T gap, in Vector3Wide<T> normal, in Vector3Wide<T> place, int* active, ref int count)
    {
        if (!T.Any(touching))
        {
            Vector3Wide<T>.Zero.Store(StateRow(layout.Impulses + (3 * contact)));
            return;
        }

        float* any = ScratchRow(layout.Touching);
        T.Store(any, T.Or(T.Load(any), touching));
        ContactSupport support = model.Contacts.Supports[contact];
        float* row = ContactScratch(contact);
        normal.Store(row + (ContactRow.Frame * Rows.Width));
        Tangents(normal, out Vector3Wide<T> first, out Vector3Wide<T> second);
        first.Store(row + ((ContactRow.Frame + 3) * Rows.Width));
        second.Store(row + ((ContactRow.Frame + 6) * Rows.Width));
        (place - RootPosition(support.LinkA)).Store(row + (ContactRow.ArmA * Rows.Width));
        if (support.LinkB >= 0)
        {
            (place - RootPosition(support.LinkB)).Store(row + (ContactRow.ArmB * Rows.Width));
        }

        T.Store(row + (ContactRow.Bias * Rows.Width), gap);
        T.Store(row + (ContactRow.Inverse * Rows.Width), touching);
        active[count++] = contact;
    }

    private Vector3Wide<T> RootPosition(int link) => Vector3Wide<T>.Load(LinkPosition(model.Links[link].Root));

    private float* ContactScratch(int contact) => ScratchRow(layout.Contact + (GroupLayout.ContactRows * contact));

    /// <summary>Two unit vectors at right angles to a unit normal (Duff et al., Building an Orthonormal Basis, Revisited, JCGT 2017).</summary>
    private static void Tangents(in Vector3Wide<T> n, out Vector3Wide<T> first, out Vector3Wide<T> second)
    {
        T one = T.Broadcast(1);
        T sign = T.Select(T.Less(n.Z, T.Broadcast(0)), -one, one);
        T a = -one / (sign + n.Z);
        T b = n.X * n.Y * a;
        first = new(T.Fma(sign * n.X * n.X, a, one), sign * b, -(sign * n.X));
        second = new(b, T.Fma(n.Y * n.Y, a, sign), -n.Y);
    }

    /// <summary>Signed distance of points to the nearest plane or the height field, and its normal there.</summary>
    private T GroundDistance(in Vector3Wide<T> place, out Vector3Wide<T> normal)
    {
        T distance = T.Broadcast(float.MaxValue);
        normal = new(T.Broadcast(0), T.Broadcast(0), T.Broadcast(1));
        foreach (WorldPlane plane in model.Contacts.Planes)
        {
            Vector3Wide<T> up = Vector3Wide<T>.Broadcast(plane.Normal);
            T height = Vector3Wide<T>.Dot(up, place) - T.Broadcast(plane.Offset);
            T nearer = T.Less(height, distance);
            distance = T.Select(nearer, height, distance);
            normal = Vector3Wide<T>.Select(nearer, up, normal);
        }

        if (model.Contacts.HeightField is HeightField field)
        {
            T height = HeightDistance(field, place, out Vector3Wide<T> up);
            T nearer = T.Less(height, distance);
            distance = T.Select(nearer, height, distance);
            normal = Vector3Wide<T>.Select(nearer, up, normal);
        }

        return distance;
    }

    /// <summary>Signed distance of points to the nearest fixed box, and the way out of it.</summary>
    private T BoxesDistance(in Vector3Wide<T> place, out Vector3Wide<T> normal)
    {
        T distance = T.Broadcast(float.MaxValue);
        normal = new(T.Broadcast(0), T.Broadcast(0), T.Broadcast(1));
        foreach (WorldBox box in model.Contacts.Boxes)
        {
            Matrix3Wide<T> rotation = Matrix3Wide<T>.From(QuaternionWide<T>.Broadcast(box.Rotation));
            T reach = BoxDistance(place - Vector3Wide<T>.Broadcast(box.Center), rotation, box.HalfSize, out Vector3Wide<T> way);
            T nearer = T.Less(reach, distance);
            distance = T.Select(nearer, reach, distance);
            normal = Vector3Wide<T>.Select(nearer, way, normal);
        }

        return distance;
    }

    private static T HeightDistance(HeightField field, in Vector3Wide<T> place, out Vector3Wide<T> normal)
    {
        float* memory = stackalloc float[6 * Rows.Width];
        float* x = (float*)(((nint)memory + 63) & ~(nint)63);
        float* y = x + Rows.Width;
        float* height = y + Rows.Width;
        float* slopeX = height + Rows.Width;
        float* slopeY = slopeX + Rows.Width;
        T.Store(x, place.X);
        T.Store(y, place.Y);
        for (int lane = 0; lane < T.Count; lane++)
        {
            field.Sample(x[lane], y[lane], out height[lane], out slopeX[lane], out slopeY[lane]);
        }

        T along = T.Load(slopeX), across = T.Load(slopeY), one = T.Broadcast(1);
        T length = one / T.Sqrt(T.Fma(along, along, T.Fma(across, across, one)));
        normal = new(-along * length, -across * length, length);
        return (place.Z - T.Load(height)) * length;
    }

    /// <summary>Signed distance of points, given from a box's centre, to its surface, and the way out.</summary>
    private static T BoxDistance(in Vector3Wide<T> fromCenter, in Matrix3Wide<T> rotation, System.Numerics.Vector3 half, out Vector3Wide<T> normal)
    {
        T zero = T.Broadcast(0), one = T.Broadcast(1);
        Vector3Wide<T> local = new(
            Vector3Wide<T>.Dot(rotation.Column0, fromCenter), Vector3Wide<T>.Dot(rotation.Column1, fromCenter), Vector3Wide<T>.Dot(rotation.Column2, fromCenter));
        Vector3Wide<T> beyond = new(T.Abs(local.X) - T.Broadcast(half.X), T.Abs(local.Y) - T.Broadcast(half.Y), T.Abs(local.Z) - T.Broadcast(half.Z));
        Vector3Wide<T> side = new(
            T.Select(T.Less(local.X, zero), -one, one), T.Select(T.Less(local.Y, zero), -one, one), T.Select(T.Less(local.Z, zero), -one, one));
        Vector3Wide<T> outside = new(T.Max(beyond.X, zero), T.Max(beyond.Y, zero), T.Max(beyond.Z, zero));
        T distance = T.Sqrt(Vector3Wide<T>.Dot(outside, outside));
        T isOutside = T.Less(T.Broadcast(1e-7f), distance);
        T inverse = one / T.Max(distance, T.Broadcast(1e-7f));
        T deepest = T.Max(beyond.X, T.Max(beyond.Y, beyond.Z));
        T useX = T.LessOrEqual(deepest, beyond.X);
        T useY = T.AndNot(T.LessOrEqual(deepest, beyond.Y), useX);
        T useZ = T.AndNot(T.AndNot(T.LessOrEqual(deepest, beyond.Z), useX), useY);
        Vector3Wide<T> way = new(
            side.X * T.Select(isOutside, outside.X * inverse, T.And(useX, one)),
            side.Y * T.Select(isOutside, outside.Y * inverse, T.And(useY, one)),
            side.Z * T.Select(isOutside, outside.Z * inverse, T.And(useZ, one)));
        normal = rotation.Times(way);
        return T.Select(isOutside, distance, deepest);
    }
}
