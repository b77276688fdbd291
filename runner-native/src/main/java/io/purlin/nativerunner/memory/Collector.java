package io.purlin.nativerunner.memory;

/** What a garbage collector keeps beside the heap, as measured with the JVM's own tracking. */
public enum Collector {
  /** A table of cards. */
  SERIAL(0, 64),
  /** G1, and those that keep less: tables for each region, and bits for each word. */
  CONCURRENT(40L << 20, 20);

  private final long fixedBytes;
  private final int part;

  Collector(long fixedBytes, int part) {
    this.fixedBytes = fixedBytes;
    this.part = part;
  }

  /** What it keeps for a heap of so many bytes. */
  long bytes(long heap) {
    return fixedBytes + heap / part;
  }

  /** By how much the heap must be smaller for both together to be smaller by {@code bytes}. */
  long heapFor(long bytes) {
    return bytes * part / (part + 1);
  }
}
