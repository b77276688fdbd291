package io.purlin.nativerunner.invoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a ParDo. Output 0 is the main one, the additional ones follow in order.
 *
 * @param main tag of the main output
 * @param additional tags of the other outputs
 * @param coders of every output
 */
public record OutputTags(
    TupleTag<?> main, List<TupleTag<?>> additional, Map<TupleTag<?>, Coder<?>> coders) {
  public OutputTags {
    additional = List.copyOf(additional);
    coders = Map.copyOf(coders);
  }

  /** All tags, the main one first. */
  public List<TupleTag<?>> tags() {
    List<TupleTag<?>> all = new ArrayList<>();
    all.add(main);
    all.addAll(additional);
    return all;
  }

  /** The coder of an output; null if it has none. */
  public @Nullable Coder<?> coder(int index) {
    return coders.get(tags().get(index));
  }

  /** How many outputs there are, at least 1. */
  public int count() {
    return 1 + additional.size();
  }
}
