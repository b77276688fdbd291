package io.purlin.nativerunner.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.common.ReflectHelpers;
import org.xerial.snappy.SnappyInputStream;

/**
 * A split of one of Beam's sources as a checkpoint holds it: in the form of {@link
 * SerializableUtils}, for a split has no other. What is read goes through a {@link SplitFilter}.
 * Stateless.
 */
final class StoredSplit {
  private StoredSplit() {}

  /** The bytes of a split. */
  static byte[] write(Serializable split) {
    return SerializableUtils.serializeToByteArray(split);
  }

  /**
   * The split of these bytes.
   *
   * @param step full name of the Beam transform
   * @throws RefusedPositionException when they are none of a split, or hold what no split has
   */
  static <T> T read(byte[] bytes, Class<T> type, String step) {
    SplitFilter filter = new SplitFilter(bytes.length);
    Object split;
    try (ObjectInputStream in =
        new ByContext(new SnappyInputStream(new ByteArrayInputStream(bytes)))) {
      in.setObjectInputFilter(filter);
      split = in.readObject();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      String why = filter.refused();
      throw new RefusedPositionException(step, why == null ? e.toString() : why, e);
    }
    if (!type.isInstance(split)) {
      String other = split == null ? "null" : split.getClass().getName();
      throw new RefusedPositionException(
          step, other + " is no " + type.getSimpleName(), new ClassCastException(other));
    }
    return type.cast(split);
  }

  /**
   * Makes sure, before anything is read, that a split can be read from a checkpoint later.
   *
   * @throws RefusedPositionException when it cannot
   */
  static <T extends Serializable> void check(T split, Class<? super T> type, String step) {
    var unused = read(write(split), type, step);
  }

  /** Finds classes as Beam does. */
  private static final class ByContext extends ObjectInputStream {
    ByContext(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, ReflectHelpers.findClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(type);
      }
    }
  }
}
