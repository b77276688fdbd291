package io.purlin.benchmarks.micro;

import io.purlin.benchmarks.micro.ChainBenchmark.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.DoFnRunners;
import org.apache.beam.runners.core.NullSideInputReader;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The peer of {@link ChainBenchmark}: the same DoFns, each in Beam's own {@code SimpleDoFnRunner},
 * which hands its outputs to the next one, as runners that are built from it do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SimpleRunnerChainBenchmark {
  /** How many DoFns the chain has. */
  @Param({"3", "10", "50"})
  public int length = 3;

  /** What each of them is. */
  @Param({"RECEIVER", "CONTEXT", "MAP"})
  public Kind kind = Kind.RECEIVER;

  private WindowedValueMultiReceiver head = new Last();
  private long next;

  /** Builds the chain from its end. */
  @Setup(Level.Trial)
  public void open() {
    for (int i = 0; i < length; i++) {
      head = new Link(start(kind.fn(), head));
    }
  }

  /** One element. */
  @Benchmark
  public void element() {
    head.output(MAIN, WindowedValues.valueInGlobalWindow(next++ + 1_000));
  }

  private static final TupleTag<Object> MAIN = new TupleTag<>("main");

  @SuppressWarnings("unchecked") // identity over longs
  private static DoFnRunner<Object, Object> start(DoFn<?, ?> fn, WindowedValueMultiReceiver next) {
    DoFnInvokers.tryInvokeSetupFor(fn, PipelineOptionsFactory.create());
    DoFnRunner<Object, Object> runner =
        DoFnRunners.simpleRunner(
            PipelineOptionsFactory.create(),
            (DoFn<Object, Object>) fn,
            NullSideInputReader.empty(),
            next,
            MAIN,
            List.of(),
            new NoState(),
            (org.apache.beam.sdk.coders.Coder<Object>) (Object) VarLongCoder.of(),
            Map.of(MAIN, VarLongCoder.of()),
            WindowingStrategy.globalDefault(),
            DoFnSchemaInformation.create(),
            Map.of());
    runner.startBundle();
    return runner;
  }

  private record Link(DoFnRunner<Object, Object> runner) implements WindowedValueMultiReceiver {
    @Override
    @SuppressWarnings("unchecked") // the chain's elements are longs
    public <OutputT> void output(TupleTag<OutputT> tag, WindowedValue<OutputT> output) {
      runner.processElement((WindowedValue<Object>) output);
    }
  }

  /** Keeps the last element, as a number. */
  private static final class Last implements WindowedValueMultiReceiver {
    private long last;

    @Override
    public <OutputT> void output(TupleTag<OutputT> tag, WindowedValue<OutputT> output) {
      last = output.getValue() instanceof Long number ? number : last;
    }
  }

  private static final class NoState implements StepContext {
    @Override
    public StateInternals stateInternals() {
      throw new UnsupportedOperationException("the DoFns have no state");
    }

    @Override
    public TimerInternals timerInternals() {
      throw new UnsupportedOperationException("the DoFns have no timers");
    }
  }
}
