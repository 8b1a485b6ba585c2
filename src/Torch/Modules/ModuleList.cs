using System.Collections;

namespace TorchSharp.Modules
{
    /// <summary>Modules in a list, named 0, 1, …; a module that holds the list as a field owns them.</summary>
    /// <typeparam name="T">The kind of module.</typeparam>
    public class ModuleList<T> : torch.nn.Module, IReadOnlyList<T>
        where T : torch.nn.Module
    {
        private readonly List<T> list = [];

        /// <summary>A list of modules.</summary>
        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<T>)) => list.AddRange(modules);

        /// <summary>How many modules there are.</summary>
        public int Count => list.Count;

        /// <summary>One of the modules.</summary>
        public T this[int index] => list[index];

        /// <summary>Adds a module, before the list becomes part of another module.</summary>
        public void Add(T item)
        {
            if (named_children().Any())
            {
                throw new InvalidOperationException("the list is part of a module already: its modules have their names");
            }

            list.Add(item);
        }

        /// <summary>Goes through the modules.</summary>
        public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Names the modules.</summary>
        protected override void RegisterComponents()
        {
            if (named_children().Any())
            {
                return;
            }

            for (var i = 0; i < list.Count; i++)
            {
                register_module($"{i}", list[i]);
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A list of modules.</summary>
            public static Modules.ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
