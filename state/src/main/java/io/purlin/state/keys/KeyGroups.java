package io.purlin.state.keys;

import io.purlin.state.bytes.ReusedBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.beam.sdk.coders.BigEndianIntegerCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.BigEndianShortCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.ByteCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.jspecify.annotations.Nullable;

/**
 * Divides keys into key groups, the same way in every process: keys with equal encodings share a
 * group, and a key stays in its group for the life of a job.
 *
 * <p>group = mix(stable hash) mod maxParallelism; task = group * parallelism / maxParallelism. The
 * stable hash is {@code hashCode} for coders whose values have one that is specified and agrees
 * with their encoding, and a hash of the encoded bytes for all others. Changing any of this orphans
 * stored state.
 *
 * <p>An instance reuses a buffer: it belongs to one thread.
 */
public final class KeyGroups {
  /** The largest number of key groups. */
  public static final int MOST = 32_768;

  private static final Set<Class<?>> SPECIFIED_HASH =
      Set.of(
          StringUtf8Coder.class,
          VarLongCoder.class,
          BigEndianLongCoder.class,
          VarIntCoder.class,
          BigEndianIntegerCoder.class,
          BigEndianShortCoder.class,
          ByteCoder.class,
          BooleanCoder.class,
          VoidCoder.class);

  private final Coder<Object> coder;
  private final boolean specifiedHash;
  private final int maxParallelism;
  private final ReusedBytes buffer = new ReusedBytes();

  /**
   * @param keyCoder the coder by whose encoding keys are equal
   * @param maxParallelism number of key groups, 1 to {@link #MOST}
   */
  @SuppressWarnings("unchecked") // the coder is only ever given its own keys
  public KeyGroups(Coder<?> keyCoder, int maxParallelism) {
    if (maxParallelism < 1 || maxParallelism > MOST) {
      throw new IllegalArgumentException(
          "maxParallelism must be from 1 to " + MOST + ", is " + maxParallelism);
    }
    this.coder = (Coder<Object>) keyCoder;
    this.specifiedHash = hasSpecifiedHash(keyCoder);
    this.maxParallelism = maxParallelism;
  }

  private static boolean hasSpecifiedHash(Coder<?> coder) {
    if (coder instanceof KvCoder<?, ?> pair) {
      return hasSpecifiedHash(pair.getKeyCoder()) && hasSpecifiedHash(pair.getValueCoder());
    }
    return SPECIFIED_HASH.contains(coder.getClass());
  }

  /**
   * The key group of a key, from 0 to maxParallelism - 1.
   *
   * @throws UncheckedIOException when the coder cannot encode the key
   */
  public int keyGroup(@Nullable Object key) {
    int hash = specifiedHash ? (key == null ? 0 : key.hashCode()) : hashOfEncoding(key);
    return Integer.remainderUnsigned(mix(hash), maxParallelism);
  }

  /**
   * The parallel task that owns a key group.
   *
   * @param keyGroup from 0 to maxParallelism - 1
   * @param parallelism number of tasks, at most maxParallelism
   */
  public static int task(int keyGroup, int parallelism, int maxParallelism) {
    return keyGroup * parallelism / maxParallelism;
  }

  /** The parallel task that owns a key, out of {@code parallelism}. */
  public int taskOf(@Nullable Object key, int parallelism) {
    return task(keyGroup(key), parallelism, maxParallelism);
  }

  /** The key coder, for keys of any kind. */
  public Coder<Object> coder() {
    return coder;
  }

  /** Writes a key by the key coder. */
  @SuppressWarnings("NullAway") // whether null can be encoded is the coder's decision
  public void encode(@Nullable Object key, OutputStream out) throws IOException {
    coder.encode(key, out);
  }

  private int hashOfEncoding(@Nullable Object key) {
    buffer.begin();
    try {
      encode(key, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException("key " + key + " cannot be encoded by " + coder, e);
    }
    int hash = 1;
    for (byte each : buffer.toByteArray()) {
      hash = 31 * hash + each;
    }
    return hash;
  }

  /** Spreads every bit of the hash over the whole word (the finaliser of Murmur 3). */
  private static int mix(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }
}
