namespace TorchSharp;

/// <summary>
/// Owns the tensors that its thread makes while it is the innermost scope, and disposes them with itself, also when an exception
/// passes. A scope is thread-local: tensors made on other threads are not in it, and it and its tensors may be disposed on its own
/// thread only; hand a tensor to another thread after <see cref="torch.Tensor.DetachFromDisposeScope"/>.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private torch.Tensor[] tensors = new torch.Tensor[16];
    private int count;
    private bool disposed;

    [ThreadStatic]
    private static DisposeScope? current;

    internal DisposeScope()
    {
        Outer = current;
        current = this;
    }

    /// <summary>Releases the memory of a scope that was forgotten together with its tensors.</summary>
    ~DisposeScope()
    {
        for (var i = 0; i < count; i++)
        {
            tensors[i].ReleaseUnscoped();
        }
    }

    /// <summary>How many tensors it owns.</summary>
    public int DisposablesCount => count;

    internal static DisposeScope? Current => current;

    internal DisposeScope? Outer { get; private set; }

    /// <summary>Hands a tensor to the scope around this one; without one it is owned by nobody. Returns it.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, Outer);
        return disposable;
    }

    /// <summary>Hands two tensors to the scope around this one.</summary>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <summary>Hands three tensors to the scope around this one.</summary>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Hands tensors to the scope around this one.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => Each(disposables, Outer);

    /// <summary>Hands tensors to the scope around this one.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => Each(disposables, Outer);

    /// <summary>Takes a tensor out of every scope. Returns it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, null);
        return disposable;
    }

    /// <summary>Takes tensors out of every scope.</summary>
    public void Detach(params IDisposable[] disposables) => Each(disposables, null);

    /// <summary>Takes tensors out of every scope.</summary>
    public void Detach(IEnumerable<IDisposable> disposables) => Each(disposables, null);

    /// <summary>Takes over a tensor, from whichever scope owns it.</summary>
    public void Attach(IDisposable disposable) => AsTensor(disposable).MoveTo(this);

    /// <summary>Whether it owns the tensor.</summary>
    public bool Contains(IDisposable disposable) => disposable is torch.Tensor tensor && tensor.Scope == this;

    /// <summary>Disposes what it owns and stays open.</summary>
    public void DisposeEverything()
    {
        CheckThread();
        // From the youngest: each disposal takes the last place and moves nothing.
        while (count > 0)
        {
            tensors[count - 1].Dispose();
        }
    }

    /// <summary>Disposes what it owns except for the tensors given.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep)
    {
        CheckThread();
        foreach (var tensor in tensors.AsSpan(0, count).ToArray())
        {
            if (!Array.Exists(keep, kept => ReferenceEquals(kept, tensor)))
            {
                tensor.Dispose();
            }
        }
    }

    /// <summary>Disposes what it owns except for the tensor given, and returns that.</summary>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    /// <summary>Disposes what it owns; the scope around it becomes the innermost one again.</summary>
    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        DisposeEverything();
        disposed = true;
        Unlink();
        GC.SuppressFinalize(this);
    }

    internal int Add(torch.Tensor tensor)
    {
        CheckOpen();
        if (count == tensors.Length)
        {
            Array.Resize(ref tensors, count * 2);
        }

        tensors[count] = tensor;
        return count++;
    }

    /// <summary>Removes the tensor at a place; the last one takes it.</summary>
    internal void RemoveAt(int place)
    {
        CheckThread();
        var last = tensors[--count];
        tensors[place] = last;
        last.PlaceInScope = place;
        tensors[count] = null!;
    }

    internal void CheckOpen()
    {
        CheckThread();
        ObjectDisposedException.ThrowIf(disposed, this);
    }

    internal void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            throw new InvalidOperationException(
                $"a dispose scope of thread {thread} was used on thread {Environment.CurrentManagedThreadId}: scopes are thread-local; "
                + "detach a tensor from its scope before handing it to another thread");
        }
    }

    private static torch.Tensor AsTensor(IDisposable disposable) => disposable as torch.Tensor
        ?? throw new InvalidOperationException($"a dispose scope owns tensors only, not {disposable?.GetType().Name ?? "null"}");

    private void Each(IEnumerable<IDisposable> disposables, DisposeScope? target)
    {
        foreach (var disposable in disposables)
        {
            Move(disposable, target);
        }
    }

    private void Move(IDisposable disposable, DisposeScope? target)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var tensor = AsTensor(disposable);
        if (tensor.Scope == this)
        {
            tensor.MoveTo(target);
        }
    }

    private void Unlink()
    {
        if (current == this)
        {
            current = Outer;
            return;
        }

        // Scopes that are closed in another order than they were opened stay linked past this one.
        for (var scope = current; scope is not null; scope = scope.Outer)
        {
            if (scope.Outer == this)
            {
                scope.Outer = Outer;
                return;
            }
        }
    }
}
