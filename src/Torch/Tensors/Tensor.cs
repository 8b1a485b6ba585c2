using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor of libtorch. It belongs to the dispose scope that was innermost when it was made, or to whoever holds it; disposing
    /// it twice does nothing, using it afterwards is an <see cref="ObjectDisposedException"/>. Wrong shapes, types and devices are a
    /// <see cref="Motion.Torch.TorchException"/> that names the operator and what it was given.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private nint handle;
        private HandleGuard? guard;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            Own(DisposeScope.Current);
        }

        /// <summary>Takes the handle over from another tensor, and its place in a scope.</summary>
        private protected Tensor(Tensor source)
        {
            handle = source.Handle;
            var scope = source.Scope;
            source.MoveTo(null);
            source.guard!.Dispose();
            source.guard = null;
            source.handle = 0;
            Own(scope);
        }

        /// <summary>The native tensor.</summary>
        public IntPtr Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(handle == 0, this);
                return handle;
            }
        }

        /// <summary>Whether it was disposed.</summary>
        public bool IsInvalid => handle == 0;

        internal DisposeScope? Scope { get; private set; }

        internal int PlaceInScope { get; set; }

        /// <summary>Hands it to the scope around its own, or to nobody. Returns itself.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            if (Scope is not null)
            {
                MoveTo(Scope.Outer);
            }

            return this;
        }

        /// <summary>Takes it out of its scope: whoever holds it disposes it. Returns itself.</summary>
        public Tensor DetachFromDisposeScope()
        {
            MoveTo(null);
            return this;
        }

        /// <summary>Hands it to the scope that owns another tensor, or to nobody. Returns itself.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            MoveTo(other.Scope);
            return this;
        }

        /// <summary>Gives the native tensor back.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        internal void MoveTo(DisposeScope? scope)
        {
            if (scope == Scope)
            {
                return;
            }

            scope?.CheckOpen();
            Scope?.RemoveAt(PlaceInScope);
            guard?.Dispose();
            guard = null;
            Own(scope);
        }

        /// <summary>Changes type (of floating-point elements) and device while it stays the same object; a gradient moves along.</summary>
        internal void Become(Device? device, ScalarType? type)
        {
            var wantedType = type is not null && is_floating_point() ? type.Value : dtype;
            var wantedDevice = device ?? this.device;
            if (wantedType == dtype && wantedDevice.type == device_type && (wantedDevice.index < 0 || wantedDevice.index == device_index))
            {
                return;
            }

            var gathers = requires_grad;
            using var gradient = grad;
            using var movedGradient = gradient?.to(wantedType, wantedDevice);
            using var cutOff = detach();
            using var replacement = cutOff.to(wantedType, wantedDevice);
            replacement.MoveTo(null);
            (handle, replacement.handle) = (replacement.handle, handle);
            (guard, replacement.guard) = (replacement.guard, guard);
            if (Scope is not null)
            {
                guard?.Dispose();
                guard = null;
            }

            requires_grad = gathers;
            if (movedGradient is not null)
            {
                grad = movedGradient;
            }
        }

        /// <summary>Called by the finaliser of a forgotten scope, when nothing else refers to the tensor.</summary>
        internal void ReleaseUnscoped()
        {
            if (handle != 0)
            {
                NativeMethods.Release(handle);
                handle = 0;
            }
        }

        /// <summary>Gives the native tensor back; there is nothing else to give.</summary>
        protected virtual void Dispose(bool disposing)
        {
            Scope?.CheckThread();
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned == 0)
            {
                return;
            }

            Scope?.RemoveAt(PlaceInScope);
            Scope = null;
            guard?.Dispose();
            NativeMethods.Release(owned);
        }

        private void Own(DisposeScope? scope)
        {
            Scope = scope;
            if (scope is null)
            {
                guard = new HandleGuard(handle);
            }
            else
            {
                PlaceInScope = scope.Add(this);
            }
        }
    }
}
