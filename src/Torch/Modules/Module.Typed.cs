namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What takes one value and gives one.</summary>
        /// <typeparam name="T">What it takes.</typeparam>
        /// <typeparam name="TResult">What it gives.</typeparam>
        public interface IModule<T, TResult>
        {
            /// <summary>Runs it.</summary>
            TResult call(T input1);
        }

        /// <summary>A module of one argument.</summary>
        /// <typeparam name="T">What it takes.</typeparam>
        /// <typeparam name="TResult">What it gives.</typeparam>
        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            /// <summary>A module that calls itself by a name.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What it computes.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs it.</summary>
            public TResult call(T input) => forward(input);
        }

        /// <summary>A module of two arguments.</summary>
        /// <typeparam name="T1">What it takes first.</typeparam>
        /// <typeparam name="T2">What it takes second.</typeparam>
        /// <typeparam name="TResult">What it gives.</typeparam>
        public abstract class Module<T1, T2, TResult> : Module
        {
            /// <summary>A module that calls itself by a name.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What it computes.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs it.</summary>
            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }

        /// <summary>A module of three arguments.</summary>
        /// <typeparam name="T1">What it takes first.</typeparam>
        /// <typeparam name="T2">What it takes second.</typeparam>
        /// <typeparam name="T3">What it takes third.</typeparam>
        /// <typeparam name="TResult">What it gives.</typeparam>
        public abstract class Module<T1, T2, T3, TResult> : Module
        {
            /// <summary>A module that calls itself by a name.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What it computes.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs it.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
        }
    }
}
