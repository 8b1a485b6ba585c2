using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers of its own: same seed, same numbers, whatever other generators do.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        /// <summary>A new generator on a device, the processor unless asked otherwise.</summary>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = InitializeDevice(device);
            NativeMethods.Check(NativeMethods.NewGenerator(this.device.Packed, seed, out handle));
        }

        private Generator(nint handle)
        {
            device = CPU;
            this.handle = handle;
        }

        /// <summary>Releases a generator that was not disposed.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The generator that operators take when none is given, as a new reference.</summary>
        public static Generator Default
        {
            get
            {
                NativeMethods.Check(NativeMethods.DefaultGenerator(CPU.Packed, out var found));
                return new(found);
            }
        }

        /// <summary>The native generator.</summary>
        public IntPtr Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(handle == 0, this);
                return handle;
            }
        }

        /// <summary>The device whose tensors it fills.</summary>
        public Device device { get; }

        /// <summary>Its state as bytes; <see cref="set_state"/> continues from there.</summary>
        public Tensor get_state()
        {
            NativeMethods.Check(NativeMethods.GetState(Handle, out var state));
            GC.KeepAlive(this);
            return new(state);
        }

        /// <summary>Continues from a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.SetState(Handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        /// <summary>Starts over from a seed. Returns itself.</summary>
        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.Seed(Handle, unchecked((ulong)seed)));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>The seed that it started from.</summary>
        public long initial_seed()
        {
            NativeMethods.Check(NativeMethods.InitialSeed(Handle, out var seed));
            GC.KeepAlive(this);
            return unchecked((long)seed);
        }

        /// <summary>Gives the native generator back.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the native generator back.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned != 0)
            {
                NativeMethods.ReleaseGenerator(owned);
            }
        }
    }

    /// <summary>Seeds the generators that operators take when none is given, on every device. Returns the processor's.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>The state of the generator that operators take when none is given.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Continues the generator that operators take when none is given from a state.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The generator that operators take when none is given.</summary>
    public static partial class random
    {
        /// <summary>Seeds it on every device. Returns the processor's.</summary>
        public static Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.ManualSeed(unchecked((ulong)seed)));
            return Generator.Default;
        }

        /// <summary>Its state.</summary>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <summary>Continues from a state.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
