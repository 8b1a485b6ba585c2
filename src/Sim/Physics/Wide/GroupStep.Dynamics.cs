using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    /// <summary>Spatial inertia of every link and the force that its velocity and gravity ask for (Newton–Euler).</summary>
    private void Forces()
    {
        T massScale = T.Load(StateRow(layout.Mass));
        ClearRootImpulses();
        for (int index = 0; index < model.Links.Length; index++)
        {
            ref readonly Link link = ref model.Links[index];
            Matrix3Wide<T> rotation = Matrix3Wide<T>.Load(LinkMatrix(index));
            Vector3Wide<T> arm = link.Root == index
                ? Vector3Wide<T>.Zero
                : Vector3Wide<T>.Load(LinkPosition(index)) - Vector3Wide<T>.Load(LinkPosition(link.Root));
            Vector3Wide<T> center = arm + rotation.Times(link.CenterOfMass);
            SpatialInertiaWide<T> inertia = SpatialInertiaWide<T>.Of(
                link.Prop >= 0 ? T.Broadcast(1) : massScale, link.Mass, center, rotation, link.Inertia);
            inertia.Store(ScratchRow(layout.LinkInertia + (10 * index)));

            Vector3Wide<T> angular = Vector3Wide<T>.Load(LinkVelocity(index));
            Vector3Wide<T> linear = Vector3Wide<T>.Load(LinkVelocity(index) + (3 * Rows.Width));
            inertia.Times(angular, linear, out Vector3Wide<T> angularMomentum, out Vector3Wide<T> linearMomentum);
            AddMomentum(model.FreeTree[index], angularMomentum, linearMomentum);
            inertia.Times(
                Vector3Wide<T>.Load(LinkAcceleration(index)),
                Vector3Wide<T>.Load(LinkAcceleration(index) + (3 * Rows.Width)),
                out Vector3Wide<T> torque,
                out Vector3Wide<T> force);
            torque = Vector3Wide<T>.CrossAdd(angular, angularMomentum, Vector3Wide<T>.CrossAdd(linear, linearMomentum, torque));
            force = Vector3Wide<T>.CrossAdd(angular, linearMomentum, force);
            torque.Store(LinkForce(index));
            force.Store(LinkForce(index) + (3 * Rows.Width));
        }

        if (settings.HasExternalForces)
        {
            SubtractExternalForces();
        }
    }

    private void SubtractExternalForces()
    {
        for (int body = 0; body < model.Bodies.Length; body++)
        {
            BodyFrame frame = model.Bodies[body];
            if (frame.Link < 0)
            {
                continue;
            }

            Vector3Wide<T> force = Vector3Wide<T>.Load(StateRow(layout.External + (6 * body)));
            Vector3Wide<T> torque = Vector3Wide<T>.Load(StateRow(layout.External + (6 * body) + 3));
            Vector3Wide<T> arm = Vector3Wide<T>.Load(LinkPosition(frame.Link))
                + Matrix3Wide<T>.Load(LinkMatrix(frame.Link)).Times(frame.Position)
                - Vector3Wide<T>.Load(LinkPosition(model.Links[frame.Link].Root));
            Vector3Wide<T> moment = Vector3Wide<T>.CrossAdd(arm, force, torque);
            AddSpatial(LinkForce(frame.Link), -moment, -force);
            if (model.FreeTree[frame.Link] >= 0)
            {
                AddSpatial(ExternalWrench(model.FreeTree[frame.Link]), moment, force);
            }
        }
    }

    /// <summary>Composite inertias tip to root, the joint-space matrix and the right-hand side −h·(bias force).</summary>
    private void JointSpaceInertia()
    {
        T minusSeconds = T.Broadcast(-settings.Seconds);
        for (int index = model.Links.Length - 1; index >= 0; index--)
        {
            ref readonly Link link = ref model.Links[index];
            SpatialInertiaWide<T> composite = SpatialInertiaWide<T>.Load(ScratchRow(layout.LinkInertia + (10 * index)));
            Vector3Wide<T> torque = Vector3Wide<T>.Load(LinkForce(index));
            Vector3Wide<T> force = Vector3Wide<T>.Load(LinkForce(index) + (3 * Rows.Width));
            if (link.Root == index && model.FreeTree[index] >= 0)
            {
                ConserveMomentum(index, composite, ref torque, ref force);
            }

            for (int dof = link.FirstDof; dof < link.DofEnd; dof++)
            {
                float* axis = ScratchRow(layout.Axes + (6 * dof));
                Vector3Wide<T> angular = Vector3Wide<T>.Load(axis), linear = Vector3Wide<T>.Load(axis + (3 * Rows.Width));
                T bias = Vector3Wide<T>.Dot(angular, torque) + Vector3Wide<T>.Dot(linear, force);
                T.Store(ScratchRow(layout.Rhs + dof), minusSeconds * bias);
                composite.Times(angular, linear, out Vector3Wide<T> columnAngular, out Vector3Wide<T> columnLinear);
                FillRow(dof, link.Root, columnAngular, columnLinear);
            }

            if (link.Parent >= 0)
            {
                float* parentInertia = ScratchRow(layout.LinkInertia + (10 * link.Parent));
                composite.Plus(SpatialInertiaWide<T>.Load(parentInertia)).Store(parentInertia);
                AddSpatial(LinkForce(link.Parent), torque, force);
            }
        }
    }

    /// <summary>Row of one degree of freedom: its column of momentum against the axes of its ancestors.</summary>
    private void FillRow(int dof, int root, in Vector3Wide<T> angular, in Vector3Wide<T> linear)
    {
        ref readonly Dof data = ref model.Dofs[dof];
        int[] chain = model.Chains[dof];
        float* row = ScratchRow(layout.Matrix + data.Row);
        int entry = 0;
        if (model.Joints[model.Links[root].FirstJoint].Kind == JointKind.Free && data.Depth >= 5)
        {
            // The root's axes are the world's and its own through the origin: most products are zero.
            linear.Store(row);
            for (entry = 3; entry < 6; entry++)
            {
                T.Store(row + (entry * Rows.Width), Vector3Wide<T>.Dot(Vector3Wide<T>.Load(ScratchRow(layout.Axes + (6 * chain[entry]))), angular));
            }
        }

        for (; entry <= data.Depth; entry++)
        {
            float* axis = ScratchRow(layout.Axes + (6 * chain[entry]));
            T.Store(row + (entry * Rows.Width), Vector3Wide<T>.Dot(Vector3Wide<T>.Load(axis), angular) + Vector3Wide<T>.Dot(Vector3Wide<T>.Load(axis + (3 * Rows.Width)), linear));
        }
    }

    private static void AddSpatial(float* total, in Vector3Wide<T> angular, in Vector3Wide<T> linear)
    {
        (Vector3Wide<T>.Load(total) + angular).Store(total);
        (Vector3Wide<T>.Load(total + (3 * Rows.Width)) + linear).Store(total + (3 * Rows.Width));
    }

    private float* LinkForce(int link) => ScratchRow(layout.LinkForce + (6 * link));
}
