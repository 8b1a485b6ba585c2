namespace Motion.Sim.Physics.Wide;

/// <remarks>
/// A body in free flight keeps its angular momentum, but with velocities of the joints as coordinates a plain Euler step loses
/// some of it at every change of pose. So the momentum of each free tree is kept in the books, where it changes by what gravity,
/// contacts and external forces give and by nothing else, and every step makes good what the one before has lost.
/// </remarks>
internal readonly unsafe ref partial struct GroupStep<T>
{
    private void ClearRootImpulses()
    {
        for (int tree = 0; tree < model.FreeRoots.Length; tree++)
        {
            for (int part = 0; part < 4; part++)
            {
                Vector3Wide<T>.Zero.Store(TreeMomentum(tree) + (3 * part * Rows.Width));
            }
        }
    }

    private void AddMomentum(int tree, in Vector3Wide<T> angular, in Vector3Wide<T> linear)
    {
        if (tree >= 0)
        {
            AddSpatial(TreeMomentum(tree), angular, linear);
        }
    }

    /// <summary>
    /// Adds to the force on a free root what brings the momentum of the present pose and velocity back to that in the books, and
    /// enters gravity and external forces into them.
    /// </summary>
    private void ConserveMomentum(int root, in SpatialInertiaWide<T> composite, ref Vector3Wide<T> torque, ref Vector3Wide<T> force)
    {
        int tree = model.FreeTree[root];
        T seconds = T.Broadcast(settings.Seconds), perStep = T.Broadcast(settings.MomentumRecovery / settings.Seconds);
        float* now = TreeMomentum(tree);
        float* kept = StateRow(layout.Momentum + (6 * tree));

        Vector3Wide<T> center = composite.Center();
        center.Store(TreeCenter(tree));
        Vector3Wide<T> linear = Vector3Wide<T>.Load(kept + (3 * Rows.Width));
        Vector3Wide<T> linearNow = Vector3Wide<T>.Load(now + (3 * Rows.Width));
        Vector3Wide<T> angularNow = Vector3Wide<T>.Load(now) - Vector3Wide<T>.Cross(center, linearNow);
        T known = T.Load(StateRow(layout.MomentumKnown));
        linear = Vector3Wide<T>.Select(known, linear, linearNow);
        Vector3Wide<T> angular = Vector3Wide<T>.Select(known, Vector3Wide<T>.Load(kept), angularNow);
        Vector3Wide<T> linearLost = (linearNow - linear) * perStep;
        force += linearLost;
        torque += Vector3Wide<T>.CrossAdd(center, linearLost, (angularNow - angular) * perStep);

        Vector3Wide<T> outside = Vector3Wide<T>.Load(ExternalWrench(tree) + (3 * Rows.Width));
        Vector3Wide<T> moment = Vector3Wide<T>.Load(ExternalWrench(tree)) - Vector3Wide<T>.Cross(center, outside);
        Vector3Wide<T> weight = Vector3Wide<T>.Load(RootAcceleration(root)) * -composite.Mass;
        Vector3Wide<T>.Fma(moment, seconds, angular).Store(now);
        Vector3Wide<T>.Fma(weight + outside, seconds, linear).Store(now + (3 * Rows.Width));
    }

    /// <summary>Enters the contacts into the books and closes them for this step.</summary>
    private void KeepMomentum(int* active, int count)
    {
        for (int index = 0; index < count; index++)
        {
            ContactSupport support = model.Contacts.Supports[active[index]];
            int treeA = support.LinkA < 0 ? -1 : model.FreeTree[support.LinkA], treeB = support.LinkB < 0 ? -1 : model.FreeTree[support.LinkB];
            if (treeA == treeB)
            {
                continue;
            }

            float* data = ContactScratch(active[index]);
            Vector3Wide<T> impulse = FromFrame(data, Vector3Wide<T>.Load(StateRow(layout.Impulses + (3 * active[index]))));
            Push(treeA, Vector3Wide<T>.Load(data + (ContactRow.ArmA * Rows.Width)), impulse);
            Push(treeB, Vector3Wide<T>.Load(data + (ContactRow.ArmB * Rows.Width)), -impulse);
        }

        for (int tree = 0; tree < model.FreeRoots.Length; tree++)
        {
            CopyRows(TreeMomentum(tree), StateRow(layout.Momentum + (6 * tree)), 6);
        }

        T.Store(StateRow(layout.MomentumKnown), T.LessOrEqual(T.Broadcast(0), T.Broadcast(0)));
    }

    private void Push(int tree, in Vector3Wide<T> arm, in Vector3Wide<T> impulse)
    {
        if (tree >= 0)
        {
            AddSpatial(TreeMomentum(tree), Vector3Wide<T>.Cross(arm - Vector3Wide<T>.Load(TreeCenter(tree)), impulse), impulse);
        }
    }

    /// <summary>Momentum of a free tree, angular then linear: first about its origin, from <see cref="ConserveMomentum"/> on about its centre of mass.</summary>
    private float* TreeMomentum(int tree) => ScratchRow(layout.RootImpulse + (12 * tree));

    private float* ExternalWrench(int tree) => ScratchRow(layout.RootImpulse + (12 * tree) + 6);

    /// <summary>Centre of mass of a free tree from its origin.</summary>
    private float* TreeCenter(int tree) => ScratchRow(layout.RootCenter + (3 * tree));

    /// <summary>Linear acceleration that stands for gravity.</summary>
    private float* RootAcceleration(int root) => ScratchRow(layout.RootLift + (3 * model.FreeTree[root]));
}
