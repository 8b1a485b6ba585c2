// Operators use every core by themselves, and the common generator and thread count are the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
