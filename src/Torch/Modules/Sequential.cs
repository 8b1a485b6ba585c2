using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after the other; they are named 0, 1, … unless named otherwise. It owns them.</summary>
    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<torch.nn.IModule<torch.Tensor, torch.Tensor>> chain = [];

        internal Sequential()
            : base(nameof(Sequential))
        {
        }

        /// <summary>How many modules it runs.</summary>
        public int Count => chain.Count;

        /// <summary>One of its modules.</summary>
        [System.Runtime.CompilerServices.IndexerName("SequentialItems")]
        public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => chain[index];

        /// <summary>Adds a module at the end under a name. Returns itself.</summary>
        public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
        {
            register_module(name, (torch.nn.Module)module);
            chain.Add(module);
            return this;
        }

        /// <summary>Adds a module at the end. Returns itself.</summary>
        public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => append($"{chain.Count}", module);

        /// <summary>Runs the modules one after the other; what only passes between them is disposed.</summary>
        public override torch.Tensor forward(torch.Tensor input)
        {
            var value = input;
            foreach (var module in chain)
            {
                var next = module.call(value);
                if (!ReferenceEquals(value, input) && !ReferenceEquals(value, next))
                {
                    value.Dispose();
                }

                value = next;
            }

            return ReferenceEquals(value, input) ? input.alias() : value;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>No modules yet.</summary>
            public static Sequential Sequential() => new();

            /// <summary>Modules one after the other.</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            /// <summary>Modules one after the other.</summary>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
            {
                Sequential chain = new();
                foreach (var module in modules)
                {
                    chain.append(module);
                }

                return chain;
            }

            /// <summary>Named modules one after the other.</summary>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
                Sequential((IEnumerable<(string, Module<Tensor, Tensor>)>)modules);

            /// <summary>Named modules one after the other.</summary>
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
            {
                Sequential chain = new();
                foreach (var (name, module) in modules)
                {
                    chain.append(name, module);
                }

                return chain;
            }
        }
    }
}
