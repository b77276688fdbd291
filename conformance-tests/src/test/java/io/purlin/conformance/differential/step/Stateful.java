package io.purlin.conformance.differential.step;

import io.purlin.conformance.differential.recipe.Flow;
import io.purlin.conformance.differential.recipe.Step;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Steps with user state and timers. */
public enum Stateful implements Step {
  /** Numbers the elements of a key, as they come. */
  NUMBERED(true),
  /** Lets each value of a key pass once. */
  DISTINCT(true),
  /** Keeps all and emits them when the window ends. */
  AT_END(false),
  /** Emits what is there when the window expires. */
  AT_EXPIRATION(false),
  /** A timer that is set again some times, with an output timestamp of its own. */
  LOOPING(false),
  /** A timer in processing time behind the last element of a key. */
  IDLE(true),
  /** Timers by name, of which each element sets one and clears another. */
  FAMILY(true),
  /** Values in the order of their times, some of which are taken out again. */
  ORDERED(true),
  /** Counts by value, read whole when the window ends. */
  MAPPED(false),
  /** Gets the elements of a key in the order of their times, however they come. */
  SORTED(false);

  private final boolean ordered;

  Stateful(boolean ordered) {
    this.ordered = ordered;
  }

  /** Whether it makes something when a window ends. */
  public boolean emitsAtEnd() {
    return switch (this) {
      case AT_END, AT_EXPIRATION, LOOPING, FAMILY, MAPPED -> true;
      case NUMBERED, DISTINCT, IDLE, ORDERED, SORTED -> false;
    };
  }

  /** Whether what it makes hangs on the order in which the elements of a key come. */
  public boolean isOrdered() {
    return ordered;
  }

  @Override
  public PCollection<KV<String, Integer>> apply(PCollection<KV<String, Integer>> input, Flow flow) {
    return input.apply(flow.name(), ParDo.of(fn()));
  }

  private DoFn<KV<String, Integer>, KV<String, Integer>> fn() {
    return switch (this) {
      case NUMBERED -> new StatefulFns.Numbered();
      case DISTINCT -> new StatefulFns.Distinct();
      case AT_END -> new StatefulFns.AtEnd();
      case AT_EXPIRATION -> new StatefulFns.AtExpiration();
      case LOOPING -> new StatefulFns.Looping();
      case IDLE -> new StatefulFns.Idle();
      case FAMILY -> new StatefulFns.Family();
      case ORDERED -> new StatefulFns.Ordered();
      case MAPPED -> new StatefulFns.Mapped();
      case SORTED -> new StatefulFns.Sorted();
    };
  }
}
