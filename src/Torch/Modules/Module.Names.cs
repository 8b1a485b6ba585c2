using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Its modules with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => ownModules.Select(pair => (pair.Key, pair.Value));

            /// <summary>Its modules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            /// <summary>All modules inside, however deep, with their dotted names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (childName, child) in named_children())
                {
                    yield return (childName, child);
                    foreach (var (inner, module) in child.named_modules())
                    {
                        yield return ($"{childName}.{inner}", module);
                    }
                }
            }

            /// <summary>All modules inside, however deep.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(found => found.module);

            /// <summary>Its parameters, and those of the modules inside, with their dotted names; each once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                Once(Gather(recurse, module => module.ownParameters.Select(pair => (pair.Key, pair.Value))));

            /// <summary>Its parameters, and those of the modules inside; each once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(found => found.parameter);

            /// <summary>Its buffers, and those of the modules inside, with their dotted names; each once.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
                Once(Gather(recurse, module => module.ownBuffers
                    .Where(pair => include_nonpersistent || pair.Value.Persistent)
                    .Select(pair => (pair.Key, pair.Value.Tensor))));

            /// <summary>Its buffers, and those of the modules inside; each once.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(found => found.buffer);

            /// <summary>The parameter of a dotted name, or null.</summary>
            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(found => found.name == target).parameter;

            /// <summary>The buffer of a dotted name, or null.</summary>
            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(found => found.name == target).buffer;

            /// <summary>Parameters and persistent buffers by dotted name: the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (found, parameter) in named_parameters())
                {
                    destination.TryAdd(Joined(prefix, found), parameter);
                }

                foreach (var (found, buffer) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(Joined(prefix, found), buffer);
                }

                return destination;
            }

            /// <summary>
            /// Copies tensors into the parameters and buffers of the same names; returns the names that had no tensor and the tensors that
            /// had no name. Strict, either is an <see cref="InvalidOperationException"/>; so is another shape, always; nothing is copied then.
            /// </summary>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                var destination = state_dict();
                List<string> missing = [.. destination.Keys.Where(key => !source.ContainsKey(key) && skip?.Contains(key) != true)];
                List<string> unexpected = [.. source.Keys.Where(key => !destination.ContainsKey(key) && skip?.Contains(key) != true)];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"the tensors do not fit {GetName()}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}]");
                }

                List<(Tensor Target, Tensor Found)> pairs = [];
                foreach (var (key, target) in destination.Where(pair => source.ContainsKey(pair.Key) && skip?.Contains(pair.Key) != true))
                {
                    if (!target.shape.AsSpan().SequenceEqual(source[key].shape))
                    {
                        throw new InvalidOperationException($"'{key}' of {GetName()} is {target}, the tensor to load is {source[key]}");
                    }

                    pairs.Add((target, source[key]));
                }

                using var unrecorded = no_grad();
                foreach (var (target, found) in pairs)
                {
                    target.copy_(found);
                }

                return (missing, unexpected);
            }

            private static string Joined(string? prefix, string inner) => string.IsNullOrEmpty(prefix) ? inner : $"{prefix}.{inner}";

            private static IEnumerable<(string, T)> Once<T>(IEnumerable<(string, T)> named)
                where T : Tensor
            {
                var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                return named.Where(found => !found.Item2.IsInvalid && seen.Add(found.Item2));
            }

            private IEnumerable<(string, T)> Gather<T>(bool recurse, Func<Module, IEnumerable<(string, T)>> own)
            {
                foreach (var found in own(this))
                {
                    yield return found;
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (inner, value) in child.Gather(true, own))
                    {
                        yield return ($"{childName}.{inner}", value);
                    }
                }
            }
        }
    }
}
