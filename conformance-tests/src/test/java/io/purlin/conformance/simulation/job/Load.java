package io.purlin.conformance.simulation.job;

/**
 * What a source gives, and what it must come to. Each record has a key of its partition alone, so
 * that the order of a key's records is that of the partition. Immutable.
 *
 * @param partitions of the source
 * @param records of each partition
 * @param keys of each partition
 * @param seed of the values
 */
public record Load(int partitions, int records, int keys, long seed) {
  private static final int GROUPS = 3;

  /** The key of a record. */
  public long key(int partition, long index) {
    return (long) partition * keys + Math.floorMod(mixed(partition, index), (long) keys);
  }

  /** The value of a record. */
  public long value(int partition, long index) {
    return mixed(partition, index) >>> 40;
  }

  /** To which partition a key belongs. */
  public int partitionOf(long key) {
    return (int) (key / keys);
  }

  /** The group of a key. */
  public static int group(long key) {
    return (int) (key % GROUPS);
  }

  private long mixed(int partition, long index) {
    long bits = seed + partition * 0x9E3779B97F4A7C15L + index * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}
