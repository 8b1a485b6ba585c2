using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Something with parameters, buffers and modules inside, all named. A module owns them: they are in no dispose scope and go with
        /// it. A class of one's own assigns its fields and ends its constructor with <see cref="RegisterComponents"/>.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Parameter> ownParameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> ownBuffers = [];
            private readonly OrderedDictionary<string, Module> ownModules = [];
            private readonly string name;
            private bool registered;

            /// <summary>A module that calls itself by a name.</summary>
            protected Module(string name) => this.name = name;

            /// <summary>Whether it behaves as in training: dropout drops.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>The name that it calls itself by.</summary>
            public virtual string GetName() => name;

            /// <summary>Sets it and all modules inside to training, or to use.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var module in children())
                {
                    module.train(train);
                }
            }

            /// <summary>Sets it and all modules inside to use.</summary>
            public virtual void eval() => train(false);

            /// <summary>Forgets the gradients, or sets them to 0.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        gradient?.zero_();
                    }
                }
            }

            /// <summary>Calls a function on every module inside and then on this one. Returns itself.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in children())
                {
                    module.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <summary>Adds a parameter under a name that is not taken.</summary>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (!ownParameters.TryAdd(name, Owned(param)))
                {
                    throw new InvalidOperationException($"{GetName()} has a parameter {name} already");
                }
            }

            /// <summary>Adds a tensor that is saved but not learned, unless it is not persistent.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!ownBuffers.TryAdd(name, (Owned(tensor), persistent)))
                {
                    throw new InvalidOperationException($"{GetName()} has a buffer {name} already");
                }
            }

            /// <summary>Adds a module under a name that is not taken, without dots.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                if (string.IsNullOrEmpty(name) || name.Contains('.'))
                {
                    throw new ArgumentException($"'{name}' cannot name a module: it must not be empty nor hold a dot", nameof(name));
                }

                submodule.RegisterComponents();
                if (!ownModules.TryAdd(name, submodule))
                {
                    throw new InvalidOperationException($"{GetName()} has a module {name} already");
                }
            }

            /// <summary>Adds a module under a name that is not taken, without dots.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Disposes it with its parameters, buffers and modules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Moves floating-point parameters and buffers to a type and all of them to a device; null leaves as it is.</summary>
            internal void MoveTo(Device? device, ScalarType? type)
            {
                using var unrecorded = no_grad();
                foreach (var parameter in ownParameters.Values)
                {
                    parameter.Become(device, type);
                }

                foreach (var (tensor, _) in ownBuffers.Values)
                {
                    tensor.Become(device, type);
                }

                foreach (var module in children())
                {
                    module.MoveTo(device, type);
                }
            }

            /// <summary>
            /// Registers every field, private ones too, that holds a module, a parameter or a tensor, under the field's name. Called at the
            /// end of a constructor; calling it again does nothing.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (registered)
                {
                    return;
                }

                registered = true;
                // The modules of this assembly register what they own themselves.
                for (var type = GetType(); type is not null && type.Assembly != typeof(Module).Assembly; type = type.BaseType)
                {
                    const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                    foreach (var field in type.GetFields(own).OrderBy(field => field.MetadataToken))
                    {
                        Register(field.Name, field.GetValue(this));
                    }
                }
            }

            /// <summary>Disposes its parameters, buffers and modules.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var module in children())
                {
                    module.Dispose();
                }

                foreach (var parameter in ownParameters.Values)
                {
                    parameter.Dispose();
                }

                foreach (var (tensor, _) in ownBuffers.Values)
                {
                    tensor.Dispose();
                }
            }

            /// <summary>Puts another parameter in the place of one; none takes it away.</summary>
            internal void ReplaceParameter(string name, Parameter? value)
            {
                if (ownParameters.TryGetValue(name, out var before) && !ReferenceEquals(before, value))
                {
                    before.Dispose();
                }

                if (value is null)
                {
                    ownParameters.Remove(name);
                }
                else
                {
                    ownParameters[name] = Owned(value);
                }
            }

            private void Register(string field, object? value)
            {
                switch (value)
                {
                    case Module module when !ownModules.ContainsKey(field):
                        register_module(field, module);
                        break;
                    case Modules.Parameter parameter when !ownParameters.ContainsKey(field):
                        register_parameter(field, parameter);
                        break;
                    case Tensor tensor when value is not Modules.Parameter && !ownBuffers.ContainsKey(field):
                        register_buffer(field, tensor);
                        break;
                }
            }

            private static T Owned<T>(T tensor)
                where T : Tensor
            {
                tensor.DetachFromDisposeScope();
                return tensor;
            }
        }
    }
}
