package io.purlin.directrunner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Turns a value into one that is equal exactly where Beam calls the elements equal.
 *
 * <p>Keys and values of a pair are treated one by one; a grouped iterable has no order, so it
 * becomes a count of its elements; anything else is what its coder calls its structural value, of a
 * copy, because a runner may reuse the original.
 */
final class CanonicalForm {
  /** Stands for null, which the forms that hold it cannot. */
  private static final String NULL = "null";

  private CanonicalForm() {}

  static Object of(Coder<?> coder, @Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (coder instanceof NullableCoder<?> nullable) {
      return of(nullable.getValueCoder(), value);
    }
    if (coder instanceof KvCoder<?, ?> pair && value instanceof KV<?, ?> kv) {
      return List.of(of(pair.getKeyCoder(), kv.getKey()), of(pair.getValueCoder(), kv.getValue()));
    }
    if (coder instanceof IterableCoder<?> grouped && value instanceof Iterable<?> elements) {
      Map<Object, Integer> counts = new HashMap<>();
      for (Object element : elements) {
        counts.merge(of(grouped.getElemCoder(), element), 1, Integer::sum);
      }
      return counts;
    }
    return structural(coder, value);
  }

  private static <T> Object structural(Coder<T> coder, Object value) {
    @SuppressWarnings("unchecked") // the coder of the collection that the value stands in
    T typed = (T) value;
    try {
      Object form = coder.structuralValue(CoderUtils.clone(coder, typed));
      return form == null ? NULL : form;
    } catch (CoderException e) {
      throw new IllegalArgumentException("cannot be encoded by " + coder + ": " + value, e);
    }
  }
}
