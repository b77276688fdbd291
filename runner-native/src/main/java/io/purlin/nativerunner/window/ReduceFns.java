package io.purlin.nativerunner.window;

import io.purlin.nativerunner.operator.OperatorContext;
import java.util.List;
import org.apache.beam.runners.core.ReduceFn;
import org.apache.beam.runners.core.ReduceFnRunner;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.SystemReduceFn;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.runners.core.triggers.ExecutableTriggerStateMachine;
import org.apache.beam.runners.core.triggers.TriggerStateMachines;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.CombineFnBase.GlobalCombineFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.AppliedCombineFn;
import org.apache.beam.sdk.util.construction.TriggerTranslation;

/**
 * Builds Beam's machinery for a spec: the reduce function, and runners of it. One per operator;
 * owned by the task's thread.
 */
final class ReduceFns {
  private final GroupingSpec spec;
  private final ReduceFn<Object, Object, Object, BoundedWindow> fn;
  private final ExecutableTriggerStateMachine trigger;

  ReduceFns(GroupingSpec spec) {
    this.spec = spec;
    this.fn = reduceFn(spec);
    this.trigger =
        ExecutableTriggerStateMachine.create(
            TriggerStateMachines.stateMachineForTrigger(
                TriggerTranslation.toProto(spec.strategy().getTrigger())));
  }

  @SuppressWarnings("unchecked") // an iterable of objects is an object
  private static ReduceFn<Object, Object, Object, BoundedWindow> reduceFn(GroupingSpec spec) {
    Combining combining = spec.combining();
    if (combining == null) {
      return (ReduceFn<Object, Object, Object, BoundedWindow>)
          (ReduceFn<?, ?, ?, ?>)
              SystemReduceFn.<Object, Object, BoundedWindow>buffering(spec.anyValueCoder());
    }
    AppliedCombineFn<Object, Object, Object, Object> applied =
        AppliedCombineFn.withAccumulatorCoder(
            combineFn(combining),
            (Coder<Object>) combining.accumulatorCoder(),
            combining.sideInputs(),
            KvCoder.of(spec.anyKeyCoder(), spec.anyValueCoder()),
            spec.strategy());
    return SystemReduceFn.combining(spec.anyKeyCoder(), applied);
  }

  private static GlobalCombineFn<Object, Object, Object> combineFn(Combining combining) {
    GlobalCombineFn<Object, Object, Object> own = combining.ownFn();
    if (combining.input() == Combining.Input.VALUES) {
      return own;
    }
    if (own instanceof CombineFn<Object, Object, Object> simple) {
      return new AccumulatorMergeFn(simple);
    }
    throw new IllegalArgumentException(
        "accumulators can be merged without their windows' context only for a CombineFn, not for "
            + combining.fn().getClass().getName());
  }

  /**
   * A runner of the function.
   *
   * @param context where side inputs and options come from
   */
  ReduceFnRunner<Object, Object, Object, BoundedWindow> runner(
      StateInternals state,
      TimerInternals timers,
      WindowedValueBridge output,
      OperatorContext context) {
    // The key is not asked for: what is emitted gets the scope's current one.
    return new ReduceFnRunner<>(
        List.of(),
        spec.anyStrategy(),
        trigger,
        state,
        timers,
        output,
        context.sideInputs(),
        fn,
        context.options());
  }
}
