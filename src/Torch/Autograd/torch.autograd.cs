using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Automatic differentiation.</summary>
    public static partial class autograd
    {
        /// <summary>
        /// The gradients of the outputs' sum with respect to the inputs, added nowhere; they can be differentiated again with
        /// <paramref name="create_graph"/>. An input that the outputs do not depend on is a <see cref="Motion.Torch.TorchException"/>,
        /// or null with <paramref name="allow_unused"/>.
        /// </summary>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            nint[] results = new nint[inputs.Count];
            fixed (nint* from = Handles(outputs), start = Handles(grad_outputs), to = Handles(inputs), result = results)
            {
                NativeMethods.Check(NativeMethods.Grad(
                    from, start, outputs.Count, to, inputs.Count, Flag(retain_graph || create_graph), Flag(create_graph), Flag(allow_unused), result));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return [.. results.Select(handle => handle == 0 ? null! : new Tensor(handle))];
        }

        /// <summary>Adds gradients to the leaves that the tensors came from, or only to <paramref name="inputs"/>.</summary>
        public static unsafe void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            fixed (nint* from = Handles(tensors), start = Handles(grad_tensors), to = Handles(inputs))
            {
                NativeMethods.Check(NativeMethods.Backward(
                    from, start, tensors.Count, Flag(retain_graph ?? create_graph), Flag(create_graph), to, inputs?.Count ?? 0));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        private static int Flag(bool value) => value ? 1 : 0;

        private static nint[]? Handles(IList<Tensor>? tensors) => tensors is null ? null : [.. tensors.Select(tensor => tensor.Handle)];
    }
}
