package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.invoke.InvokeContext;
import io.purlin.nativerunner.keyed.KeyedScope;
import io.purlin.nativerunner.sideinput.JobSideInputs;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is given by the chain that it stands in.
 *
 * @param stepName full name of the Beam transform, unique in the pipeline
 * @param step index of the step, for {@link CurrentElement#step(int)}
 * @param taskIndex which of the parallel tasks this is, from 0
 * @param parallelism how many parallel tasks run this step
 * @param maxParallelism number of key groups of the job
 * @param current metadata of the element being passed
 * @param outputs the outgoing side
 * @param bundle the chain's bundle
 * @param clock processing time
 * @param sideInputs materialised side inputs of the job
 * @param options the pipeline's options
 * @param memory how much keyed state may be on the heap
 * @param standstill told before the operator waits in the middle of an element
 */
public record OperatorContext(
    String stepName,
    int step,
    int taskIndex,
    int parallelism,
    int maxParallelism,
    CurrentElement current,
    Outputs outputs,
    Bundle bundle,
    Clock clock,
    JobSideInputs sideInputs,
    PipelineOptions options,
    StateMemory memory,
    Standstill standstill) {

  /** The same with something before the receivers of the outgoing side. */
  public OperatorContext withReceivers(BiFunction<Receiver, Integer, Receiver> before) {
    Outputs own = outputs;
    return withOutputs(
        new Outputs() {
          @Override
          public Receiver receiver(int index) {
            return before.apply(own.receiver(index), index);
          }

          @Override
          public void watermark(long millis) {
            own.watermark(millis);
          }
        });
  }

  private OperatorContext withOutputs(Outputs others) {
    return new OperatorContext(
        stepName,
        step,
        taskIndex,
        parallelism,
        maxParallelism,
        current,
        others,
        bundle,
        clock,
        sideInputs,
        options,
        memory,
        standstill);
  }

  /**
   * Where a DoFn of this operator is called.
   *
   * @param keyed its state and timers, if it has any
   */
  public InvokeContext invokeContext(@Nullable KeyedScope keyed) {
    return new InvokeContext(current, step, sideInputs, options, bundle.finalizer(), keyed);
  }

  /** The receivers of the first {@code count} outputs; wired when the operator opens. */
  public List<Receiver> receivers(int count) {
    return IntStream.range(0, count).mapToObj(outputs::receiver).toList();
  }
}
