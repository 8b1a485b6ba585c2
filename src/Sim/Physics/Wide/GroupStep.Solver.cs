namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    /// <summary>Responses of the links that touch, rows of the contacts, and the impulses of the last step applied.</summary>
    private void PrepareContacts(int* active, int count)
    {
        byte* prepared = stackalloc byte[model.Links.Length];
        new Span<byte>(prepared, model.Links.Length).Clear();
        for (int index = 0; index < count; index++)
        {
            ContactSupport support = model.Contacts.Supports[active[index]];
            Respond(support.LinkA, prepared);
            Respond(support.LinkB, prepared);
            PrepareRows(active[index], support);
        }
    }

    /// <summary>D^(−½)·L^(−ᵀ) of the six unit forces at the tree's origin on one link: [depth of its chain × 6].</summary>
    private void Respond(int link, byte* prepared)
    {
        if (link < 0 || prepared[link] != 0)
        {
            return;
        }

        prepared[link] = 1;
        int[] chain = model.Chains[model.Links[link].TipDof];
        float* response = ScratchRow(layout.LinkResponseStart[link]);
        for (int entry = chain.Length - 1; entry >= 0; entry--)
        {
            float* axis = ScratchRow(layout.Axes + (6 * chain[entry]));
            Vector3Wide<T> angular = Vector3Wide<T>.Load(axis), linear = Vector3Wide<T>.Load(axis + (3 * Rows.Width));
            for (int deeper = entry + 1; deeper < chain.Length; deeper++)
            {
                T factor = -T.Load(ScratchRow(layout.Matrix + model.Dofs[chain[deeper]].Row + entry));
                float* known = response + (6 * deeper * Rows.Width);
                angular = Vector3Wide<T>.Fma(Vector3Wide<T>.Load(known), factor, angular);
                linear = Vector3Wide<T>.Fma(Vector3Wide<T>.Load(known + (3 * Rows.Width)), factor, linear);
            }

            angular.Store(response + (6 * entry * Rows.Width));
            linear.Store(response + (((6 * entry) + 3) * Rows.Width));
        }

        for (int entry = 0; entry < chain.Length; entry++)
        {
            T scale = T.Load(ScratchRow(layout.Scale + chain[entry]));
            float* row = response + (6 * entry * Rows.Width);
            (Vector3Wide<T>.Load(row) * scale).Store(row);
            (Vector3Wide<T>.Load(row + (3 * Rows.Width)) * scale).Store(row + (3 * Rows.Width));
        }
    }

    private void PrepareRows(int contact, ContactSupport support)
    {
        float* data = ContactScratch(contact);
        float* rows = ScratchRow(layout.ContactResponseStart[contact]);
        int length = support.Dofs.Length;
        if (support.LinkB < 0 && model.Contacts.IsFlat)
        {
            FlatGroundRows(support.LinkA, Vector3Wide<T>.Load(data + (ContactRow.ArmA * Rows.Width)), rows, length);
        }
        else
        {
            RowsInFrame(support, data, rows);
        }

        T touching = T.Load(data + (ContactRow.Inverse * Rows.Width));
        float* impulses = StateRow(layout.Impulses + (3 * contact));
        Vector3Wide<T> old = Vector3Wide<T>.Load(impulses);
        old = new(T.And(old.X, touching), T.And(old.Y, touching), T.And(old.Z, touching));
        old.Store(impulses);
        fixed (int* dofs = support.Dofs)
        {
            AddResponse(rows, ScratchRow(layout.Solution), dofs, length, old);
        }

        StoreResponse(data, rows, length, touching);
        StoreBias(data, support);
    }

    /// <summary>Rows of a contact on flat ground, where the frame is the world's: z, x, y.</summary>
    private void FlatGroundRows(int link, in Vector3Wide<T> arm, float* rows, int length)
    {
        float* response = ScratchRow(layout.LinkResponseStart[link]);
        for (int entry = 0; entry < length; entry++, response += 6 * Rows.Width, rows += 3 * Rows.Width)
        {
            Vector3Wide<T> moved = Vector3Wide<T>.CrossAdd(Vector3Wide<T>.Load(response), arm, Vector3Wide<T>.Load(response + (3 * Rows.Width)));
            T.Store(rows, moved.Z);
            T.Store(rows + Rows.Width, moved.X);
            T.Store(rows + (2 * Rows.Width), moved.Y);
        }
    }

    private void RowsInFrame(ContactSupport support, float* data, float* rows)
    {
        Vector3Wide<T> armA = Vector3Wide<T>.Load(data + (ContactRow.ArmA * Rows.Width));
        Vector3Wide<T> armB = Vector3Wide<T>.Load(data + (ContactRow.ArmB * Rows.Width));
        for (int entry = 0; entry < support.Dofs.Length; entry++, rows += 3 * Rows.Width)
        {
            Vector3Wide<T> moved = PointResponse(support.LinkA, support.DepthA[entry], armA);
            if (support.LinkB >= 0)
            {
                moved -= PointResponse(support.LinkB, support.DepthB[entry], armB);
            }

            ToFrame(data, moved).Store(rows);
        }
    }

    /// <summary>A vector's parts along normal and tangents.</summary>
    private static Vector3Wide<T> ToFrame(float* data, in Vector3Wide<T> vector) => new(
        Vector3Wide<T>.Dot(Vector3Wide<T>.Load(data), vector),
        Vector3Wide<T>.Dot(Vector3Wide<T>.Load(data + (3 * Rows.Width)), vector),
        Vector3Wide<T>.Dot(Vector3Wide<T>.Load(data + (6 * Rows.Width)), vector));

    /// <summary>A vector from its parts along normal and tangents.</summary>
    private static Vector3Wide<T> FromFrame(float* data, in Vector3Wide<T> parts) => Vector3Wide<T>.Fma(
        Vector3Wide<T>.Load(data),
        parts.X,
        Vector3Wide<T>.Fma(Vector3Wide<T>.Load(data + (3 * Rows.Width)), parts.Y, Vector3Wide<T>.Load(data + (6 * Rows.Width)) * parts.Z));

    /// <summary>The contact's own 3×3 block of WᵀW.</summary>
    private static void StoreResponse(float* data, float* rows, int length, T touching)
    {
        Vector3Wide<T> diagonal = Vector3Wide<T>.Zero, coupling = Vector3Wide<T>.Zero;
        for (int entry = 0; entry < length; entry++, rows += 3 * Rows.Width)
        {
            Vector3Wide<T> row = Vector3Wide<T>.Load(rows);
            diagonal = new(T.Fma(row.X, row.X, diagonal.X), T.Fma(row.Y, row.Y, diagonal.Y), T.Fma(row.Z, row.Z, diagonal.Z));
            coupling = new(T.Fma(row.X, row.Y, coupling.X), T.Fma(row.X, row.Z, coupling.Y), T.Fma(row.Y, row.Z, coupling.Z));
        }

        InvertDiagonal(data, touching, diagonal, coupling);
    }

    /// <summary>What a contact's update needs of its own 3 × 3 response: the normal's inverse, the tangents' inverse block, and a step for sliding.</summary>
    private static void InvertDiagonal(float* data, T touching, in Vector3Wide<T> diagonal, in Vector3Wide<T> coupling)
    {
        // A contact that can move along one tangent only would leave the block without an inverse.
        T trace = T.Max(diagonal.Y + diagonal.Z, T.Broadcast(1e-9f));
        T first = T.Fma(trace, T.Broadcast(1e-4f), diagonal.Y), second = T.Fma(trace, T.Broadcast(1e-4f), diagonal.Z);
        T inverse = T.And(T.Broadcast(1) / T.Fnma(coupling.Z, coupling.Z, first * second), touching);
        T normal = T.And(T.Broadcast(1) / T.Max(diagonal.X, T.Broadcast(1e-9f)), touching);
        new Vector3Wide<T>(normal, second * inverse, first * inverse).Store(data + (ContactRow.Inverse * Rows.Width));
        new Vector3Wide<T>(coupling.X, coupling.Y, -coupling.Z * inverse).Store(data + (ContactRow.Coupling * Rows.Width));
        T.Store(data + (ContactRow.Slide * Rows.Width), T.And(T.Broadcast(1) / trace, touching));
    }

    /// <summary>Relative velocity before the step, with what the gap asks for along the normal.</summary>
    private void StoreBias(float* data, ContactSupport support)
    {
        Vector3Wide<T> velocity = PointVelocity(support.LinkA, Vector3Wide<T>.Load(data + (ContactRow.ArmA * Rows.Width)));
        if (support.LinkB >= 0)
        {
            velocity -= PointVelocity(support.LinkB, Vector3Wide<T>.Load(data + (ContactRow.ArmB * Rows.Width)));
        }

        Vector3Wide<T> bias = ToFrame(data, velocity);
        bias.X += GapVelocity(T.Load(data + (ContactRow.Bias * Rows.Width)));
        bias.Store(data + (ContactRow.Bias * Rows.Width));
    }

    private Vector3Wide<T> PointResponse(int link, int depth, in Vector3Wide<T> arm)
    {
        if (depth < 0)
        {
            return Vector3Wide<T>.Zero;
        }

        float* row = ScratchRow(layout.LinkResponseStart[link] + (6 * depth));
        return Vector3Wide<T>.CrossAdd(Vector3Wide<T>.Load(row), arm, Vector3Wide<T>.Load(row + (3 * Rows.Width)));
    }

    private Vector3Wide<T> PointVelocity(int link, in Vector3Wide<T> arm) => link < 0
        ? Vector3Wide<T>.Zero
        : Vector3Wide<T>.CrossAdd(Vector3Wide<T>.Load(LinkVelocity(link)), arm, Vector3Wide<T>.Load(LinkVelocity(link) + (3 * Rows.Width)));

    /// <summary>A gap may close within the step; a penetration is undone little by little.</summary>
    private T GapVelocity(T gap)
    {
        T zero = T.Broadcast(0), rate = T.Broadcast(1 / settings.Seconds);
        T deep = T.Min(gap + T.Broadcast(settings.PenetrationSlop), zero) * T.Broadcast(settings.PenetrationRecovery) * rate;
        return T.Select(T.Less(zero, gap), gap * rate, T.Max(deep, T.Broadcast(-settings.MaximumRecoverySpeed)));
    }

    /// <summary>Projected Gauss–Seidel, contact by contact: normal, then both tangents onto the friction disc.</summary>
    private void SolveContacts(int* active, int count)
    {
        float* solution = ScratchRow(layout.Solution);
        T frictionScale = T.Load(StateRow(layout.Friction));
        for (int sweep = 0; sweep < settings.SolverIterations; sweep++)
        {
            for (int index = 0; index < count; index++)
            {
                int contact = active[index];
                ContactSupport support = model.Contacts.Supports[contact];
                float* rows = ScratchRow(layout.ContactResponseStart[contact]);
                fixed (int* dofs = support.Dofs)
                {
                    Vector3Wide<T> residual = Residual(rows, solution, dofs, support.Dofs.Length);
                    Vector3Wide<T> change = UpdateImpulse(contact, residual, T.Broadcast(support.Friction) * frictionScale);
                    AddResponse(rows, solution, dofs, support.Dofs.Length, change);
                }
            }
        }
    }

    /// <summary>W·z. Two sums side by side, since one alone would wait for each product in turn.</summary>
    private static Vector3Wide<T> Residual(float* row, float* solution, int* dofs, int length)
    {
        Vector3Wide<T> even = Vector3Wide<T>.Zero, odd = Vector3Wide<T>.Zero;
        int entry = 0;
        for (; entry + 1 < length; entry += 2, row += 6 * Rows.Width)
        {
            even = Vector3Wide<T>.Fma(Vector3Wide<T>.Load(row), T.Load(solution + (dofs[entry] * Rows.Width)), even);
            odd = Vector3Wide<T>.Fma(Vector3Wide<T>.Load(row + (3 * Rows.Width)), T.Load(solution + (dofs[entry + 1] * Rows.Width)), odd);
        }

        if (entry < length)
        {
            even = Vector3Wide<T>.Fma(Vector3Wide<T>.Load(row), T.Load(solution + (dofs[entry] * Rows.Width)), even);
        }

        return even + odd;
    }

    /// <summary>
    /// One contact's new impulse from the velocity that is left; returns the change. Friction first tries to stop both tangents at once;
    /// where that is beyond the cone, a step down the velocity, the same along both tangents, is taken onto it, so that friction opposes
    /// the motion whatever the shape of the response.
    /// </summary>
    private Vector3Wide<T> UpdateImpulse(int contact, in Vector3Wide<T> velocity, T friction)
    {
        float* data = ContactScratch(contact);
        float* impulses = StateRow(layout.Impulses + (3 * contact));
        Vector3Wide<T> residual = velocity + Vector3Wide<T>.Load(data + (ContactRow.Bias * Rows.Width));
        Vector3Wide<T> inverse = Vector3Wide<T>.Load(data + (ContactRow.Inverse * Rows.Width));
        Vector3Wide<T> coupling = Vector3Wide<T>.Load(data + (ContactRow.Coupling * Rows.Width));
        Vector3Wide<T> old = Vector3Wide<T>.Load(impulses);
        T normal = T.Max(T.Fnma(residual.X, inverse.X, old.X), T.Broadcast(0));
        T changed = normal - old.X;
        T along = T.Fma(coupling.X, changed, residual.Y), across = T.Fma(coupling.Y, changed, residual.Z);
        T stickFirst = T.Fnma(coupling.Z, across, T.Fnma(inverse.Y, along, old.Y));
        T stickSecond = T.Fnma(coupling.Z, along, T.Fnma(inverse.Z, across, old.Z));
        T limit = friction * normal, limitSquared = limit * limit;
        T sticks = T.LessOrEqual(T.Fma(stickFirst, stickFirst, stickSecond * stickSecond), limitSquared);
        T slide = T.Load(data + (ContactRow.Slide * Rows.Width));
        T slideFirst = T.Fnma(slide, along, old.Y), slideSecond = T.Fnma(slide, across, old.Z);
        T length = T.Sqrt(T.Fma(slideFirst, slideFirst, slideSecond * slideSecond));
        T shrink = T.Min(T.Broadcast(1), limit / T.Max(length, T.Broadcast(1e-12f)));
        Vector3Wide<T> updated = new(normal, T.Select(sticks, stickFirst, slideFirst * shrink), T.Select(sticks, stickSecond, slideSecond * shrink));
        updated.Store(impulses);
        return updated - old;
    }

    /// <summary>z += Wᵀ·change.</summary>
    private static void AddResponse(float* row, float* solution, int* dofs, int length, in Vector3Wide<T> change)
    {
        for (int entry = 0; entry < length; entry++, row += 3 * Rows.Width)
        {
            float* value = solution + (dofs[entry] * Rows.Width);
            Vector3Wide<T> weight = Vector3Wide<T>.Load(row);
            T.Store(value, T.Fma(weight.X, change.X, T.Fma(weight.Y, change.Y, T.Fma(weight.Z, change.Z, T.Load(value)))));
        }
    }

    private void ReportContactForces(int* active, int count)
    {
        for (int body = 0; body < model.Bodies.Length; body++)
        {
            Vector3Wide<T>.Zero.Store(StateRow(layout.ContactForces + (3 * body)));
        }

        T rate = T.Broadcast(1 / settings.Seconds);
        for (int index = 0; index < count; index++)
        {
            ContactSupport support = model.Contacts.Supports[active[index]];
            float* data = ContactScratch(active[index]);
            Vector3Wide<T> impulse = Vector3Wide<T>.Load(StateRow(layout.Impulses + (3 * active[index]))) * rate;
            Vector3Wide<T> force = FromFrame(data, impulse);
            float* onA = StateRow(layout.ContactForces + (3 * support.BodyA));
            (Vector3Wide<T>.Load(onA) + force).Store(onA);
            if (support.BodyB >= 0)
            {
                float* onB = StateRow(layout.ContactForces + (3 * support.BodyB));
                (Vector3Wide<T>.Load(onB) - force).Store(onB);
            }
        }
    }
}
