package io.purlin.state.cold;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Where entries stand whose keys are long. RocksDB repeats keys in indexes, in the bounds of files
 * and in its manifest, which it syncs: a key of megabytes costs many times what a value of that
 * size does.
 *
 * <p>A whole key of up to {@link #MOST_BYTES} is its own place. A longer one stands under its
 * beginning and the SHA-256 of all of it, which are {@code MOST_BYTES + 1} bytes, and goes before
 * the value. So a place's length says which it is, and the entries of a window stay together.
 */
final class LongKeys {
  /** The longest whole key that stands as it is. */
  static final int MOST_BYTES = 1 << 10;

  private static final int DIGEST_BYTES = 32;
  private static final int BEGINNING_BYTES = MOST_BYTES + 1 - DIGEST_BYTES;

  private LongKeys() {}

  /** Whether a whole key stands elsewhere. */
  static boolean isLong(byte[] wholeKey) {
    return wholeKey.length > MOST_BYTES;
  }

  /** Where the entry of a whole key stands. */
  static byte[] place(byte[] wholeKey) {
    if (!isLong(wholeKey)) {
      return wholeKey;
    }
    byte[] place = Arrays.copyOf(wholeKey, MOST_BYTES + 1);
    System.arraycopy(digest(wholeKey), 0, place, BEGINNING_BYTES, DIGEST_BYTES);
    return place;
  }

  private static byte[] digest(byte[] wholeKey) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(wholeKey);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What stands at the place of a whole key. */
  static byte[] stored(byte[] wholeKey, byte[] value) {
    if (!isLong(wholeKey)) {
      return value;
    }
    return ByteBuffer.allocate(Math.addExact(Integer.BYTES + wholeKey.length, value.length))
        .putInt(wholeKey.length)
        .put(wholeKey)
        .put(value)
        .array();
  }

  /** The whole key of an entry. */
  static byte[] key(byte[] place, byte[] stored) {
    return isLong(place) ? Arrays.copyOfRange(stored, Integer.BYTES, valueStart(stored)) : place;
  }

  /** The value of an entry. */
  static byte[] value(byte[] place, byte[] stored) {
    return isLong(place) ? Arrays.copyOfRange(stored, valueStart(stored), stored.length) : stored;
  }

  private static int valueStart(byte[] stored) {
    return Integer.BYTES + ByteBuffer.wrap(stored).getInt();
  }
}
