// The count of libtorch's threads is the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
