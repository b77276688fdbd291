package io.purlin.nativerunner.memory;

/**
 * What a process may use, in bytes, and how many tasks and channels are in it.
 *
 * @param limit what the container or, without one, the machine has
 * @param heap what the heap may grow to
 * @param heapState what of the heap is for keyed state; 0: it has no limit of its own
 * @param managed what RocksDB may use outside of the heap; 0: there is no RocksDB
 * @param metaspace what classes may use; 0: there is no limit
 * @param direct what direct buffers may use; 0: as much as the heap, which none of our libraries
 *     takes
 * @param codeCache what compiled code may use
 * @param collector of garbage
 * @param threadStack the stack of a thread
 * @param tasks threads of the job
 * @param channels between the tasks
 * @param buffersPerChannel batches that each of them may hold
 */
public record MemorySizes(
    long limit,
    long heap,
    long heapState,
    long managed,
    long metaspace,
    long direct,
    long codeCache,
    Collector collector,
    long threadStack,
    int tasks,
    int channels,
    int buffersPerChannel) {}
