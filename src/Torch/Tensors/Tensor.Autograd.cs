using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {

        /// <summary>Whether gradients are gathered for it.</summary>
        public bool requires_grad
        {
            get => Query(Property.RequiresGrad) != 0;
            set
            {
                NativeMethods.Check(NativeMethods.SetRequiresGrad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        /// <summary>
        /// The gradient gathered so far, as a new reference that the caller or the scope disposes; null before the first backward pass.
        /// </summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.GetGrad(Handle, out var gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                NativeMethods.Check(NativeMethods.SetGrad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Turns the gathering of gradients on or off. Returns itself.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Turns the gathering of gradients on or off. Returns itself.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad()
        {
            NativeMethods.Check(NativeMethods.RetainGrad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>Adds this number's gradient to every leaf that it came from.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>
        /// Adds gradients to every leaf, or only to <paramref name="inputs"/>; a tensor of more than one element needs the gradient to
        /// start from.
        /// </summary>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>The same elements, cut off from what they came from.</summary>
        public Tensor detach() => Aten.Detach.Call(this);

        /// <summary>Cuts it off from what it came from. Returns itself.</summary>
        public Tensor detach_()
        {
            Aten.DetachInPlace.Apply(this);
            return this;
        }
    }
}
