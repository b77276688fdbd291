package io.purlin.state.keys;

import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * Keys as tables hold them, so that {@code equals} agrees with the coder's encoding.
 *
 * <p>A table key is the key itself where its coder is consistent with equals, and otherwise an
 * object that compares the coder's structural value and remembers the key. It is never null.
 * Immutable; an instance stands for one key coder.
 */
public final class StructuralKey {
  private static final Object NULL =
      new Object() {
        @Override
        public int hashCode() {
          return 0;
        }

        @Override
        public boolean equals(@Nullable Object other) {
          return this == other;
        }

        @Override
        public String toString() {
          return "null";
        }
      };

  private final Coder<Object> coder;
  private final boolean consistent;

  private StructuralKey(Coder<Object> coder) {
    this.coder = coder;
    this.consistent = coder.consistentWithEquals();
  }

  /** The form that keys of a coder take in tables. */
  @SuppressWarnings("unchecked") // the coder is only ever given its own keys
  public static StructuralKey of(Coder<?> keyCoder) {
    return new StructuralKey((Coder<Object>) keyCoder);
  }

  /** The table key of a key. */
  public Object tableKey(@Nullable Object key) {
    if (key == null) {
      return NULL;
    }
    return consistent ? key : new Wrapped(key, coder.structuralValue(key));
  }

  /** The key that a table key was made from. */
  public static @Nullable Object key(Object tableKey) {
    if (tableKey instanceof Wrapped wrapped) {
      return wrapped.key;
    }
    return tableKey == NULL ? null : tableKey;
  }

  /**
   * The hash by which tables place a key: the high bits are well mixed. Differs between processes
   * for keys whose {@code hashCode} does.
   */
  public static int hash(Object tableKey) {
    int code = tableKey.hashCode();
    return (code ^ (code >>> 16)) * 0x9E3779B9;
  }

  /** A key whose own equality is not that of its encoding, such as a byte array. */
  private static final class Wrapped {
    private final Object key;
    private final Object structural;

    Wrapped(Object key, Object structural) {
      this.key = key;
      this.structural = structural;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Wrapped that && structural.equals(that.structural);
    }

    @Override
    public int hashCode() {
      return structural.hashCode();
    }

    @Override
    public String toString() {
      return String.valueOf(key);
    }
  }
}
