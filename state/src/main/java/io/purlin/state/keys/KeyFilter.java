package io.purlin.state.keys;

/**
 * Says of a key that it was never added, or that it may have been: a Bloom filter that grows with
 * its keys, in levels of which each has room for four times as many as the one before (Almeida,
 * Baquero, Preguiça, Hutchison, "Scalable Bloom Filters", 2007). The bits of a key are in one word
 * of a level, so that a look at it costs one access to memory (Putze, Sanders, Singler, "Cache-,
 * Hash- and Space-Efficient Bloom Filters", 2007).
 *
 * <p>Of keys that were not added less than one in a hundred is taken for such for each level, of
 * which there are nine for half a million keys; a key takes three to eleven bytes. Owned by one
 * thread.
 */
public final class KeyFilter {
  private static final int FIRST_WORDS = 4;
  private static final int GROWTH = 4;
  private static final int MOST_WORDS = 1 << 26;
  private static final int KEYS_A_WORD = 3;

  /** What objects and references take beside the words of a level. */
  private static final int LEVEL_BYTES = 24;

  private long[][] levels = {new long[FIRST_WORDS]};
  private long added;
  private long room = (long) FIRST_WORDS * KEYS_A_WORD;

  /** A filter to which nothing was added. */
  public KeyFilter() {}

  /** Adds the key of a hash. */
  public void add(int hash) {
    if (mayContain(hash)) {
      return;
    }
    long[] newest = levels[levels.length - 1];
    if (added == room && newest.length < MOST_WORDS) {
      newest = grow(newest.length * GROWTH);
    }
    added++;
    long mixed = mix(hash);
    newest[word(mixed, newest.length)] |= bits(mixed);
  }

  private long[] grow(int words) {
    long[][] more = new long[levels.length + 1][];
    System.arraycopy(levels, 0, more, 0, levels.length);
    more[levels.length] = new long[words];
    levels = more;
    room += (long) words * KEYS_A_WORD;
    return more[more.length - 1];
  }

  /** Whether the key of a hash may have been added; if not, it was not. */
  public boolean mayContain(int hash) {
    long mixed = mix(hash);
    long bits = bits(mixed);
    // Most keys are in the newest one.
    for (int i = levels.length - 1; i >= 0; i--) {
      long[] level = levels[i];
      if ((level[word(mixed, level.length)] & bits) == bits) {
        return true;
      }
    }
    return false;
  }

  /** Keys that were added, without most of those that were added again. */
  public long added() {
    return added;
  }

  /** Estimated bytes that it takes. */
  public long bytes() {
    long bytes = 0;
    for (long[] each : levels) {
      bytes += LEVEL_BYTES + (long) each.length * Long.BYTES;
    }
    return bytes;
  }

  /** One to one, the upper bits depending on all of the hash. */
  private static long mix(int hash) {
    long mixed = hash * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  private static int word(long mixed, int words) {
    return (int) mixed & (words - 1);
  }

  private static long bits(long mixed) {
    // A shift takes the lowest six bits.
    return 1L << (mixed >>> 58)
        | 1L << (mixed >>> 52)
        | 1L << (mixed >>> 46)
        | 1L << (mixed >>> 40);
  }
}
